"""A town's catalogue as CSV files, in the form the readers take: the same catalogue gives the same bytes.

A spreadsheet runs a cell that begins with one of = + - @, a tab or a return. Such a cell is written behind one
apostrophe, and so is one that begins with an apostrophe itself; the reader takes exactly one away (OWASP, CSV
injection). What was exported therefore comes back as it was.
"""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from yichuang.rooms.people.models import OfficeKind

from .folder import WEEKDAYS, TownFolder
from .headings import MAY_LACK, SHEETS
from .rows import Cells, rows_of

RISKY = ("=", "+", "-", "@", "\t", "\r")
OLDEST = (1980, 1, 1, 0, 0, 0)  # the one moment every entry of a zip file of ours bears


def cells_of(folder: TownFolder) -> dict[str, list[Cells]]:
    """By file, in the order of the sheets: the rows below the header."""
    rows = rows_of(folder.items) | {
        "bundles.csv": [[each.key, each.name, each.intro, ";".join(each.codes)] for each in folder.bundles],
        "offices.csv": [
            [each.code, each.name, str(OfficeKind(each.kind).label), each.duty, each.phone]
            for each in folder.offices
        ],
        "villages.csv": [
            [each.code, each.name, str(each.population), f"{each.distance_km:.1f}", str(each.households)]
            for each in folder.villages
        ],
        "windows.csv": [
            [
                str(each.number),
                each.name,
                ";".join(each.main_offices),
                ";".join(each.backup_offices),
                each.floor_position,
            ]
            for each in folder.windows
        ],
        "opening_hours.csv": [
            [WEEKDAYS[each.weekday], f"{each.opens:%H:%M}", f"{each.closes:%H:%M}"] for each in folder.hours
        ],
    }
    return {file: rows[file] for file in SHEETS}


def csv_files(folder: TownFolder) -> dict[str, bytes]:
    """导出 CSV：UTF-8, one file a sheet; a sheet that may lack is left out when it is empty."""
    return {
        file: csv_file(file, rows) for file, rows in cells_of(folder).items() if rows or file not in MAY_LACK
    }


def csv_file(file: str, rows: Iterable[Cells]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SHEETS[file])
    writer.writerows([_safe(cell) for cell in cells] for cells in rows)
    return text.getvalue().encode()


def csv_zip(folder: TownFolder) -> bytes:
    """The CSV files in one file to download."""
    return zipped(csv_files(folder))


def write_folder(folder: TownFolder, path: Path) -> None:
    """The CSV files into a folder, which is made; each file is there whole or as it was before."""
    path.mkdir(parents=True, exist_ok=True)
    files = csv_files(folder)
    for name, content in files.items():
        beside = path / f".{name}.new"
        beside.write_bytes(content)
        os.replace(beside, path / name)
    for name in MAY_LACK:
        if name not in files:
            (path / name).unlink(missing_ok=True)  # of an earlier export


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip file in which only the contents decide the bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*RISKY, "'")) else cell

"""A town's folder as plain values: offices, villages, windows, hours, items, bundles, and every fault found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from pathlib import Path

from yichuang.rooms.people.actions import OfficeRow, VillageRow
from yichuang.rooms.people.models import OfficeKind

from ..rules import ItemSpec
from . import checks
from .headings import MAY_LACK, SHEETS
from .rows import keep_what_is_not_said, put_beside
from .sheets import Fault, Row, Sheet, read_csv
from .together import read_items

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
NOTHING: Mapping[str, ItemSpec] = {}
WORKBOOK = "工作簿"  # where a fault is that has no sheet


@dataclass(frozen=True)
class WindowRow:
    number: int
    name: str
    main_offices: tuple[str, ...]
    backup_offices: tuple[str, ...]
    floor_position: str


@dataclass(frozen=True)
class HourRow:
    weekday: int  # Monday is 0
    opens: time
    closes: time


@dataclass(frozen=True)
class BundleRow:
    key: str
    name: str
    intro: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class TownFolder:
    """What a folder says. With faults nothing of it may be loaded."""

    offices: tuple[OfficeRow, ...]
    villages: tuple[VillageRow, ...]
    windows: tuple[WindowRow, ...]
    hours: tuple[HourRow, ...]
    items: tuple[ItemSpec, ...]
    bundles: tuple[BundleRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()  # what whoever hands it in should know, though it is no fault


def unread(file: str, sentence: str) -> TownFolder:
    """A file that cannot be read at all."""
    return TownFolder((), (), (), (), (), (), (Fault(file, 0, "", sentence),))


def read_folder(path: Path, *, beside: Mapping[str, ItemSpec] = NOTHING) -> TownFolder:
    """目录文件：read all files, check all rows, tell every fault at once. `beside` as in `folder_of`."""
    return read_files({file.name: file.read_bytes() for file in sorted(path.glob("*.csv"))}, beside=beside)


def read_files(files: Mapping[str, bytes], *, beside: Mapping[str, ItemSpec] = NOTHING) -> TownFolder:
    """The same for the contents of CSV files by name."""
    faults: list[Fault] = []
    sheets = {
        file: read_csv(files.get(file), file, columns, faults, may_lack=file in MAY_LACK)
        for file, columns in SHEETS.items()
    }
    faults += [Fault(file, 0, "", "不认识这个文件") for file in files if file not in SHEETS]
    return folder_of(sheets, faults, beside=beside)


def folder_of(
    sheets: Mapping[str, Sheet], faults: list[Fault], *, beside: Mapping[str, ItemSpec] = NOTHING
) -> TownFolder:
    """What these sheets say; `faults` are those found so far and grow.

    `beside`: the items the town has already. Those that the sheets do not name stay in the town, so the sheets must
    fit them too: no name twice, the same paper, question and field meaning the same. Of those that they do name, what
    stands in a sheet that lacks (no pre-check, no English) stays as it is.
    """
    if not sheets["items.csv"].rows and not any(fault.file == "items.csv" for fault in faults):
        sheets["items.csv"].fault(0, "", "没有一个事项，请至少填一行")
    offices = _offices(sheets["offices.csv"])
    codes = [office.code for office in offices]
    named = {row.cells["code"] for row in sheets["items.csv"]}
    staying = {code: item for code, item in beside.items() if code not in named}
    lacking = keep_what_is_not_said(sheets, [item for code, item in beside.items() if code in named])
    put_beside(sheets, staying.values())
    items = tuple(item for item in read_items(sheets, codes) if item.code not in staying)
    return TownFolder(
        offices=offices,
        villages=_villages(sheets["villages.csv"]),
        windows=_windows(sheets["windows.csv"], codes),
        hours=_hours(sheets["opening_hours.csv"]),
        items=items,
        bundles=_bundles(sheets["bundles.csv"], {item.code for item in items} | set(staying)),
        faults=tuple(sorted(fault for fault in faults if fault.row >= 0)),
        notes=(f"没有{'、'.join(lacking)}的表，系统里已有的照旧",) if lacking and named & set(beside) else (),
    )


def _offices(sheet: Sheet) -> tuple[OfficeRow, ...]:
    checks.unique(sheet, "code", "这个代码")
    return tuple(
        OfficeRow(
            code=row.text("code", most=20),
            name=row.text("name", most=60),
            kind=row.word("kind", OfficeKind),
            duty=row.text("duty", most=300),
            phone=row.text("phone", most=40),
        )
        for row in sheet
    )


def _villages(sheet: Sheet) -> tuple[VillageRow, ...]:
    checks.unique(sheet, "code", "这个代码")
    checks.unique(sheet, "name", "这个村名")
    return tuple(
        VillageRow(
            code=row.text("code", most=20),
            name=row.text("name", most=60),
            population=row.whole("population", 0, 10_000_000),
            households=row.whole("households", 0, 10_000_000),
            distance_km=_distance(row),
        )
        for row in sheet
    )


def _distance(row: Row) -> Decimal:
    cell = row.cells["distance_km_to_hall"]
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9])?", cell):
        row.fault("distance_km_to_hall", f"要填公里数，最多一位小数，现在是“{cell}”")
        return Decimal(0)
    return Decimal(cell)


def _windows(sheet: Sheet, offices: Sequence[str]) -> tuple[WindowRow, ...]:
    checks.unique(sheet, "number", "这个窗口号")
    windows = []
    for row in sheet:
        main, backup = row.list("main_duty_offices"), row.list("backup_offices", empty=True)
        checks.known_offices(row, "main_duty_offices", main, offices)
        checks.known_offices(row, "backup_offices", backup, offices)
        number, name = row.whole("number", 1, 999), row.text("name", most=60)
        windows.append(WindowRow(number, name, main, backup, row.text("floor_position", most=100)))
    return tuple(windows)


def _hours(sheet: Sheet) -> tuple[HourRow, ...]:
    hours: list[HourRow] = []
    for row in sheet:
        day, opens, closes = row.cells["weekday"], _time(row, "open"), _time(row, "close")
        if day not in WEEKDAYS:
            row.fault("weekday", f"只能填{'、'.join(WEEKDAYS)}，现在是“{day}”")
            continue
        hour = HourRow(WEEKDAYS.index(day), opens, closes)
        if opens >= closes:
            row.fault("close", "关门时间要晚于开门时间")
        elif any(
            each.weekday == hour.weekday and each.opens < closes and opens < each.closes for each in hours
        ):
            row.fault("open", f"和{day}的另一段时间重叠")
        hours.append(hour)
    return tuple(hours)


def _time(row: Row, column: str) -> time:
    cell = row.cells[column]
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", cell):
        row.fault(column, f"时间要写成 08:30 这样，现在是“{cell}”")
        return time(0, 0)
    return time.fromisoformat(cell)


def _bundles(sheet: Sheet, codes: set[str]) -> tuple[BundleRow, ...]:
    checks.unique(sheet, "key", "这个代号")
    bundles = []
    for row in sheet:
        named = row.list("item_codes")
        if unknown := [code for code in named if code not in codes]:
            row.fault("item_codes", f"items.csv 里没有事项{'、'.join(unknown)}")
        if len(named) < 2:
            row.fault("item_codes", "一件事至少要有两个事项")
        key, name = row.key("key"), row.text("name", most=40)
        bundles.append(BundleRow(key, name, row.text("intro", most=200), named))
    return tuple(bundles)

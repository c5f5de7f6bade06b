"""Reading the XLSX workbook row by row: what does not fit is told by sheet, row and heading.

Only text is taken, and numbers where a count is meant: a spreadsheet turns a code into a number and a day into a date
without asking, and what it shows is then no longer what is stored. Nothing of a formula is ever worked out.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._reader import (
    WorkSheetParser,  # gives the rows that are there, never the gaps between them
)

from ..rules import ItemSpec
from .folder import NOTHING, WORKBOOK, TownFolder, folder_of, unread
from .guidance import GUIDANCE_SHEET
from .headings import COUNTS, MAY_LACK, NAMES, SHEETS, headings
from .sheets import Fault, Row, Sheet

MOST_MERGED = 500
MOST_ROWS = 200_000  # a town of 106 items has 3,000; a sheet with formats down to its last row has a million
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FILE = re.compile(f"({'|'.join(re.escape(file) for file in SHEETS)}) ?")
_NOT_TEXT = {
    "d": "这一格是日期格式，请改成文本",
    "f": "这一格是公式，请改成文本",
    "e": "这一格是错误值，请改成文本",
    "b": "这一格是 TRUE 或 FALSE，请改成文本",
    "n": "这一格是数字格式，请改成文本",
}


@dataclass
class _Reading:
    """What is found while a workbook is read."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_text: set[tuple[str, int, str]] = field(default_factory=set)
    rows: int = 0


class _TooManyRows(Exception):
    pass


def read_workbook(content: bytes, *, beside: Mapping[str, ItemSpec] = NOTHING) -> TownFolder:
    """工作簿：all sheets, all rows, every fault at once. The caller has looked at its size (uploads.py)."""
    reading = _Reading()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl warns of what it does not read: pictures, rules of colour
            sheets = _sheets(content, reading)
    except _TooManyRows:
        return unread(WORKBOOK, f"超过 {MOST_ROWS} 行，请删掉表格下面的空行再传")
    except (
        Exception
    ):  # openpyxl raises many kinds for a broken workbook, defusedxml its own for a hostile one
        return unread(WORKBOOK, "打不开，文件可能坏了。请用表格软件打开，另存为 .xlsx 再传")
    folder = folder_of(sheets, reading.faults, beside=beside)
    return replace(
        folder, faults=_told(folder.faults, reading.not_text), notes=(*folder.notes, *reading.notes)
    )


def _sheets(content: bytes, reading: _Reading) -> dict[str, Sheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    files = {name: file for file, name in NAMES.items()}
    found = {}
    for title in book.sheetnames:
        if title in files:
            found[files[title]] = book[title]
        elif title != GUIDANCE_SHEET:
            reading.faults.append(Fault(title, 0, "", "不认识这张表，请删掉或者把名字改对"))
    sheets = {}
    for file, columns in SHEETS.items():
        sheets[file] = Sheet(file, columns, reading.faults)
        if file in found:
            _read(found[file], sheets[file], reading)
        elif file in MAY_LACK:
            sheets[file].is_lacking = True
        else:
            sheets[file].fault(0, "", "缺少这张表")
    return sheets


def _read(worksheet: Any, sheet: Sheet, reading: _Reading) -> None:
    if not hasattr(worksheet, "_get_source"):  # a sheet that is one chart
        sheet.fault(0, "", "这张表是图表，不是表格")
        return
    if worksheet.sheet_state != "visible":
        reading.notes.append(f"“{NAMES[sheet.file]}”表是隐藏的，也读了")
    columns = {title: column for column, title in headings(sheet.file).items()}
    with worksheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            worksheet._shared_strings,
            data_only=False,
            epoch=worksheet.parent.epoch,
            date_formats=worksheet.parent._date_formats,
            timedelta_formats=worksheet.parent._timedelta_formats,
        )
        rows = _filled(parser, reading)
        number, first = next(rows, (1, []))
        titles = {cell["column"]: str(cell["value"]).strip() for cell in first} if number == 1 else {}
        places = {place: columns.get(title, title) for place, title in titles.items()}
        is_right = sheet.has_right_header(list(places.values()))
        for number, cells in rows:
            if is_right:
                _row(sheet, number, cells, places, reading)
    _merged(parser, sheet, places)
    if hidden := sum(each.get("hidden") in ("1", "true") for each in parser.row_dimensions.values()):
        reading.notes.append(f"“{NAMES[sheet.file]}”表有 {hidden} 行是隐藏的，也读了")


def _filled(parser: WorkSheetParser, reading: _Reading) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The rows with something in them, with their numbers."""
    for number, cells in parser.parse():
        reading.rows += 1
        if reading.rows > MOST_ROWS:
            raise _TooManyRows
        if filled := [cell for cell in cells if cell["value"] not in (None, "")]:
            yield number, filled


def _row(
    sheet: Sheet, number: int, cells: list[dict[str, Any]], places: Mapping[int, str], reading: _Reading
) -> None:
    texts = dict.fromkeys(sheet.columns, "")
    for cell in cells:
        column = places.get(cell["column"])
        if column is None:
            sheet.fault(number, get_column_letter(cell["column"]), "这一列没有表头")
            continue
        text = _text(cell, is_count=column in COUNTS.get(sheet.file, ()))
        if text is None:
            sheet.fault(number, column, _NOT_TEXT.get(cell["data_type"], _NOT_TEXT["n"]))
            reading.not_text.add((sheet.file, number, column))
        texts[column] = (
            str(cell["value"])[:100] if text is None else text
        )  # told once; other rows compare with it
    sheet.rows.append(Row(sheet, number, texts))


def _text(cell: Mapping[str, Any], *, is_count: bool) -> str | None:
    """The text of a cell; None where it is something else."""
    kind, value = cell["data_type"], cell["value"]
    if kind == "s":
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    if kind == "n" and is_count:
        return str(int(value)) if float(value).is_integer() else str(value)
    return None


def _merged(parser: WorkSheetParser, sheet: Sheet, places: Mapping[int, str]) -> None:
    """Told at their first cell; its text counts for the others, so that not every row they miss it in is told too."""
    for each in list(parser.merged_cells.mergeCell if parser.merged_cells else ())[:MOST_MERGED]:
        left, top, right, bottom = range_boundaries(each.ref)
        sheet.fault(top or 0, places.get(left or 0, ""), f"{each.ref} 合并了单元格，请取消合并，每格各填各的")
        rows = [row for row in sheet if (top or 0) <= row.number <= (bottom or 0)]
        for column in [column for place, column in places.items() if (left or 0) <= place <= (right or 0)]:
            text = next((row.cells[column] for row in rows if column in row.cells and row.number == top), "")
            for row in rows:
                if column in row.cells:
                    row.cells[column] = row.cells[column] or text


def _told(faults: tuple[Fault, ...], not_text: set[tuple[str, int, str]]) -> tuple[Fault, ...]:
    """In the words of the workbook and the order of its sheets. A cell that is no text has that one fault."""
    order = {file: place for place, file in enumerate(SHEETS)}
    told = []
    for fault in sorted(faults, key=lambda fault: (order.get(fault.file, -1), fault.row)):
        if (fault.file, fault.row, fault.column) in not_text and fault.sentence not in _NOT_TEXT.values():
            continue
        titles = headings(fault.file) if fault.file in SHEETS else {}
        sentence = _FILE.sub(lambda found: f"“{NAMES[found[1]]}”表", fault.sentence)
        told.append(
            Fault(
                NAMES.get(fault.file, fault.file),
                fault.row,
                titles.get(fault.column, fault.column),
                sentence,
            )
        )
    return tuple(told)

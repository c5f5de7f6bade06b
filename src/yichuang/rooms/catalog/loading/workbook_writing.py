"""A town's catalogue as one XLSX workbook, and an empty one that says how to fill it in.

Every cell is text: a spreadsheet keeps codes, leading zeros and dates as they are, and a cell that begins with = + - @
is marked as quoted, so that no spreadsheet runs it. The same catalogue gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from .folder import TownFolder
from .guidance import GUIDANCE_SHEET, guidance
from .headings import NAMES, SHEETS, headings
from .rows import Cells
from .writing import OLDEST, RISKY, cells_of, zipped

MADE = datetime(*OLDEST)
NARROWEST, WIDEST = 8, 60
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def workbook(folder: TownFolder) -> bytes:
    """导出工作簿：one sheet for each kind of row, also the empty ones."""
    book = _book()
    for file, rows in cells_of(folder).items():
        _sheet(book, file, rows)
    return _saved(book)


def template() -> bytes:
    """空白模板：the headings, and a sheet that says how each column is filled in."""
    book = _book()
    sheet = book.create_sheet(GUIDANCE_SHEET)
    for letter, width in zip("ABC", (14, 26, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, text, Font(bold=True)) for text in ("表", "列", "怎么填")])
    for row in guidance():
        sheet.append([_cell(sheet, text, wraps=True) for text in row])
    for file in SHEETS:
        _sheet(book, file, [])
    return _saved(book)


def _book() -> Workbook:
    book = Workbook(write_only=True)
    book.properties.creator = "一窗通办"
    book.properties.created = MADE
    return book


def _sheet(book: Workbook, file: str, rows: Iterable[Cells]) -> None:
    rows = list(rows)
    sheet = book.create_sheet(NAMES[file])
    titles = list(headings(file).values())
    for place, title in enumerate(titles):
        widest = max((_width(row[place]) for row in rows), default=0)
        width = min(max(NARROWEST, _width(title) + 2, widest + 1), WIDEST)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.freeze_panes = "B2"  # the headings and the first column stay in sight
    bold = Font(bold=True)
    sheet.append([_cell(sheet, title, bold) for title in titles])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])


def _cell(sheet: Any, text: str, font: Font | None = None, *, wraps: bool = False) -> Any:
    """A cell of type text, whatever it begins with. An `_x0041_` of the text is written so that it stays one."""
    cell = WriteOnlyCell(sheet)
    if text:
        cell._value = _LOOKS_ESCAPED.sub("_x005F_", text)  # past openpyxl, which would make a formula of "="
        cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(RISKY):
        cell.quotePrefix = True
    if font:
        cell.font = font
    if wraps:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _width(text: str) -> int:
    """In the narrow signs a column's width is counted in; a Chinese one takes two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text[:WIDEST])


def _saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(book, archive).save()
    with zipfile.ZipFile(written) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    entries[core] = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", entries[core])
    return zipped(entries)

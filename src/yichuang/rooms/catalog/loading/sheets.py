"""One sheet read strictly: every cell that does not fit becomes a fault with file, row, column and a sentence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd-\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong at one place. `row` counts as a spreadsheet does: the header is row 1; 0 means the whole file."""

    file: str
    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = [
            self.file,
            f"第 {self.row} 行" if self.row else "",
            f"“{self.column}”列" if self.column else "",
        ]
        return f"{' '.join(part for part in place if part)}：{self.sentence}"


@dataclass
class Sheet:
    """A file's rows and the faults found in them."""

    file: str
    columns: Sequence[str]
    faults: list[Fault]
    rows: list[Row] = field(default_factory=list)
    is_lacking: bool = False  # it may lack and does: it says nothing, which is not the same as being empty

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def fault(self, row: int, column: str, sentence: str) -> None:
        self.faults.append(Fault(self.file, row, column, sentence))

    def has_right_header(self, header: Sequence[str]) -> bool:
        """Each column once and no other, in any order; what is not so is a fault."""
        for column in self.columns:
            if header.count(column) != 1:
                self.fault(1, column, "表头缺少这一列" if column not in header else "表头里这一列写了两次")
        for column in header:
            if column not in self.columns:
                self.fault(1, column, "表头里有不认识的列")
        return sorted(header) == sorted(self.columns)


@dataclass
class Row:
    """One row; each reader gives a value of the right type and notes a fault where there is none."""

    sheet: Sheet
    number: int
    cells: dict[str, str]
    called: str = ""  # how another row speaks of it, when its number says nothing to the reader

    @property
    def where(self) -> str:
        return self.called or f"第 {self.number} 行"

    def fault(self, column: str, sentence: str) -> None:
        self.sheet.fault(self.number, column, sentence)

    def text(self, column: str, *, most: int, empty: bool = False) -> str:
        cell = self.cells[column]
        if _UNSEEN.search(cell):
            self.fault(column, "有看不见的字符，请删掉重新输入")
        elif cell != cell.strip():
            self.fault(column, "前后有多余的空格，请删掉")
        elif not cell and not empty:
            self.fault(column, "不能空着")
        elif len(cell) > most:
            self.fault(column, f"太长了，最多 {most} 个字，现在是 {len(cell)} 个")
        return cell

    def whole(self, column: str, low: int, high: int) -> int:
        cell = self.cells[column]
        if not re.fullmatch(r"[0-9]{1,9}", cell):
            self.fault(column, f"要填 {low} 到 {high} 的整数，现在是“{cell}”")
            return low
        if not low <= int(cell) <= high:
            self.fault(column, f"要在 {low} 到 {high} 之间，现在是 {cell}")
            return low
        return int(cell)

    def flag(self, column: str, yes: str = "1", no: str = "0") -> bool:
        cell = self.cells[column]
        if cell not in (yes, no):
            self.fault(column, f"只能填 {yes} 或 {no}，现在是“{cell}”")
        return cell == yes

    def word(self, column: str, words: type[TextChoices]) -> str:
        """The code of a Chinese word of the list."""
        return self._coded(column, self.cells[column], words)

    def words(self, column: str, words: type[TextChoices]) -> tuple[str, ...]:
        return tuple(self._coded(column, word, words) for word in self.list(column))

    def list(self, column: str, *, empty: bool = False, most: int = 100) -> tuple[str, ...]:
        """Parts between semicolons; none empty, none twice."""
        cell = self.text(column, most=2000, empty=empty)
        parts = tuple(cell.split(";")) if cell else ()
        if any(not part.strip() or part != part.strip() for part in parts):
            self.fault(column, "分号之间有空的一项或多余的空格")
        if len(set(parts)) < len(parts):
            self.fault(column, "同一项写了两次")
        if any(len(part) > most for part in parts):
            self.fault(column, f"有一项太长，最多 {most} 个字")
        return parts

    def key(self, column: str, *, empty: bool = False) -> str:
        cell = self.text(column, most=40, empty=empty)
        if cell and not re.fullmatch(r"[a-z][a-z0-9_]*", cell):
            self.fault(column, f"代号只能用小写字母、数字和下划线，现在是“{cell}”")
        return cell

    def _coded(self, column: str, cell: str, words: type[TextChoices]) -> str:
        codes = {str(word.label): str(word.value) for word in words}
        if cell not in codes:
            self.fault(column, f"只能填{'、'.join(codes)}，现在是“{cell}”")
            return str(next(iter(words)).value)
        return codes[cell]


def read_csv(
    content: bytes | None, file: str, columns: Sequence[str], faults: list[Fault], *, may_lack: bool = False
) -> Sheet:
    """The rows of a file whose header is right; a row with too few or too many cells is a fault and left out.

    `content` None: there is no such file. A cell loses one leading apostrophe (writing.py says why).
    """
    sheet = Sheet(file, columns, faults)
    if content is None:
        sheet.is_lacking = may_lack
        if not may_lack:
            sheet.fault(0, "", "缺少这个文件")
        return sheet
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        sheet.fault(0, "", "不是 UTF-8 编码，请另存为“CSV UTF-8”")
        return sheet
    records = _records(text, sheet)
    if not records:
        sheet.fault(0, "", "文件是空的")
        return sheet
    header = records[0]
    if not sheet.has_right_header(header):
        return sheet
    for number, cells in enumerate(records[1:], start=2):
        if len(cells) != len(header):
            sheet.fault(
                number, "", f"这一行有 {len(cells)} 格，表头有 {len(header)} 格，可能少了或多了逗号、引号"
            )
        else:
            plain = (cell[1:] if cell.startswith("'") else cell for cell in cells)
            sheet.rows.append(Row(sheet, number, dict(zip(header, plain, strict=True))))
    return sheet


def _records(text: str, sheet: Sheet) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        sheet.fault(len(records) + 1, "", "引号不成对，从这一行起读不下去")
    return records

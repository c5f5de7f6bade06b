"""What is wrong and what is lacking in a draft, in words for somebody who never saw a file: section, row, field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yichuang.rooms.catalog.loading.rows import faults_of
from yichuang.rooms.catalog.loading.sheets import Fault
from yichuang.rooms.catalog.rules import completeness

from .cells import id_of
from .parts import GROUPS, Writing
from .sections import BY_KEY, SECTIONS

_SECTION_OF_FILE = {
    "materials.csv": "materials",
    "questions.csv": "questions",
    "fields.csv": "fields",
    "field_notes.csv": "fields",
    "prechecks.csv": "prechecks",
    "mistakes.csv": "mistakes",
    "english.csv": "english",
    "listing.csv": "listing",
}
# Columns that are called otherwise in the editor: the field's name, and how it is named on the page.
_CELLS = {
    ("materials", "required"): ("when", "什么时候要"),
    ("materials", "condition_key"): ("when", "什么时候要"),
    ("questions", "key"): ("question", ""),
    ("questions", "answers"): ("answer", "答案"),
    ("questions", "triggers"): ("answer", "答案"),
    ("prechecks", "answers"): ("answer", "答案"),
    ("prechecks", "cannot"): ("answer", "答案"),
    ("prechecks", "ask"): ("answer", "答案"),
    ("fields", "key"): ("label", ""),
    ("fields", "hint"): ("hint", "提示"),
    ("limits", "procedure"): ("steps", "分几步办"),
    ("limits", "route"): ("route", "经过哪些部门"),
    ("baseline", "baseline"): ("visits", ""),
    ("english", "name"): ("name_en", "英文名称"),
    ("english", "summary"): ("summary_en", "英文简介"),
    ("materials", "code"): ("", ""),
    ("mistakes", "mistake"): ("mistakes", ""),
}
_PLAIN = (
    (re.compile(r"^这个事项在 materials\.csv 里没有材料$"), "还没有材料"),
    (re.compile(r"^这个事项在 questions\.csv 里没有“[^”]*”这个问题$"), "这种情形的问题已经去掉了，请重新选"),
    (
        re.compile(r"^这个事项没有材料用到“[^”]*”，问了没有用$"),
        "还没有材料用到这个问题。请到“材料”里选上这种情形，或者去掉这个问题",
    ),
    (re.compile(r"^offices\.csv 里没有部门"), "没有这个部门："),
    (re.compile(r"^每一步要写成“名称 天数”.*$"), "有一步没有写名称"),
    (re.compile(r"^情形材料要写明条件代号和说明$"), "要写这种情形怎么说"),
    (
        re.compile(r"^要填一个数、一个日期（2026-11-24）或者 today$"),
        "要填一个数、一个日期（2026-11-24）或者“今天”",
    ),
    (
        re.compile(r"现在是(\d+)/(\d+)/(\d+)/(\d+)$"),
        r"现在跑 \1 次、找 \2 个部门、交 \3 份材料、等 \4 个工作日",
    ),
    (re.compile(r"^> 或 \+ 的旁边少写了部门$"), "还没有选部门"),
    (
        re.compile(r"^同一个问题的两个代号不能由同一个答案触发$"),
        "同一个问题写了两次，同一个答案不能算两种情形",
    ),
)


@dataclass(frozen=True)
class Told:
    """One thing to mend: in which section, in what words, and where the link leads."""

    section: str
    words: str
    href: str

    @property
    def place(self) -> str:
        return BY_KEY[self.section].name


@dataclass(frozen=True)
class Checks:
    """What stands beside the form."""

    score: int
    faults: tuple[Told, ...]
    lacking: tuple[Told, ...]

    def marks(self) -> dict[str, str]:
        """By section: what is to be done there."""
        wrong, open_ = (Counter(each.section for each in part) for part in (self.faults, self.lacking))
        return {
            section.key: f"{wrong[section.key]} 处不对"
            if wrong[section.key]
            else f"缺 {open_[section.key]}"
            if open_[section.key]
            else ""
            for section in SECTIONS
        }


def checks(writing: Writing) -> Checks:
    """完整度和差错, with a link to the place where each is mended."""
    found = completeness(writing.item)
    address = f"/office/catalog/{writing.item.code}/draft"
    faults = faults_of(
        writing.item, writing.known.others, offices=[code for code, _ in writing.known.offices]
    )
    order = list(BY_KEY)
    told = dict.fromkeys(_fault(each, writing, address) for each in faults)
    return Checks(
        score=found.score,
        faults=tuple(sorted(told, key=lambda each: order.index(each.section))),
        lacking=tuple(
            Told(each.part, _plain(each.sentence, writing), f"{address}/{each.part}/")
            for each in found.lacking
            if each.part in BY_KEY
        ),
    )


def _fault(fault: Fault, writing: Writing, address: str) -> Told:
    section = _SECTION_OF_FILE.get(fault.file) or _section_of_column(fault.column, fault.sentence)
    known = _CELLS.get((section, fault.column))
    cell, label = known or (fault.column, _label(section, fault.column, writing))
    row = _named_row(section, fault, writing)
    where = "，".join(part for part in (row, label) if part)
    name = f"{section}.{_number(section, fault, writing)}.{cell}" if row else cell
    words = _plain(fault.sentence, writing)
    return Told(
        section,
        f"{where}：{words}" if where else words,
        f"{address}/{section}/#{id_of(name) if name else 'main'}",
    )


def _section_of_column(column: str, sentence: str) -> str:
    if column == "code" and "材料" in sentence:
        return "materials"
    if column == "baseline":
        return "baseline"
    if column in ("procedure", "route"):
        return "limits"
    return next((s.key for s in SECTIONS if not s.of and any(c.name == column for c in s.cells)), "basics")


def _label(section: str, cell: str, writing: Writing) -> str:
    parts = BY_KEY[section].parts
    cells = [*BY_KEY[section].cells, *(each for part in parts for each in part.cells(writing))]
    return next((each.label for each in cells if each.name == cell), "")


def _rows_of(section: str, writing: Writing) -> Any:
    """The rows of a section that is one list."""
    return getattr(writing.item, section) if BY_KEY[section].parts and section != "limits" else ()


def _at(section: str, fault: Fault, writing: Writing) -> int:
    """Which row it is, from 0; -1 for none. A note of a field is found by the key in its sentence."""
    if fault.row:
        return fault.row - 1
    keys = [getattr(row, "key", "") for row in _rows_of(section, writing)]
    return next((at for at, key in enumerate(keys) if key and f"“{key}”" in fault.sentence), -1)


def _named_row(section: str, fault: Fault, writing: Writing) -> str:
    rows, at = _rows_of(section, writing), _at(section, fault, writing)
    if not 0 <= at < len(rows):
        return ""
    name = next(
        (getattr(rows[at], each) for each in ("name", "question", "label") if hasattr(rows[at], each)), ""
    )
    return f"第 {at + 1} 行“{name}”" if name else f"第 {at + 1} 行"


def _number(section: str, fault: Fault, writing: Writing) -> str:
    """The number of the row on the page, which may hold rows that were taken away."""
    at, kept = _at(section, fault, writing), writing.kept.get(section, [])
    return kept[at] if at < len(kept) else str(at)


def _plain(sentence: str, writing: Writing) -> str:
    """Without names of files and codes."""
    for pattern, words in _PLAIN:
        sentence = pattern.sub(words, sentence)
    for key, words in _spoken(writing).items():
        sentence = sentence.replace(f"“{key}”", f"“{words}”")
    return sentence.rstrip("。") + "。"


def _spoken(writing: Writing) -> Mapping[str, str]:
    """Codes of this item as they are called on the page."""
    item = writing.item
    words = {row.condition_key: row.condition_text for row in item.materials if row.condition_key}
    words |= {row.key: row.question for row in item.questions} | {row.key: row.label for row in item.fields}
    groups = dict.fromkeys(row.choice for row in item.materials if row.choice)
    words |= {key: f"{GROUPS[min(at, len(GROUPS) - 1)]}组" for at, key in enumerate(groups)}
    return words | dict(writing.known.offices)

"""What a resident would not understand, or an office could not keep: named one by one, and a score from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..terms import FieldType, Form, Mode, Source
from .lists import brought_by_resident, checklist
from .spec import ItemSpec

# Papers everybody knows where to find; any other says in its note where it comes from or what must be on it.
EVERYBODY_HAS = (
    "身份证",
    "户口簿",
    "结婚证",
    "照片",
    "银行卡",
    "社保卡",
    "营业执照",
    "毕业证",
    "驾驶证",
    "残疾人证",
    "离婚证",
)
CATCH_ALL = re.compile(r"其他(相关|有关|需要|必要|应当提交)?的?(材料|资料|证件|文件)")
LONGEST_SENTENCE = 60  # signs a listener can hold; longer ones are read twice
FEWEST_ALIASES = 3
MOST_MATERIALS = 20  # on one A4 page
NEEDS_EXAMPLE = (FieldType.TEXT, FieldType.TEXTAREA, FieldType.NUMBER, FieldType.MONEY, FieldType.ADDRESS)


@dataclass(frozen=True)
class Lacking:
    """One thing that is missing; `part` is the editor's section where it is mended."""

    part: str
    sentence: str
    weight: int = 5


@dataclass(frozen=True)
class Completeness:
    """完整度：100 when nothing is lacking."""

    score: int
    lacking: tuple[Lacking, ...]

    @property
    def is_complete(self) -> bool:
        return not self.lacking


def completeness(item: ItemSpec) -> Completeness:
    """指南缺什么：each with a sentence that says what to write."""
    lacking = tuple(
        each
        for check in (_publics, _words, _materials, _questions, _form, _findable, _english)
        for each in check(item)
    )
    return Completeness(max(0, 100 - sum(each.weight for each in lacking)), lacking)


def _publics(item: ItemSpec) -> Iterator[Lacking]:
    """四公开：item, procedure, materials, promised limit; and what stands around them."""
    for part, text, what in (
        ("basics", item.name, "名称"),
        ("basics", item.condition, "什么人能办（办理条件）"),
        ("basics", item.legal_basis, "法律依据"),
        ("basics", item.fee, "收费（不收的写“免费”）"),
        ("limits", item.result, "办成了得到什么（办理结果）"),
        ("limits", item.result_validity, "结果的有效期"),
    ):
        if not text.strip():
            yield Lacking(part, f"没有写{what}。", 15)
    if not item.materials:
        yield Lacking("materials", "没有材料。一份都不用带的，也要写窗口打印的申请表。", 20)
    if not item.procedure:
        yield Lacking("limits", "没有写分几步办、每步几天。", 20)
    if item.mode == Mode.PROMISED and not item.promised_workdays:
        yield Lacking("limits", "承诺件没有写承诺几个工作日。", 20)
    if not item.verified:
        yield Lacking("basics", "法律依据和时限还没有对照原文核对过。", 5)


def _words(item: ItemSpec) -> Iterator[Lacking]:
    for sentence in re.split(r"[。；！？]", item.condition):
        if len(sentence) > LONGEST_SENTENCE:
            yield Lacking(
                "basics",
                f"办理条件有一句 {len(sentence)} 个字，太长，听不过来：“{sentence[:16]}…”请分成几句。",
                3,
            )
    if not item.mistakes:
        yield Lacking("mistakes", "没有写大家常弄错的地方，至少写一条。", 5)
    if not item.prechecks:
        yield Lacking("prechecks", "没有“来之前先看看”的问题，居民不知道自己能不能办。", 5)


def _materials(item: ItemSpec) -> Iterator[Lacking]:
    listed = checklist([item], {})
    if len(item.materials) > MOST_MATERIALS:
        yield Lacking("materials", f"材料有 {len(item.materials)} 份，一张纸印不下，请合并。", 5)
    for row in item.materials:
        if CATCH_ALL.search(row.name):
            yield Lacking("materials", f"“{row.name}”是兜底的说法，要写清是哪几份。", 10)
        if row.condition_key and not row.condition_text:
            yield Lacking("materials", f"“{row.name}”没有写什么情形才要。", 5)
    for needed in (*listed.materials, *listed.possible):
        known = any(word in needed.name for word in EVERYBODY_HAS)
        printed = needed.form in (Form.APPLICATION, Form.PLEDGE) and needed.source == Source.WINDOW
        if brought_by_resident(needed) and not known and not needed.notes and not printed:
            yield Lacking("materials", f"“{needed.name}”没有说去哪里拿、上面要有什么。", 2)


def _questions(item: ItemSpec) -> Iterator[Lacking]:
    asked = {row.key for row in item.questions}
    for key in dict.fromkeys(row.condition_key for row in item.materials if row.condition_key):
        if key not in asked:
            yield Lacking("questions", f"有材料看情形“{key}”，却没有这个问题。", 10)


def _form(item: ItemSpec) -> Iterator[Lacking]:
    blank = [row.label for row in item.fields if row.type in NEEDS_EXAMPLE and not row.example]
    if blank:
        yield Lacking(
            "fields", f"表单有 {len(blank)} 栏没有填写示例：{'、'.join(blank[:4])}。", min(10, len(blank))
        )


def _findable(item: ItemSpec) -> Iterator[Lacking]:
    if len(item.aliases) < FEWEST_ALIASES:
        yield Lacking(
            "search", f"俗称只有 {len(item.aliases)} 个，大家怎么说就怎么写，至少 {FEWEST_ALIASES} 个。", 4
        )
    if not item.life_events:
        yield Lacking("search", "没有写属于哪种人生大事。", 3)


def _english(item: ItemSpec) -> Iterator[Lacking]:
    if not item.name_en or not item.summary_en:
        yield Lacking("english", "没有英文名称和简介。", 3)

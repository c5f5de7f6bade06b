"""What is different between two versions, in words a person who approves it understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .. import terms
from .spec import FieldSpec, ItemSpec, MaterialSpec, PrecheckSpec, QuestionSpec


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was. `before` empty: new; `after` empty: gone."""

    part: str  # 基本, 时限, 材料 …
    what: str
    before: str
    after: str


def differences(
    old: ItemSpec | None, new: ItemSpec, *, offices: Mapping[str, str] = MappingProxyType({})
) -> tuple[Difference, ...]:
    """新旧对比：nothing that differs is left out, nothing that is the same is named. `old` None: a new item.

    `offices` gives the names of offices by code, so that nobody has to know the codes.
    """
    found: list[Difference] = []
    for part, name, what, told in _COLUMNS:
        values = [getattr(spec, name) for spec in (old, new) if spec]
        if name == "office":
            values = [offices.get(code, code) for code in values]
        elif name == "route":
            values = [tuple(tuple(offices.get(c, c) for c in stage) for stage in each) for each in values]
        before, after = (values[0], values[1]) if old else (None, values[0])
        if before != after:
            was, now = ("" if before is None else told(before)), told(after)
            if was == now and old:
                was, now = _exactly(before), _exactly(after)
            if was != now:
                found.append(Difference(part, what, was, now))
    for part, rows_of, key_of, told_row in _PARTS:
        found += _rows(part, key_of, told_row, rows_of(old) if old else (), rows_of(new))
    listed = dict(old.listing) if old else {}
    for key in dict.fromkeys([*listed, *dict(new.listing)]):
        was, now = listed.get(key, ""), dict(new.listing).get(key, "")
        if was != now:
            found.append(Difference("实施清单", terms.LISTING.get(key, key), was, now))
    return tuple(found)


def _rows(
    part: str,
    key_of: Callable[[Any], str],
    told: Callable[[Any], str],
    old: Iterable[Any],
    new: Iterable[Any],
) -> list[Difference]:
    before = _by_key(key_of, old)
    after = _by_key(key_of, new)
    found = []
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) == after.get(key):
            continue
        was, now = (told(rows[key]) if key in rows else "" for rows in (before, after))
        if was == now:  # what no sentence shows: an inner code, an order
            was, now = _apart(was, before[key], after[key]), _apart(now, after[key], before[key])
        found.append(Difference(part, key, was, now))
    stays = [key for key in before if key in after]
    if stays != [key for key in after if key in before]:
        found.append(Difference(part, "次序", "、".join(stays), "、".join(k for k in after if k in before)))
    return found


def _apart(told: str, row: Any, other: Any) -> str:
    """The sentence, and what is meant where the sentence alone does not tell two rows apart."""
    unlike = [name for name in vars(row) if name in _INNER and vars(row)[name] != vars(other).get(name)]
    said = [f"{_INNER[name]}：{_exactly(vars(row)[name])}" for name in unlike]
    return "，".join([told, *said])


def _exactly(value: Any) -> str:
    """A value so that two that differ are written differently."""
    if isinstance(value, tuple | list):
        return (
            " ".join(f"“{_exactly(each) if isinstance(each, tuple) else each}”" for each in value) or "没有"
        )
    return str(value) or "空"


_INNER = {
    "key": "代号",
    "condition_key": "情形代号",
    "condition_text": "情形说明",
    "need": "必需或容缺",
    "choice": "任选其一的组",
    "accepts": "可代替的材料",
    "notes": "说明",
    "shared_by": "可共享的库",
    "answers": "答案",
    "triggers": "触发的答案",
    "options": "选项",
    "hint": "提示",
    "example": "示例",
    "least": "最小",
    "most": "最大",
    "cannot": "办不了的答案",
    "ask": "要问的答案",
    "why": "为什么办不了",
    "instead": "那怎么办",
    "question": "问题",
    "label": "名称",
    "name": "材料",
    "person": "谁的",
}


def _by_key(key_of: Callable[[Any], str], rows: Iterable[Any]) -> Mapping[str, Any]:
    """Rows by what a person calls them; a second one of the same name gets its number."""
    found: dict[str, Any] = {}
    for row in rows:
        key, count = key_of(row), 2
        while key in found:
            key, count = f"{key_of(row)}（{count}）", count + 1
        found[key] = row
    return found


def _word(words: Any) -> Callable[[Any], str]:
    return lambda code: str(words(code).label) if code in words.values else str(code)


def _words(words: Any) -> Callable[[Any], str]:
    return lambda codes: "、".join(_word(words)(code) for code in codes)


def _days(count: int) -> str:
    return f"{count} 个工作日"


def _yes(flag: bool) -> str:
    return "是" if flag else "否"


def _list(texts: Iterable[str]) -> str:
    return "；".join(texts)


def _sentences(texts: Iterable[str]) -> str:
    return " ".join(texts)


def _route(stages: Iterable[Iterable[str]]) -> str:
    return "，再到 ".join(" 和 ".join(stage) for stage in stages)


def _baseline(past: Any) -> str:
    return (
        f"跑 {past.visits} 次、找 {past.offices} 个部门、交 {past.materials} 份、等 {past.workdays} 个工作日"
    )


_COLUMNS: tuple[tuple[str, str, str, Callable[[Any], str]], ...] = (
    ("基本", "name", "名称", str),
    ("基本", "short_name", "简称", str),
    ("基本", "office", "主办部门", str),
    ("基本", "kind", "类型", _word(terms.ItemKind)),
    ("基本", "audience", "服务对象", _word(terms.Audience)),
    ("基本", "condition", "办理条件", str),
    ("基本", "legal_basis", "法律依据", str),
    ("基本", "verified", "依据已核实", _yes),
    ("基本", "fee", "收费", str),
    ("时限", "mode", "办件类型", _word(terms.Mode)),
    ("时限", "statutory_workdays", "法定时限", _days),
    ("时限", "promised_workdays", "承诺时限", _days),
    ("时限", "accept_workdays", "受理时限", _days),
    ("程序", "procedure", "步骤", lambda steps: "；".join(f"{name} {days} 天" for name, days in steps)),
    ("程序", "route", "流转部门", _route),
    ("程序", "village_step", "村级环节", _word(terms.VillageStep)),
    ("程序", "visits", "最多跑几次", lambda count: f"{count} 次"),
    ("程序", "no_meeting", "可全程不见面", _yes),
    ("程序", "channels", "办理渠道", _words(terms.Channel)),
    ("结果", "result", "办理结果", str),
    ("结果", "result_kind", "结果类型", _word(terms.ResultKind)),
    ("结果", "result_validity", "有效期", str),
    ("查找", "life_events", "人生事件", _list),
    ("查找", "aliases", "俗称", _list),
    ("说明", "mistakes", "常见错误", _sentences),
    ("说明", "baseline", "改革前", _baseline),
    ("英文", "name_en", "英文名称", str),
    ("英文", "summary_en", "英文简介", str),
)


def _material(row: MaterialSpec) -> str:
    said = [str(terms.Form(row.form).label), f"{row.copies} 份", str(terms.Source(row.source).label)]
    said.append(str(terms.Need(row.need).label) if not row.condition_key else f"{row.condition_text}时才要")
    if row.choice:
        said.append(f"“{row.choice}”组里任选其一")
    if row.accepts:
        said.append(f"可以用{'、'.join(row.accepts)}代替")
    if row.shared_by:
        said.append(f"{row.shared_by}可查")
    if row.notes:
        said.append(row.notes)
    return "，".join(said)


def _question(row: QuestionSpec) -> str:
    return f"可以答{'、'.join(row.answers)}；答{'、'.join(row.triggers)}时，材料有变"


def _field(row: FieldSpec) -> str:
    said = [
        str(terms.FieldType(row.type).label),
        "必填" if row.required else "选填",
        str(terms.FieldSource(row.source).label),
    ]
    if row.options:
        said.append(f"选项：{'、'.join(row.options)}")
    if row.least or row.most:
        said.append(f"范围 {row.least or '不限'} 到 {row.most or '不限'}")
    if row.hint:
        said.append(f"提示：{row.hint}")
    if row.example:
        said.append(f"例：{row.example}")
    return "，".join(said)


def _precheck(row: PrecheckSpec) -> str:
    said = [f"可以答{'、'.join(row.answers)}"]
    if row.cannot:
        said.append(f"答{'、'.join(row.cannot)}办不了")
    if row.ask:
        said.append(f"答{'、'.join(row.ask)}要问一问")
    if row.why or row.instead:
        said.append(f"办不了时说：{row.why}{row.instead}")
    return "；".join(said)


_PARTS: tuple[tuple[str, Callable[[ItemSpec], Iterable[Any]], Any, Callable[[Any], str]], ...] = (
    ("材料", lambda item: item.materials, lambda row: f"{row.name}（{row.person}）", _material),
    ("情形问题", lambda item: item.questions, lambda row: row.question, _question),
    ("表单", lambda item: item.fields, lambda row: row.label, _field),
    ("预判", lambda item: item.prechecks, lambda row: row.question, _precheck),
)

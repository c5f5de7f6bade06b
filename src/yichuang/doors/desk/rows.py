"""The rows of a case's form: papers to tick, questions to answer, fields to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from yichuang.ground.identity import IdNumber
from yichuang.rooms.cases import rules
from yichuang.rooms.cases.models import Case, Document
from yichuang.rooms.catalog.rules import Asked, Checklist, FieldSpec, ItemSpec, Needed
from yichuang.rooms.catalog.terms import FieldType, Form, Source
from yichuang.rooms.people import queries as people

VILLAGE = "village"  # the key of the field in the catalogue, and the name of the case's own
ELSEWHERE = "不是本镇的"  # offered beside the town's villages
WIDE = {FieldType.ADDRESS, FieldType.TEXTAREA}
KINDS = {
    FieldType.SELECT: "select",
    FieldType.DATE: "date",
    FieldType.NUMBER: "number",
    FieldType.TEXTAREA: "textarea",
    FieldType.PHONE: "phone",
}


@dataclass(frozen=True)
class Typed:
    """What stands in the form now: typed a moment ago, or else what is saved."""

    answers: Mapping[str, str]
    fields: Mapping[str, str]
    village: str
    ticks: frozenset[str]  # ids of paper rows ticked but not yet received
    wrong: Mapping[int, str] = field(default_factory=dict)  # what is wrong with a document, by its id


@dataclass(frozen=True)
class PaperRow:
    """A row of the checklist."""

    id: str
    name: str
    note: str
    of: str  # which items
    state: str  # have, missing, later, or "" (the window makes it, a register gives it, another one will do)
    says: str
    ticked: bool
    documents: tuple[Document, ...]
    needed: Needed


@dataclass(frozen=True)
class QuestionRow:
    """A question about the situation, asked once."""

    asked: Asked
    error: str
    at_home: bool = False  # answered on the list that was brought


@dataclass(frozen=True)
class FieldRow:
    """A field of the form."""

    key: str
    name: str
    label: str
    kind: str
    options: tuple[str, ...]
    value: str
    is_filled: bool  # read from the card or the register: to be checked
    is_wide: bool = False
    is_optional: bool = False
    inputmode: str = ""
    hint: str = ""
    error: str = ""

    @property
    def id(self) -> str:
        return f"f-{self.key}"


def paper_id(needed: Needed) -> str:
    """The same for the same paper, whatever else is on the list."""
    return "m" + sha256("|".join(needed.document).encode()).hexdigest()[:8]


def saved(case: Case) -> Typed:
    """What is saved of the form."""
    village = case.village.name if case.village else case.fields.get(VILLAGE, "")
    return Typed(case.answers, case.fields, village, frozenset())


def typed_in(post: Mapping[str, Any], case: Case) -> Typed:
    """What was typed, over what is saved: a form may hold only a part."""
    kept = saved(case)
    answers = {key[7:]: str(value) for key, value in post.items() if key.startswith("answer.")}
    fields = {key[6:]: str(value) for key, value in post.items() if key.startswith("field.")}
    ticks = post.getlist("ticks") if hasattr(post, "getlist") else ()
    village = str(post.get("village", kept.village))
    wrong = {
        int(key[6:]): str(value).strip()
        for key, value in post.items()
        if key.startswith("wrong.") and key[6:].isdecimal() and str(value).strip()
    }
    return Typed({**kept.answers, **answers}, {**kept.fields, **fields}, village, frozenset(ticks), wrong)


def paper_rows(
    listed: Checklist, specs: list[ItemSpec], documents: list[Document], ticks: frozenset[str]
) -> list[PaperRow]:
    """The checklist with what has been received."""
    short = {spec.code: spec.short_name for spec in specs}
    rows = []
    for needed in listed.materials:
        received = tuple(
            document for document in documents if (document.material, document.person) == needed.document
        )
        good = tuple(document for document in received if not document.wrong)
        rows.append(
            PaperRow(
                id=paper_id(needed),
                name=rules.said(*needed.document),
                note=_note(needed, received),
                of=_of(needed, short),
                state="have" if good else "",
                says=_says(needed, good),
                ticked=bool(good) or paper_id(needed) in ticks,
                documents=tuple(document for document in good if document.file_id),
                needed=needed,
            )
        )
    return rows


def field_rows(
    case: Case, specs: tuple[FieldSpec, ...], items: list[ItemSpec], typed: Typed, wrong: Mapping[str, str]
) -> list[FieldRow]:
    """The form; the village is chosen from the town's list, because a village's step depends on it."""
    known = rules.known_fields(specs, _known(case))
    rows = [_field_row(field, typed, known, wrong) for field in specs if field.key != VILLAGE]
    has_field = any(field.key == VILLAGE for field in specs)
    has_step = any(rules.route(item)[0].stage == 0 for item in items)
    if has_field or has_step:
        rows.insert(0, _village_row(case, typed, wrong, has_field))
    return rows


def _village_row(case: Case, typed: Typed, wrong: Mapping[str, str], has_field: bool) -> FieldRow:
    offered = tuple(village.name for village in people.villages())
    return FieldRow(
        key=VILLAGE,
        name=VILLAGE,
        label="所属村（社区）",
        kind="select",
        options=(*offered, ELSEWHERE) if has_field else offered,
        value=typed.village,
        is_filled=bool(case.village and typed.village == case.village.name),
        error=wrong.get(VILLAGE, ""),
    )


def _field_row(
    field: FieldSpec, typed: Typed, known: Mapping[str, str], wrong: Mapping[str, str]
) -> FieldRow:
    value = typed.fields.get(field.key, "")
    return FieldRow(
        key=field.key,
        name=f"field.{field.key}",
        label=field.label,
        kind=KINDS.get(FieldType(field.type), "text"),
        options=field.options,
        value=value,
        is_filled=bool(value) and known.get(field.key) == value,
        is_wide=field.type in WIDE,
        is_optional=not field.required,
        inputmode={FieldType.MONEY: "decimal", FieldType.BANK_ACCOUNT: "numeric"}.get(
            FieldType(field.type), ""
        ),
        hint=_hint(field),
        error=wrong.get(field.key, ""),
    )


def _hint(field: FieldSpec) -> str:
    """How to fill it in, and what a form filled in well says; a list of options shows itself."""
    example = f"例：{field.example}" if field.example and not field.options else ""
    return "，".join(part for part in (field.hint, example) if part)


def _known(case: Case) -> rules.Known:
    number = IdNumber(str(case.applicant.id_number))
    return rules.Known(number.born_on, number.sex == "male", case.village.name if case.village else "")


def _of(needed: Needed, short: Mapping[str, str]) -> str:
    """Which of several items ask for it."""
    if len(short) == 1:
        return ""
    return (
        short.get(needed.items[0], "") if len(needed.items) == 1 else f"{count_word(len(needed.items))}件用"
    )


def count_word(count: int) -> str:
    """两件，三件: two of a thing is 两."""
    return "零一两三四五六七八九十"[count] if count <= 10 else str(count)


def _note(needed: Needed, received: tuple[Document, ...]) -> str:
    wrong = [document.wrong for document in received if document.wrong]
    if wrong and all(document.wrong for document in received):
        return f"要换一份：{wrong[-1]}"
    told = [
        f"任选一份，{Form(needed.form).label}" if needed.choices else Form(needed.form).label,
        *needed.notes[:1],
    ]
    return "，".join(told)


def _says(needed: Needed, good: tuple[Document, ...]) -> str:
    if good:
        return "看过原件"
    if needed.source == Source.WINDOW:
        return "窗口打印"
    if needed.source == Source.REGISTER:
        return "系统调取"
    return "不用再交" if needed.choices else ""


def marked(rows: list[PaperRow], owed: tuple[Needed, ...], later: tuple[Needed, ...]) -> list[PaperRow]:
    """The rows with what is missing and what may follow later."""
    missing = {needed.document for needed in owed}
    following = {needed.document for needed in later}
    return [row if row.ticked else replace(row, state=_state(row, missing, following)) for row in rows]


def _state(row: PaperRow, missing: set[tuple[str, str]], following: set[tuple[str, str]]) -> str:
    if row.needed.document in missing:
        return "missing"
    return "later" if row.needed.document in following else ""

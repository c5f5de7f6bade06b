"""A case as the clerk's screen shows it: its items, questions, papers and form, and what the keys may do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from yichuang.ground import clock, workdays
from yichuang.ground.identity import IdNumber
from yichuang.rooms.cases import queries, rules
from yichuang.rooms.cases.models import Case, CaseItem, Document
from yichuang.rooms.cases.papers import filled_form
from yichuang.rooms.cases.states import ItemStatus
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import Asked, Checklist, FieldSpec, ItemSpec, Needed, checklist, may_follow
from yichuang.rooms.catalog.terms import FieldType, Form, Mode, Source
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.models import Resident

from .told import steps_of

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
ITEM_LIGHTS = {
    ItemStatus.DRAFT: ("grey", "还没提交"),
    ItemStatus.SUBMITTED: ("yellow", "等受理"),
    ItemStatus.CORRECTING: ("yellow", "等补材料"),
    ItemStatus.REVIEWING: ("green", "办理中"),
    ItemStatus.GRANTED: ("green", "准予，等出件"),
    ItemStatus.REFUSED: ("red", "不予办理"),
    ItemStatus.ISSUED: ("green", "等领取"),
    ItemStatus.CLOSED: ("green", "已办结"),
}


@dataclass(frozen=True)
class Typed:
    """What stands in the form now: typed a moment ago, or else what is saved."""

    answers: Mapping[str, str]
    fields: Mapping[str, str]
    village: str
    ticks: frozenset[str]  # ids of paper rows ticked but not yet received


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
    error: str = ""

    @property
    def id(self) -> str:
        return f"f-{self.key}"


@dataclass(frozen=True)
class ItemRow:
    """One item of the case."""

    row: CaseItem
    spec: ItemSpec
    light: tuple[str, str]
    state: str
    steps: list[dict[str, str]]

    @property
    def is_open(self) -> bool:
        return self.row.status in queries.BEFORE_ACCEPTANCE

    @property
    def is_on_the_spot(self) -> bool:
        return self.spec.mode == Mode.ON_THE_SPOT

    @property
    def limit(self) -> str:
        return (
            "当场办结"
            if self.spec.mode == Mode.ON_THE_SPOT
            else f"承诺 {self.spec.promised_workdays} 个工作日"
        )


def paper_id(needed: Needed) -> str:
    """The same for the same paper, whatever else is on the list."""
    return "m" + sha256("|".join(needed.document).encode()).hexdigest()[:8]


def case_page(
    case: Case, typed: Typed | None = None, wrong: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Everything the middle of the screen shows of a case; `wrong` has a sentence by the key of its field."""
    wrong = wrong or {}
    rows = list(case.items.select_related("accepted_by").order_by("pk"))
    typed = typed or saved(case)
    specs = queries.specs_of(rows)
    waiting = [row for row in rows if row.status in queries.BEFORE_ACCEPTANCE]
    listed = checklist(specs, typed.answers)
    documents = list(case.documents.select_related("file").order_by("pk"))
    papers = paper_rows(listed, specs, documents, typed.ticks)
    have = {row.needed.document for row in papers if row.state == "have" or row.ticked}
    owed = rules.owed(queries.specs_of(waiting), typed.answers, have)
    papers = _marked(papers, owed, may_follow(listed, have))
    return {
        "case": case,
        "items": [_item_row(row, spec) for row, spec in zip(rows, specs, strict=True)],
        "is_draft": all(row.status == ItemStatus.DRAFT for row in rows),
        "is_open": bool(waiting),
        "listed": listed,
        "questions": [
            QuestionRow(asked, next((wrong[key] for key in asked.keys if key in wrong), ""))
            for asked in listed.questions
        ],
        "papers": papers,
        "merged": count_word(len(rows)),
        "fewer": _fewer(specs, typed.answers, listed),
        "owed": owed,
        "later": [row for row in papers if row.state == "later"],
        "fields": field_rows(case, listed.fields, specs, typed, wrong),
        "form": filled_form(case, listed),
        "scans": [document for document in documents if document.file_id],
        "takes_papers": any(row.status in queries.TAKES_PAPERS for row in rows),
        "paper_options": [(row.id, row.name) for row in papers],
        "paper_next": next((row.id for row in papers if row.state == "missing"), ""),
        "due": _due(waiting, owed),
        **_resident_side(case.applicant, case),
    }


def saved(case: Case) -> Typed:
    """What is saved of the form."""
    return Typed(case.answers, case.fields, case.village.name if case.village else "", frozenset())


def typed_in(post: Mapping[str, Any], case: Case) -> Typed:
    """What was typed, over what is saved: a form may hold only a part."""
    kept = saved(case)
    answers = {key[7:]: str(value) for key, value in post.items() if key.startswith("answer.")}
    fields = {key[6:]: str(value) for key, value in post.items() if key.startswith("field.")}
    ticks = post.getlist("ticks") if hasattr(post, "getlist") else ()
    village = str(post.get("village", kept.village))
    return Typed({**kept.answers, **answers}, {**kept.fields, **fields}, village, frozenset(ticks))


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
        value=typed.village or typed.fields.get(VILLAGE, ""),
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
        error=wrong.get(field.key, ""),
    )


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


def _marked(rows: list[PaperRow], owed: tuple[Needed, ...], later: tuple[Needed, ...]) -> list[PaperRow]:
    missing = {needed.document for needed in owed}
    following = {needed.document for needed in later}
    marked = []
    for row in rows:
        document, state = row.needed.document, row.state
        if state != "have" and not row.ticked:
            state = "missing" if document in missing else "later" if document in following else ""
        marked.append(PaperRow(**{**row.__dict__, "state": state}))
    return marked


def _fewer(specs: list[ItemSpec], answers: Mapping[str, str], listed: Checklist) -> int:
    """How many papers a resident need not bring twice."""
    return sum(len(checklist([spec], answers).materials) for spec in specs) - len(listed.materials)


def _item_row(row: CaseItem, spec: ItemSpec) -> ItemRow:
    steps = steps_of(row) if row.accepted_at else []
    return ItemRow(row, spec, ITEM_LIGHTS[ItemStatus(row.status)], queries.plain_state(row), steps)


@dataclass(frozen=True)
class Due:
    """What may be done with the items that are not accepted yet."""

    ready: tuple[CaseItem, ...]  # nothing of theirs is missing
    held: tuple[CaseItem, ...]
    promised_by: date | None
    is_told: bool  # all that wait have had their one notice

    @property
    def held_names(self) -> str:
        return "、".join(_short(row) for row in self.held)

    @property
    def ready_names(self) -> str:
        return "、".join(_short(row) for row in self.ready)

    @property
    def only(self) -> str:
        return ",".join(row.code for row in self.ready) if self.held else ""


def _due(waiting: list[CaseItem], owed: tuple[Needed, ...]) -> Due:
    held_codes = {code for needed in owed for code in needed.items}
    ready = tuple(row for row in waiting if row.code not in held_codes)
    held = tuple(row for row in waiting if row.code in held_codes)
    today, calendar = clock.day_of(clock.now()), workdays.calendar()
    promises = [rules.promise(catalog.spec(row.version_id), today, calendar).promised_by for row in ready]
    return Due(
        ready, held, max(promises, default=None), bool(held) and all(row.correction_id for row in held)
    )


def _short(row: CaseItem) -> str:
    return catalog.spec(row.version_id).short_name


def _resident_side(resident: Resident, case: Case | None = None) -> dict[str, Any]:
    """Who stands there, and what they have had done before."""
    number = IdNumber(str(resident.id_number))
    earlier = queries.cases_of(resident)
    if case is not None:
        earlier = earlier.exclude(pk=case.pk)
    history = [
        {"case": each, "row": row, "light": ITEM_LIGHTS[ItemStatus(row.status)]}
        for each in earlier[:6]
        for row in each.items.all()
    ]
    return {
        "resident": resident,
        "resident_age": number.age_on(clock.day_of(clock.now())),
        "resident_sex": "男" if number.sex == "male" else "女",
        "history": history[:8],
    }


def resident_side(resident: Resident | None) -> dict[str, Any]:
    """The right side before a case is opened: nobody may be known yet."""
    return _resident_side(resident) if resident else {}

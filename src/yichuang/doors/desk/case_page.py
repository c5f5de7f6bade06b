"""A case as the clerk's screen shows it: its items, questions, papers and form, and what the keys may do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yichuang.ground import clock, workdays
from yichuang.ground.identity import IdNumber
from yichuang.rooms.cases import queries, rules
from yichuang.rooms.cases.models import Case, CaseItem
from yichuang.rooms.cases.papers import filled_form
from yichuang.rooms.cases.states import ItemStatus
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import Checklist, ItemSpec, Needed, checklist, may_follow
from yichuang.rooms.catalog.terms import Mode
from yichuang.rooms.people.models import Resident

from .rows import QuestionRow, Typed, count_word, field_rows, marked, paper_rows, saved
from .told import steps_of

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
    brought = catalog.saved_list(case.list_code) if case.list_code else None
    at_home = rules.answered_before(listed.questions, brought.answers) if brought else {}
    documents = list(case.documents.select_related("file").order_by("pk"))
    papers = paper_rows(listed, specs, documents, typed.ticks)
    have = {row.needed.document for row in papers if row.state == "have" or row.ticked}
    owed = rules.owed(queries.specs_of(waiting), typed.answers, have)
    papers = marked(papers, owed, may_follow(listed, have))
    return {
        "case": case,
        "items": [_item_row(row, spec) for row, spec in zip(rows, specs, strict=True)],
        "is_draft": all(row.status == ItemStatus.DRAFT for row in rows),
        "is_open": bool(waiting),
        "listed": listed,
        "questions": [
            QuestionRow(
                asked,
                next((wrong[key] for key in asked.keys if key in wrong), ""),
                bool(asked.answer) and at_home.get(asked.key) == asked.answer,
            )
            for asked in listed.questions
        ],
        "ask_first": listed.unanswered[0].key if listed.unanswered else "",
        "papers": papers,
        "merged": count_word(len(rows)),
        "fewer": _fewer(specs, typed.answers, listed),
        "owed": owed,
        "later": [row for row in papers if row.state == "later"],
        "fields": field_rows(case, listed.fields, specs, typed, wrong),
        "form": filled_form(case, listed),
        "scans": [(document, typed.wrong.get(document.pk, "")) for document in documents if document.file_id],
        "takes_papers": any(row.status in queries.TAKES_PAPERS for row in rows),
        "paper_options": [(row.id, row.name) for row in papers],
        "paper_next": next((row.id for row in papers if row.state == "missing"), ""),
        "due": _due(waiting, owed),
        **_resident_side(case.applicant, case),
    }


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

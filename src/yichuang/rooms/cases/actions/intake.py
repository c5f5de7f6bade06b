"""Before the window has decided anything: opening, saving, bringing papers, handing in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from yichuang.ground import clock, numbers, trail
from yichuang.ground.identity import IdNumber, clean_phone
from yichuang.ground.models import StoredFile
from yichuang.ground.refusals import Refused, about
from yichuang.ground.secrets import new_token
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import Checklist, ItemSpec, checklist
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.people.actions import Person, register_resident
from yichuang.rooms.people.models import Device, Resident, Staff, Village

from .. import queries, rules
from ..models import Case, CaseItem, Channel, Document
from ..states import ItemStatus
from .locked import locked, moving

Actor = Staff | Resident | Device | None


@dataclass(frozen=True)
class Proxy:
    """Who comes for the applicant."""

    name: str
    id_number: str
    phone: str = ""


@dataclass(frozen=True)
class CaseOpening:
    """What is known when a case is opened. `applicant`: as told at the window, or the resident signed in.

    `list_code`: of a list the resident saved; what was answered there is not asked again. Empty: the ticket's.
    """

    items: Sequence[str]
    applicant: Person | Resident
    proxy: Proxy | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    ticket: Ticket | None = None
    list_code: str = ""
    channel: str = Channel.WINDOW


@dataclass(frozen=True)
class Draft:
    """What to save: only what is given here changes; an empty value clears its field. `village`: code or name."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    items: Sequence[str] | None = None
    village: str | None = None


@dataclass(frozen=True)
class Paper:
    """A paper that is brought. Without a file it is an original that the window has seen and given back."""

    material: str
    person: str = ""
    file: StoredFile | None = None
    name: str = ""
    pages: int = 1


@transaction.atomic
def open_case(*, opening: CaseOpening, by: Actor) -> Case:
    """收件：登记申请人、代办人和要办的事；每件事用今天的版本，以后改目录不影响这一件。

    Refused: items_missing, item_unknown, list_unknown, proxy_incomplete, answers_wrong, fields_wrong, and what people
    refuses.
    """
    now = clock.now()
    items = _items(opening.items)
    proxy = _proxy(opening.proxy, now)
    applicant = opening.applicant
    if isinstance(applicant, Person):
        applicant = register_resident(person=applicant, by=by)
    case = Case(
        applicant=applicant,
        village=applicant.village,
        ticket=opening.ticket,
        opened_by=by if isinstance(by, Staff) else None,
        channel=opening.channel,
        track_token=new_token(),
        opened_at=now,
        **proxy,
    )
    listed = checklist(items, {})
    case.list_code, at_home = _at_home(opening, listed)
    said = rules.proxy_answers(items) if opening.proxy else {}
    case.answers = _answers(listed, {**at_home, **said, **opening.answers})
    case.fields = _fields(listed, {**_known(case, listed), **opening.fields}, now)
    case.number = numbers.case_number(clock.day_of(now), numbers.next_number("case", clock.day_of(now)))
    case.save()
    _add_items(case, items)
    trail.record("cases.opened", case, by=by, at=now, **_named(items), channel=case.channel)
    return case


@transaction.atomic
def save_draft(*, case: Case, draft: Draft, by: Actor) -> Case:
    """存草稿：填到哪存到哪。提交以后还能改表单，不能改情形和事项；受理以后都不能改。

    Refused: form_settled, answers_settled, items_missing, item_unknown, village_unknown, answers_wrong, fields_wrong.
    """
    (case, rows), now = locked(case), clock.now()
    is_draft = all(row.status == ItemStatus.DRAFT for row in rows)
    if not any(row.status in queries.BEFORE_ACCEPTANCE for row in rows):
        raise Refused("form_settled")
    items = queries.specs_of(rows)
    if draft.items is not None and {*draft.items} != {row.code for row in rows}:
        if not is_draft:
            raise Refused("answers_settled")
        items = _exchange_items(case, rows, draft.items)
    if draft.village is not None:
        case.village = _village(draft.village)
        if not is_draft:
            _refuse_without_village(case, items)
    listed = checklist(items, {})
    answers = _answers(listed, {**case.answers, **draft.answers})
    if answers != case.answers and not is_draft:
        raise Refused("answers_settled")
    case.answers = answers
    case.fields = _fields(listed, {**_known(case, listed), **case.fields, **draft.fields}, now)
    case.save()
    trail.record("cases.draft_saved", case, by=by, at=now, items=[item.code for item in items])
    return case


@transaction.atomic
def add_document(*, case: Case, paper: Paper, by: Actor) -> Document:
    """收材料：清单上的一份，或者清单上说可以代替它的证件。容缺的材料受理以后也收。

    Refused: papers_settled, material_unknown, paper_missing.
    """
    (case, rows), now = locked(case), clock.now()
    running = [row for row in rows if row.status in queries.TAKES_PAPERS]
    if not running:
        raise Refused("papers_settled")
    if paper.file is None and not isinstance(by, Staff):
        raise Refused("paper_missing", fields={"file": "请选一个文件"})
    listed = checklist(queries.specs_of(running), case.answers)
    brought = rules.recognised(listed, paper.material.strip(), paper.person.strip())
    if brought is None:
        raise Refused(
            "material_unknown",
            material=paper.material,
            names=list(dict.fromkeys(needed.name for needed in listed.materials)),
            fields={"material": "请从清单里选"},
        )
    document = Document.objects.create(
        case=case,
        material=brought.material,
        person=brought.person,
        instead=brought.instead,
        file=paper.file,
        name=paper.name[:200],
        pages=paper.pages,
        received_at=now,
        received_by=by if isinstance(by, Staff) else None,
    )
    trail.record(
        "cases.document_added", case, by=by, at=now, material=document.material, document=document.pk
    )
    return document


@transaction.atomic
def submit(*, case: Case, by: Actor) -> Case:
    """提交：问题都答了、表单填全了，交给窗口看。缺的材料可以受理前补。

    Refused: questions_unanswered, village_missing, fields_missing, each naming all of them.
    """
    (case, rows), now = locked(case), clock.now()
    rows = moving(rows, "submit")
    items = queries.specs_of(rows)
    listed = checklist(items, case.answers)
    _refuse_unready(case, items, listed)
    for row in rows:
        row.move("submit")
        row.submitted_at = now
        row.save(update_fields=["status", "submitted_at"])
    case.received_on = case.received_on or clock.day_of(now)
    case.save(update_fields=["received_on"])
    trail.record("cases.submitted", case, by=by, at=now, **_named(items))
    return case


def _refuse_unready(case: Case, items: Sequence[ItemSpec], listed: Checklist) -> None:
    if asked := listed.unanswered:
        raise Refused(
            "questions_unanswered",
            count=len(asked),
            names=[each.question for each in asked],
            fields={each.key: "请选一个答案" for each in asked},
        )
    _refuse_without_village(case, items)
    if empty := rules.unfilled(listed.fields, case.fields):
        raise Refused(
            "fields_missing",
            count=len(empty),
            names=[each.label for each in empty],
            fields={each.key: f"请填写{each.label}" for each in empty},
        )


def _refuse_without_village(case: Case, items: Sequence[ItemSpec]) -> None:
    away = [item.short_name for item in items if rules.route(item)[0].stage == 0]
    if away and case.village is None:
        raise Refused("village_missing", names=away, fields={"village": "请选所属的村（社区）"})


def _at_home(opening: CaseOpening, listed: Checklist) -> tuple[str, dict[str, str]]:
    """The list that was brought, and what was answered there to questions these items still ask."""
    told = opening.list_code.strip()
    brought = told or (opening.ticket.list_code if opening.ticket else "")
    saved = catalog.saved_list(brought) if brought else None
    if saved is None:
        if told:
            raise Refused("list_unknown", fields={"list_code": "没有这份清单，请对照清单再输一遍"})
        return "", {}  # swept since the ticket was taken
    return saved.code, rules.answered_before(listed.questions, saved.answers)


def _items(codes: Sequence[str]) -> list[ItemSpec]:
    wanted = [code.strip() for code in codes if code.strip()]
    if not wanted:
        raise Refused("items_missing", fields={"items": "请选要办的事"})
    return catalog.by_codes(wanted)


def _add_items(case: Case, items: Sequence[ItemSpec]) -> None:
    CaseItem.objects.bulk_create(
        CaseItem(case=case, version_id=item.version_id, code=item.code, name=item.name) for item in items
    )


def _exchange_items(case: Case, rows: Sequence[CaseItem], codes: Sequence[str]) -> list[ItemSpec]:
    """加一件事或去掉一件事: what stays keeps the version it was opened with."""
    wanted = {item.code: item for item in _items(codes)}
    kept = [row for row in rows if row.code in wanted]
    CaseItem.objects.filter(pk__in=[row.pk for row in rows if row.code not in wanted]).delete()
    new = [item for code, item in wanted.items() if code not in {row.code for row in kept}]
    _add_items(case, new)
    return [*queries.specs_of(kept), *new]


def _proxy(proxy: Proxy | None, now: Any) -> dict[str, str]:
    if proxy is None:
        return {}
    blank = {
        name: "请填写"
        for name, value in (("proxy_name", proxy.name), ("proxy_id_number", proxy.id_number))
        if not value.strip()
    }
    if blank:
        raise Refused("proxy_incomplete", fields=blank)
    with about("proxy_id_number"):
        number = IdNumber.parse(proxy.id_number, today=clock.day_of(now))
    with about("proxy_phone"):
        phone = clean_phone(proxy.phone) if proxy.phone.strip() else ""
    return {"proxy_name": proxy.name.strip(), "proxy_id_number": str(number), "proxy_phone": phone}


def _known(case: Case, listed: Checklist) -> dict[str, str]:
    number = IdNumber(str(case.applicant.id_number))
    village = case.village.name if case.village else ""
    return rules.known_fields(listed.fields, rules.Known(number.born_on, number.sex == "male", village))


def _answers(listed: Checklist, answers: Mapping[str, Any]) -> dict[str, str]:
    kept, wrong = rules.checked_answers(listed.questions, answers)
    if wrong:
        raise Refused("answers_wrong", count=len(wrong), fields=wrong)
    return kept


def _fields(listed: Checklist, values: Mapping[str, Any], now: Any) -> dict[str, str]:
    kept, wrong = rules.checked_fields(listed.fields, values, clock.day_of(now))
    if wrong:
        names = [each.label for each in listed.fields if each.key in wrong]
        raise Refused("fields_wrong", count=len(wrong), names=names, fields=wrong)
    return kept


def _village(told: str) -> Village | None:
    if not told.strip():
        return None
    found = Village.objects.filter(code=told.strip()) | Village.objects.filter(name=told.strip())
    if (village := found.first()) is None:
        raise Refused("village_unknown", village=told, fields={"village": "请从列表里选"})
    return village


def _named(items: Sequence[ItemSpec]) -> dict[str, list[str]]:
    return {"items": [item.code for item in items], "names": [item.short_name for item in items]}

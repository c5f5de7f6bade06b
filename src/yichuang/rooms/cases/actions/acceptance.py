"""At the window: told once what is missing, accepted with a promise, or decided on the spot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yichuang.ground import clock, trail, workdays
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import ItemSpec, Needed, checklist, may_follow
from yichuang.rooms.catalog.terms import Form, Mode
from yichuang.rooms.people.models import Staff

from .. import queries, rules
from ..models import Case, CaseItem, Correction, Document, Verdict
from ..states import ItemStatus
from .endings import grant, refuse
from .intake import Actor
from .locked import locked, moving
from .review import lay_out, reason_of


@transaction.atomic
def request_correction(*, case: Case, wrong: Mapping[int, str] | None = None, by: Staff) -> Correction:
    """一次性告知：把缺的、不对的一次说全，一件事一辈子只说这一次。

    `wrong`: what is wrong with a received document, by its id. Refused: wrong_moment, nothing_to_correct, already_told.
    """
    (case, rows), now = locked(case), clock.now()
    rows = moving(rows, "request_correction")
    _note_wrong(case, wrong or {})
    items = queries.specs_of(rows)
    waiting = {code for needed in _owed(case, items) for code in needed.items}
    if not waiting:
        raise Refused("nothing_to_correct")
    told = [row for row in rows if row.code in waiting and row.correction_id]
    rows = [row for row in rows if row.code in waiting and not row.correction_id]
    if not rows:
        raise Refused("already_told", names=[row.name for row in told])
    items = queries.specs_of(rows)
    missing = _owed(case, items)
    correction = Correction.objects.create(
        case=case, missing=_written(case, items, missing), noticed_at=now, by=by
    )
    for row in rows:
        row.move("request_correction")
        row.correction = correction
        row.save(update_fields=["status", "correction"])
    trail.record(
        "cases.correction_requested",
        case,
        by=by,
        at=now,
        items=[row.code for row in rows],
        correction=correction.pk,
        count=len(rules.named(missing)),
        missing=rules.named(missing),
    )
    return correction


@transaction.atomic
def resubmit(*, case: Case, only: Collection[str] = (), by: Actor) -> Case:
    """补齐了，重新提交。`only`: item codes, when one is complete before the others. Refused: materials_missing."""
    (case, rows), now = locked(case), clock.now()
    rows = moving(rows, "resubmit", only)
    _refuse_missing(case, queries.specs_of(rows))
    for row in rows:
        row.move("resubmit")
        row.submitted_at = now  # the window's days to look at it begin again
        row.save(update_fields=["status", "submitted_at"])
    trail.record("cases.resubmitted", case, by=by, at=now, **item_names(rows))
    return case


@transaction.atomic
def accept(*, case: Case, only: Collection[str] = (), by: Staff) -> Case:
    """受理：材料齐全，从明天起算承诺的工作日，交给村和部门；即办件当场办结。

    Deferrable papers do not stop it; they are noted. `only`: item codes, when one is complete before the others.
    Refused: wrong_moment, materials_missing (naming every paper).
    """
    (case, rows), now = locked(case), clock.now()
    rows = moving(rows, "accept", only)
    _refuse_missing(case, queries.specs_of(rows))
    granted = []
    for row in rows:
        item = accept_item(row, by=by, at=now)
        if item.mode == Mode.ON_THE_SPOT:
            grant(row, by=by, at=now)
            granted.append(row.code)
        else:
            lay_out(row, item, at=now)
    trail.record(
        "cases.accepted",
        case,
        by=by,
        at=now,
        **item_names(rows),
        promised_by=chinese_day(row.promised_by for row in rows),
        promises={row.code: row.promised_by for row in rows},
        provisional=any(row.promised_is_provisional for row in rows),
        granted=granted,
    )
    return case


@transaction.atomic
def decide_on_the_spot(
    *, item: CaseItem, verdict: str = Verdict.AGREE, opinion: str = "", by: Staff
) -> CaseItem:
    """当场办结：即办件材料齐全，受理和决定一次做完；不予办理要写理由。

    Refused: not_on_the_spot, wrong_moment, materials_missing, opinion_missing.
    """
    (case, rows), now = locked(item.case), clock.now()
    row = next(each for each in rows if each.pk == item.pk)
    spec = catalog.spec(row.version_id)
    if spec.mode != Mode.ON_THE_SPOT:
        raise Refused("not_on_the_spot", name=row.name)
    if verdict == Verdict.SEND_BACK:
        raise Refused("nothing_before")
    reason = reason_of(verdict, opinion)
    if row.status != ItemStatus.REVIEWING:  # it is, when time has accepted it already
        moving([row], "accept")
        _refuse_missing(case, [spec])
        accept_item(row, by=by, at=now)
    if verdict == Verdict.AGREE:
        grant(row, by=by, at=now)
    else:
        refuse(row, reason, by=by, at=now)
    trail.record(
        "cases.decided_on_the_spot",
        case,
        by=by,
        at=now,
        item=row.code,
        name=row.name,
        verdict=str(verdict),
        verdict_name="准予" if verdict == Verdict.AGREE else "不予办理",
        granted=verdict == Verdict.AGREE,
        refused=verdict == Verdict.REFUSE,
    )
    return row


def accept_item(row: CaseItem, *, by: Staff | None, at: datetime) -> ItemSpec:
    """Fix the promise of one item; today's calendar and the item's own version, whatever comes later."""
    item = catalog.spec(row.version_id)
    promise = rules.promise(item, clock.day_of(at), workdays.calendar())
    row.move("accept")
    row.accepted_at, row.accepted_by = at, by
    row.promised_by = promise.promised_by
    row.promised_is_provisional = promise.provisional
    row.statutory_by = promise.statutory_by
    listed = checklist([item], row.case.answers)
    row.deferred = rules.named(may_follow(listed, queries.papers_of(row.case)))
    row.save()
    return item


def _owed(case: Case, items: list[ItemSpec]) -> tuple[Needed, ...]:
    return rules.owed(items, case.answers, queries.papers_of(case))


def _refuse_missing(case: Case, items: list[ItemSpec]) -> None:
    if missing := _owed(case, items):
        names = rules.named(missing)
        raise Refused("materials_missing", count=len(names), names=names)


def _note_wrong(case: Case, wrong: Mapping[int, str]) -> None:
    for document in Document.objects.filter(case=case, pk__in=wrong):
        document.wrong = wrong[document.pk].strip()[:200]
        document.save(update_fields=["wrong"])


def _written(case: Case, items: list[ItemSpec], missing: Iterable[Needed]) -> list[dict[str, Any]]:
    """The notice as it is kept: what is missing, then what may follow later, each with how to cure it."""
    listed = checklist(items, case.answers)
    wrong = {
        (document.material, document.person): document.wrong for document in case.documents.exclude(wrong="")
    }
    return [
        {
            "name": needed.name,
            "person": needed.person,
            "need": need,
            "choice": needed.choice,
            "form": Form(needed.form).label,
            "copies": needed.copies,
            "how": needed.how,
            "notes": list(needed.notes),
            "why": needed.why,
            "items": list(needed.items),
            "wrong": wrong.get(needed.document, ""),
        }
        for need, papers in (
            ("required", missing),
            ("deferrable", may_follow(listed, queries.papers_of(case))),
        )
        for needed in papers
    ]


def item_names(rows: Iterable[CaseItem]) -> dict[str, list[str]]:
    rows = list(rows)
    return {"items": [row.code for row in rows], "names": [row.name for row in rows]}


def chinese_day(days: Iterable[Any]) -> str:
    latest = max(day for day in days if day)
    return f"{latest.month}月{latest.day}日"

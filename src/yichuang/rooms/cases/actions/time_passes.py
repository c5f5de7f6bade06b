"""What time does to a case by itself; the sweeps call these with their own moment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yichuang.ground import clock, trail, workdays
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.terms import Mode

from .. import rules
from ..models import Case, CaseItem
from ..states import ItemStatus
from .acceptance import accept_item, chinese_day, item_names
from .locked import locked
from .review import lay_out


@transaction.atomic
def deem_accepted(*, case: Case, now: datetime) -> list[CaseItem]:
    """视为受理：五个工作日没有受理也没有告知，从收件那天起算（行政许可法第三十二条）。"""
    case, rows = locked(case)
    calendar, today = workdays.calendar(), clock.day_of(now)
    late = [
        row
        for row in rows
        if row.may("accept")
        and row.submitted_at
        and rules.is_deemed_accepted(clock.day_of(row.submitted_at), today, calendar)
    ]
    for row in late:
        received = row.submitted_at or now
        item = accept_item(row, by=None, at=received)
        if item.mode != Mode.ON_THE_SPOT:  # that one only waits for the window's decision
            lay_out(row, item, at=now)
    if late:
        trail.record(
            "cases.deemed_accepted",
            case,
            by=None,
            at=now,
            **item_names(late),
            promised_by=chinese_day(row.promised_by for row in late),
        )
    return late


@transaction.atomic
def settle_promise(*, item: CaseItem, now: datetime) -> CaseItem:
    """放假安排公布以后，把原来待定的承诺日定下来。The only change a promise ever sees."""
    case, rows = locked(item.case)
    row = next(each for each in rows if each.pk == item.pk)
    if not (row.status == ItemStatus.REVIEWING and row.promised_is_provisional and row.accepted_at):
        return row
    promise = rules.promise(catalog.spec(row.version_id), clock.day_of(row.accepted_at), workdays.calendar())
    if promise.provisional:
        return row
    row.promised_by, row.statutory_by = promise.promised_by, promise.statutory_by
    row.promised_is_provisional = False
    row.save(update_fields=["promised_by", "statutory_by", "promised_is_provisional"])
    trail.record(
        "cases.promise_settled",
        case,
        by=None,
        at=now,
        item=row.code,
        name=row.name,
        promised_by=chinese_day([row.promised_by]),
    )
    return row

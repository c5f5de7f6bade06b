"""Periodic work of cases, town by town: what the law and the calendar do without anybody pressing a button."""

from __future__ import annotations

from datetime import datetime, timedelta

from . import actions
from .models import Case, CaseItem
from .rules.promises import NOTICE_WORKDAYS
from .states import ItemStatus


def deem_accepted(*, now: datetime) -> int:
    """视为受理：items the window has left unanswered past the limit of the law; returns how many."""
    oldest = now - timedelta(days=NOTICE_WORKDAYS)  # working days take at least as many days
    waiting = Case.objects.filter(items__status=ItemStatus.SUBMITTED, items__submitted_at__lt=oldest)
    return sum(len(actions.deem_accepted(case=case, now=now)) for case in waiting.distinct().order_by("pk"))


def settle_promises(*, now: datetime) -> int:
    """Promises that ran into a year without a holiday notice, now that there may be one; returns how many."""
    open_items = CaseItem.objects.filter(status=ItemStatus.REVIEWING, promised_is_provisional=True)
    settled = [
        actions.settle_promise(item=item, now=now)
        for item in open_items.select_related("case").order_by("pk")
    ]
    return sum(not item.promised_is_provisional for item in settled)


SWEEPS = [("视为受理", 600.0, deem_accepted), ("定下承诺日", 600.0, settle_promises)]

"""The one clock: what time it is in the hall. Read once an action; everything else receives the moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

TOWN_TIME = ZoneInfo("Asia/Shanghai")  # every town of the country keeps Beijing time

_frozen: ContextVar[datetime | None] = ContextVar("yichuang_frozen_clock", default=None)


def now() -> datetime:
    """现在：the moment in the town's own time, shifted by the demo's clock offset."""
    if (fixed := _frozen.get()) is not None:
        return fixed
    return datetime.now(TOWN_TIME) + timedelta(seconds=settings.CLOCK_OFFSET_SECONDS)


def day_of(moment: datetime) -> date:
    """The town's calendar date at a moment; the database's own `current_date` turns eight hours late."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day: use clock.now()")
    return moment.astimezone(TOWN_TIME).date()


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Stop the clock (tests); a moment without a time zone is the town's time. Other threads go on."""
    moment = at.replace(tzinfo=TOWN_TIME) if at.tzinfo is None else at.astimezone(TOWN_TIME)
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)

"""Pure decisions of the hall: whose turn, how long, is it open. verbs.sql holds the same pick rule; a test compares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from yichuang.ground.workdays import Calendar
from yichuang.rooms.catalog.terms import Audience

MOST_ITEMS = 3  # a ticket names at most so many; more are added at the window
DAYS_LOOKED_AHEAD = 30  # for the next opening: longer than any holiday
A_FULL_DAY = 0  # a make-up workday keeps Monday's hours


@dataclass(frozen=True)
class Weights:
    """What the pick rule weighs, from the queue's row; minutes."""

    head_start: int = 0
    priority: int = 30


@dataclass(frozen=True)
class Waiting:
    """A ticket in the line."""

    id: int
    ordered_at: datetime


def place_in_line(arrived_at: datetime, *, is_priority: bool, weights: Weights) -> datetime:
    """排队位置：the arrival, moved forward by the head starts of the queue and of a priority person.

    A priority person passes everybody who came up to `weights.priority` minutes earlier, and nobody who has waited
    longer: that is the ageing, so no one waits for ever. Set once, never changed.
    """
    minutes = weights.head_start + (weights.priority if is_priority else 0)
    return arrived_at - timedelta(minutes=minutes)


def next_in_line(line: Iterable[Waiting]) -> Waiting | None:
    """下一位：the earliest place; of equal places the ticket made first."""
    return min(line, key=lambda ticket: (ticket.ordered_at, ticket.id), default=None)


def wait_minutes(minutes_before: int, windows_open: int) -> int:
    """大约要等：the work before someone, shared by the open windows; counted as one window while none is open."""
    return ceil(minutes_before / max(windows_open, 1))


def queue_for(audiences: Collection[str]) -> str:
    """没选队列时：选了只给单位办的事就排企业队，其余都排综合队。"""
    return "enterprise" if Audience.ORGANISATION in audiences else "general"


@dataclass(frozen=True)
class Hours:
    """One stretch of opening on a weekday (0 is Monday)."""

    weekday: int
    opens: time
    closes: time


def hours_on(day: date, hours: Sequence[Hours], calendar: Calendar) -> list[Hours]:
    """某天的开放时间：none on a holiday, a full day on a make-up workday, else the weekday's own."""
    if day in calendar.makeup_days:
        weekday = A_FULL_DAY
    elif day in calendar.days_off:
        return []
    else:
        weekday = day.weekday()
    return sorted((each for each in hours if each.weekday == weekday), key=lambda each: each.opens)


def is_open(now: datetime, hours: Sequence[Hours], calendar: Calendar) -> bool:
    """现在开门吗。`now` is the town's own time."""
    return any(each.opens <= now.time() < each.closes for each in hours_on(now.date(), hours, calendar))


def next_opening(now: datetime, hours: Sequence[Hours], calendar: Calendar) -> datetime | None:
    """下一次开门的时间；None when no hours are set."""
    for count in range(DAYS_LOOKED_AHEAD):
        day = now.date() + timedelta(days=count)
        for each in hours_on(day, hours, calendar):
            opening = datetime.combine(day, each.opens, tzinfo=now.tzinfo)
            if opening > now:
                return opening
    return None

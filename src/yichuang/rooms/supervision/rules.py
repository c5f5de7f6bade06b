"""Pure decisions about figures: which days, and how a share is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

YEARS = range(2000, 2101)  # no hall has counted before or will after; also what a database takes
LONGEST_DAYS = 1100  # three years and a little: what a leader compares


@dataclass(frozen=True)
class Period:
    """Days of the town, the first and the last counted."""

    first: date
    last: date

    def begin(self, zone: tzinfo) -> datetime:
        """The first moment of it."""
        return datetime.combine(self.first, time(), tzinfo=zone)

    def end(self, zone: tzinfo) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=zone)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def named_period(name: str, today: date) -> Period | None:
    """今天、昨天、本周、本月、今年；None for any other word."""
    match name:
        case "today":
            return Period(today, today)
        case "yesterday":
            yesterday = today - timedelta(days=1)
            return Period(yesterday, yesterday)
        case "week":
            return Period(today - timedelta(days=today.weekday()), today)
        case "month":
            return Period(today.replace(day=1), today)
        case "year":
            return Period(today.replace(month=1, day=1), today)
    return None


def objection(period: Period) -> str | None:
    """Why this period cannot be counted."""
    if period.first.year not in YEARS or period.last.year not in YEARS:
        return "period_elsewhere"
    if period.first > period.last:
        return "period_backwards"
    return "period_too_long" if period.days > LONGEST_DAYS else None


def percent(part: int, whole: int) -> float | None:
    """Per cent with one decimal, cut and not rounded: 100 only when it is all; None when there is nothing to share."""
    return part * 1000 // whole / 10 if whole else None

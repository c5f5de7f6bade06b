"""Working days: what the limits of the law are counted in (行政许可法 art. 82, 民法典 art. 201-203)."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.metadata import version
from math import inf

from chinese_calendar import constants
from django.db import transaction
from django.db.models import Count, Max

from .models import CalendarDay, CalendarYear

EDITED = "edited"  # source of what a person entered; seeding leaves it alone
_FIRST_YEAR = 2021
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """A day something is due. Provisional: a year on the way has no holiday notice yet, so it may still move."""

    date: date
    provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: the plain week, less the days off, plus the make-up days of the years that are loaded.

    Pure: no database, no clock. A year without data is counted with weekends only.
    """

    days_off: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        # 周六调休算工作日，所以不能只看星期几。
        if day in self.makeup_days:
            return True
        return day not in self.days_off and day.weekday() < _SATURDAY

    def add_workdays(self, day: date, workdays: int) -> Due:
        """The day on which a limit of so many working days ends. The first day is not counted.

        A limit of 0 ends on the day itself, or on the next working day when the hall rests.
        """
        if workdays < 0:
            raise ValueError("a limit is counted forward")
        provisional = False
        if workdays == 0:
            day, workdays = day - _ONE_DAY, 1
        while workdays:
            day += _ONE_DAY
            provisional = provisional or day.year not in self.years
            workdays -= self.is_workday(day)
        return Due(day, provisional)

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is the earlier (days overdue)."""
        return self._worked_until(end) - self._worked_until(start)

    def _worked_until(self, day: date) -> int:
        """Working days from the Monday 0001-01-01 to the day, in closed form."""
        weeks, rest = divmod(day.toordinal(), 7)
        return (
            weeks * 5
            + min(rest, 5)
            - bisect_right(self._weekdays_off, day)
            + bisect_right(self._weekends_worked, day)
        )

    @cached_property
    def _weekdays_off(self) -> list[date]:
        return sorted(day for day in self.days_off - self.makeup_days if day.weekday() < _SATURDAY)

    @cached_property
    def _weekends_worked(self) -> list[date]:
        return sorted(day for day in self.makeup_days if day.weekday() >= _SATURDAY)


def calendar(town: object = None) -> Calendar:
    """The holiday calendar as it is loaded; the same for every town.

    A town's own closures touch its windows, not the limits of the law, so `town` changes nothing today. Kept in
    memory; what another process has edited is noticed within a second.
    """
    return _kept.read()


def seed_calendar() -> int:
    """Load the holiday notices since 2021 that chinesecalendar knows; how many days were added.

    Only fills what is missing: a day that was edited stays as it is, and so does a whole year that was entered by hand.
    """
    source = f"国务院办公厅通知（chinesecalendar {version('chinesecalendar')}）"
    by_hand = set(CalendarYear.objects.filter(source=EDITED).values_list("year", flat=True))
    days = [
        CalendarDay(day=day, is_off=is_off, name=_holiday_name(english, is_off), source=source)
        for notice, is_off in ((constants.holidays, True), (constants.workdays, False))
        for day, english in notice.items()
        if day.year >= _FIRST_YEAR and day.year not in by_hand
    ]
    years = [CalendarYear(year=year, source=source) for year in sorted({each.day.year for each in days})]
    with transaction.atomic():
        before = CalendarDay.objects.count()
        CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
        CalendarYear.objects.bulk_create(years, ignore_conflicts=True)
        added = CalendarDay.objects.count() - before
    forget()
    return added


@transaction.atomic
def load_notice(*, year: int, days_off: Mapping[date, str], makeup_days: Mapping[date, str]) -> None:
    """录入某年的放假通知：its days off and make-up days with their names; replaces what the year had."""
    if strays := sorted(day for day in (*days_off, *makeup_days) if day.year != year):
        raise ValueError(f"not days of {year}: {strays}")
    CalendarDay.objects.filter(day__year=year).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, is_off=is_off, name=name, source=EDITED)
        for notice, is_off in ((days_off, True), (makeup_days, False))
        for day, name in notice.items()
    )
    CalendarYear.objects.update_or_create(year=year, defaults={"source": EDITED})
    forget()


def edit_day(*, day: date, is_off: bool, name: str = "") -> None:
    """改一天：放假或上班, when a notice is changed late. Seeding leaves the day alone from now on."""
    CalendarDay.objects.update_or_create(day=day, defaults={"is_off": is_off, "name": name, "source": EDITED})
    forget()


def forget() -> None:
    """Read the calendar anew at the next question (this process)."""
    _kept.forget()


class _Kept:
    """The calendar in memory; whether the rows have changed is asked at most once a second."""

    def __init__(self) -> None:
        self._asked_at = -inf
        self._version: object = None
        self._calendar = Calendar()

    def read(self) -> Calendar:
        # Two threads at once ask twice and keep the same answer; no lock needed.
        if time.monotonic() - self._asked_at >= 1:
            found = (_version_of(CalendarDay), _version_of(CalendarYear))
            if found != self._version:
                self._calendar, self._version = _read_rows(), found
            self._asked_at = time.monotonic()
        return self._calendar

    def forget(self) -> None:
        self._asked_at, self._version = -inf, None


_kept = _Kept()


def _version_of(model: type[CalendarDay] | type[CalendarYear]) -> object:
    return model.objects.aggregate(rows=Count("pk"), latest=Max("changed_at"))


def _read_rows() -> Calendar:
    days = dict(CalendarDay.objects.values_list("day", "is_off"))
    return Calendar(
        days_off=frozenset(day for day, is_off in days.items() if is_off),
        makeup_days=frozenset(day for day, is_off in days.items() if not is_off),
        years=frozenset(CalendarYear.objects.values_list("year", flat=True)),
    )


def _holiday_name(english: str, is_off: bool) -> str:
    name: str = constants.Holiday(english).chinese
    return name if is_off else f"{name}调休上班"

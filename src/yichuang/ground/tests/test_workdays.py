from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.ground import workdays
from yichuang.ground.models import CalendarDay, CalendarYear
from yichuang.ground.workdays import Calendar, Due

NOTICES = Calendar(
    days_off=frozenset(chinese_calendar.constants.holidays),
    makeup_days=frozenset(chinese_calendar.constants.workdays),
    years=frozenset(range(2021, 2027)),
)
DAYS = st.dates(date(2021, 1, 1), date(2026, 12, 31))


def slowly(day: date, count: int) -> date:
    """The same by another book: day by day, asking chinesecalendar itself."""
    while count:
        day += timedelta(days=1)
        count -= chinese_calendar.is_workday(day)
    return day


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-09-18", 5, "2026-09-24"),  # Sunday 09-20 works
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-09-18", 45, "2026-11-26"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2025-09-26", 10, "2025-10-16"),
        ("2026-04-30", 1, "2026-05-06"),
    ],
)
def test_limits_end_where_the_notices_put_them(start, count, end):
    assert NOTICES.add_workdays(date.fromisoformat(start), count) == Due(date.fromisoformat(end))


@pytest.mark.parametrize(
    ("year", "count"), [(2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)]
)
def test_a_year_has_as_many_workdays_as_the_notices_say(year, count):
    assert NOTICES.workdays_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_a_makeup_weekend_is_worked_and_a_holiday_is_not():
    assert NOTICES.is_workday(date(2026, 2, 14))
    assert NOTICES.is_workday(date(2026, 9, 20))
    assert not NOTICES.is_workday(date(2026, 10, 1))
    assert not NOTICES.is_workday(date(2026, 9, 19))


def test_a_way_into_a_year_without_notice_is_provisional():
    assert NOTICES.add_workdays(date(2026, 12, 30), 1) == Due(date(2026, 12, 31))
    assert NOTICES.add_workdays(date(2026, 12, 31), 1) == Due(date(2027, 1, 1), provisional=True)
    assert Calendar().add_workdays(date(2026, 11, 20), 1) == Due(date(2026, 11, 23), provisional=True)


def test_a_limit_of_nothing_ends_today_or_when_the_hall_opens_again():
    assert NOTICES.add_workdays(date(2026, 11, 23), 0).date == date(2026, 11, 23)
    assert NOTICES.add_workdays(date(2026, 10, 1), 0).date == date(2026, 10, 8)


def test_a_limit_is_never_counted_backward():
    with pytest.raises(ValueError, match="forward"):
        NOTICES.add_workdays(date(2026, 11, 23), -1)


@given(DAYS, st.integers(1, 60))
def test_it_agrees_with_a_slow_count(day, count):
    due = NOTICES.add_workdays(day, count)
    if not due.provisional:
        assert due.date == slowly(day, count)


@given(DAYS, st.integers(1, 400))
def test_adding_and_counting_between_are_inverse(day, count):
    assert NOTICES.workdays_between(day, NOTICES.add_workdays(day, count).date) == count


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_counting_between_agrees_with_a_slow_count_in_years_without_notice_too(day, length):
    end = day + timedelta(days=length)
    steps = (day + timedelta(days=step) for step in range(1, length + 1))
    assert NOTICES.workdays_between(day, end) == sum(map(NOTICES.is_workday, steps))
    assert NOTICES.workdays_between(end, day) == -NOTICES.workdays_between(day, end)


@given(DAYS, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_later_starts_and_longer_limits_never_end_earlier(day, later, count, longer):
    end = NOTICES.add_workdays(day, count).date
    assert NOTICES.add_workdays(day + timedelta(days=later), count).date >= end
    assert NOTICES.add_workdays(day, count + longer).date >= end
    assert NOTICES.is_workday(end)


@pytest.fixture
def loaded(db):
    CalendarDay.objects.all().delete()
    CalendarYear.objects.all().delete()
    workdays.seed_calendar()
    yield
    workdays.forget()


def test_the_seed_holds_what_the_notices_say(loaded):
    calendar = workdays.calendar()
    assert calendar.years == NOTICES.years
    assert calendar.days_off == {day for day in NOTICES.days_off if day.year >= 2021}
    assert calendar.makeup_days == {day for day in NOTICES.makeup_days if day.year >= 2021}
    assert CalendarDay.objects.get(day="2026-09-20").name == "国庆节调休上班"


def test_seeding_again_leaves_edited_days_alone_and_fills_what_is_missing(loaded):
    workdays.edit_day(day=date(2026, 10, 8), is_off=True, name="延长一天")
    workdays.edit_day(day=date(2026, 10, 10), is_off=True)
    CalendarDay.objects.filter(day="2026-01-01").delete()
    assert workdays.seed_calendar() == 1
    calendar = workdays.calendar()
    assert not calendar.is_workday(date(2026, 10, 8))
    assert not calendar.is_workday(date(2026, 10, 10))
    assert not calendar.is_workday(date(2026, 1, 1))


def test_a_year_entered_by_hand_is_no_longer_provisional_and_stays_as_entered(loaded):
    assert workdays.calendar().add_workdays(date(2026, 12, 31), 1) == Due(date(2027, 1, 1), provisional=True)
    workdays.load_notice(year=2027, days_off={date(2027, 1, 1): "元旦"}, makeup_days={})
    assert workdays.calendar().add_workdays(date(2026, 12, 31), 1) == Due(date(2027, 1, 4))
    workdays.load_notice(year=2026, days_off={date(2026, 1, 1): "元旦"}, makeup_days={})
    assert workdays.seed_calendar() == 0
    assert workdays.calendar().is_workday(date(2026, 1, 2))


def test_a_notice_holds_days_of_its_own_year_only(loaded):
    with pytest.raises(ValueError, match="2026"):
        workdays.load_notice(year=2027, days_off={date(2026, 12, 31): "元旦"}, makeup_days={})


def test_an_edit_by_another_process_is_noticed_within_a_second(
    loaded, monkeypatch, django_assert_num_queries
):
    assert workdays.calendar().is_workday(date(2026, 11, 23))
    CalendarDay.objects.create(day=date(2026, 11, 23), is_off=True, source="edited")
    with django_assert_num_queries(0):
        assert workdays.calendar().is_workday(date(2026, 11, 23))
    later = workdays.time.monotonic() + 1
    monkeypatch.setattr(workdays.time, "monotonic", lambda: later)
    with django_assert_num_queries(4):
        assert not workdays.calendar().is_workday(date(2026, 11, 23))

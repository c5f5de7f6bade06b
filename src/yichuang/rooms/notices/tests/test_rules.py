"""The rules of notices."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from yichuang.ground.clock import TOWN_TIME
from yichuang.rooms.notices import rules

AT = datetime(2026, 11, 23, 10, 30, tzinfo=TOWN_TIME)


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(20, 59, False), (21, 0, True), (23, 59, True), (0, 0, True), (7, 59, True), (8, 0, False)],
)
def test_nothing_rings_from_nine_in_the_evening_to_eight(hour, minute, quiet):
    assert rules.is_quiet(AT.replace(hour=hour, minute=minute)) is quiet


def test_each_wait_is_longer_and_after_six_tries_a_person_looks():
    waits = [rules.next_try_at(tries, AT) - AT for tries in range(1, 6)]
    assert waits == sorted(waits) and waits[0] == timedelta(minutes=1)
    assert rules.next_try_at(6, AT) is None


def test_a_day_of_another_year_names_it():
    today = date(2026, 12, 20)
    assert rules.plain_day(date(2026, 12, 3), today) == "12月3日"
    assert rules.plain_day(date(2027, 1, 6), today) == "2027年1月6日"

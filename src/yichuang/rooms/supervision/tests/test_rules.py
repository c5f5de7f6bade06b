"""The rules of supervision."""

from __future__ import annotations

from datetime import date

import pytest

from yichuang.ground.clock import TOWN_TIME
from yichuang.rooms.supervision import rules
from yichuang.rooms.supervision.rules import Period

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", WEDNESDAY, WEDNESDAY),
        ("yesterday", date(2026, 11, 24), date(2026, 11, 24)),
        ("week", date(2026, 11, 23), WEDNESDAY),
        ("month", date(2026, 11, 1), WEDNESDAY),
        ("year", date(2026, 1, 1), WEDNESDAY),
    ],
)
def test_a_period_has_a_name(name, first, last):
    assert rules.named_period(name, WEDNESDAY) == Period(first, last)


def test_any_other_word_is_no_period():
    assert rules.named_period("decade", WEDNESDAY) is None


def test_a_period_is_of_the_towns_own_days():
    period = Period(WEDNESDAY, WEDNESDAY)
    assert period.begin(TOWN_TIME).isoformat() == "2026-11-25T00:00:00+08:00"
    assert period.end(TOWN_TIME).isoformat() == "2026-11-26T00:00:00+08:00"


def test_a_period_that_runs_backwards_or_for_ever_is_not_counted():
    assert rules.objection(Period(WEDNESDAY, date(2026, 11, 24))) == "period_backwards"
    assert rules.objection(Period(date(2020, 1, 1), WEDNESDAY)) == "period_too_long"
    assert rules.objection(Period(date.max, date.max)) == "period_elsewhere"
    assert rules.objection(Period(date.min, WEDNESDAY)) == "period_elsewhere"
    assert rules.objection(Period(WEDNESDAY, WEDNESDAY)) is None


@pytest.mark.parametrize(
    ("part", "whole", "told"), [(0, 0, None), (1, 1, 100.0), (0, 3, 0.0), (1, 3, 33.3), (9999, 10000, 99.9)]
)
def test_a_hundred_per_cent_is_all(part, whole, told):
    assert rules.percent(part, whole) == told

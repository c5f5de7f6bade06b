"""工作日的加和数。"""

from __future__ import annotations

import pytest

from .make import anybody


@pytest.fixture
def caller(town):
    return anybody(town)


def test_the_first_day_is_not_counted_and_a_makeup_sunday_is(caller):
    answer = caller.get("/workdays/add", **{"from": "2026-09-18", "days": 5})
    assert answer.json() == {"date": "2026-09-24", "provisional": False}


def test_a_limit_into_a_year_without_a_notice_is_provisional(caller):
    assert caller.get("/workdays/add", **{"from": "2190-01-01", "days": 5}).json()["provisional"] is True


def test_between_counts_what_add_adds(caller):
    due = caller.get("/workdays/add", **{"from": "2026-09-18", "days": 12}).json()["date"]
    assert caller.get("/workdays/between", **{"from": "2026-09-18", "to": due}).json() == {"workdays": 12}
    assert caller.get("/workdays/between", **{"from": due, "to": "2026-09-18"}).json() == {"workdays": -12}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({}, {"from": "请填写", "days": "请填写"}),
        ({"from": "18.9.2026", "days": "5"}, {"from": "日期请写成 2026-09-18 的样子"}),
        ({"from": "2026-09-18", "days": "五"}, {"days": "请填整数"}),
        ({"from": "2026-09-18", "days": "-1"}, {"days": "不能小于0"}),
        ({"from": "0001-01-01", "days": "1"}, {"from": "不能小于2000-01-01"}),
        ({"from": "2026-09-18", "days": "99999999999999999999"}, {"days": "不能大于3000"}),
    ],
)
def test_bad_input_is_named(caller, query, fields):
    answer = caller.get("/workdays/add", **query)
    assert (answer.status_code, answer.json()["fields"]) == (422, fields)

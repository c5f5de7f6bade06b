"""哪些事项常常材料不齐：figures of the office, each with its records."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yichuang.ground import clock
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.tests import make


@pytest.fixture
def town(db):
    with make.in_a_town() as town:
        yield town


def long_ago():
    return clock.now() - timedelta(days=90)


def test_an_item_that_nobody_came_with_is_not_counted(town):
    make.opened(make.SHOP)  # written at the window and never handed in
    assert queries.corrections_by_item(long_ago()) == {}


def test_items_that_came_and_items_that_were_told(town):
    make.accepted(make.CARD)
    case = make.submitted(make.CARD, make.ELDER)
    make.bring(case, "居民户口簿")
    actions.request_correction(case=case, by=case.opened_by)
    found = queries.corrections_by_item(long_ago())
    assert (found[make.CARD].came, found[make.CARD].told, found[make.CARD].share) == (2, 1, 50)
    assert (found[make.ELDER].came, found[make.ELDER].told, found[make.ELDER].share) == (1, 1, 100)
    assert dict(found[make.ELDER].missing) == {"居民身份证": 1, "银行卡（社保卡）": 1}
    assert dict(found[make.CARD].missing) == {"居民身份证": 1}  # what may follow later sends nobody home


def test_what_is_missing_most_often_stands_first(town):
    for brought in ((), ("居民身份证",)):
        case = make.submitted(make.ELDER)
        make.bring(case, *brought)
        actions.request_correction(case=case, by=case.opened_by)
    assert [name for name, _ in queries.corrections_by_item(long_ago())[make.ELDER].missing][
        -1
    ] == "居民身份证"


def test_what_was_before_is_not_counted(town):
    case = make.submitted(make.ELDER)
    actions.request_correction(case=case, by=case.opened_by)
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert queries.corrections_by_item(long_ago()) == {}
        assert queries.notices_of(make.ELDER, long_ago()) == []


def test_the_records_behind_the_figure(town):
    case = make.submitted(make.CARD, make.ELDER)
    notice = actions.request_correction(case=case, by=case.opened_by)
    ((found, told, names),) = queries.notices_of(make.ELDER, long_ago())
    assert (found, told) == (case, notice)
    assert "居民户口簿" in names and "近期免冠照片" not in names
    assert queries.notices_of("XX-999", long_ago()) == []


def test_how_often_an_item_came_and_how_many_are_not_finished(town):
    make.opened(make.SHOP)
    case = make.accepted(make.SHOP)
    assert queries.received_since(long_ago()) == {make.SHOP: 2}
    assert queries.running_of(make.SHOP) == 1
    task = make.open_tasks(case)[0]
    actions.give_opinion(task=task, verdict="refuse", opinion="不符合。", by=make.decider_of(task))
    assert queries.running_of(make.SHOP) == 0

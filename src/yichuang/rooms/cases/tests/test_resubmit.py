"""补齐：the case goes back to the window when what was told is there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions
from yichuang.rooms.cases.tests import make


def told(*codes):
    case = make.submitted(*codes)
    actions.request_correction(case=case, by=case.opened_by)
    return case


def test_with_everything_there_it_is_handed_in_again(hall):
    case = told(make.ELDER)
    make.bring_everything(case)
    with clock.frozen(make.MONDAY + timedelta(days=2)):
        actions.resubmit(case=case, by=case.applicant)
    item = make.item_of(case, make.ELDER)
    assert (item.status, item.submitted_at) == ("submitted", make.MONDAY + timedelta(days=2))


def test_while_something_is_missing_it_names_all_of_it(hall):
    case = told(make.ELDER)
    make.bring(case, "居民身份证")
    with pytest.raises(Refused) as refused:
        actions.resubmit(case=case, by=case.applicant)
    assert refused.value.wrong == "还缺 2 份材料：居民户口簿、银行卡（社保卡）。"
    assert make.item_of(case, make.ELDER).status == "correcting"


def test_one_item_may_go_ahead_of_the_others(hall):
    case = told(make.ELDER, make.CARD)
    make.bring(case, "居民身份证")
    actions.resubmit(case=case, only=[make.CARD], by=case.applicant)
    assert {item.code: item.status for item in case.items.all()} == {
        make.ELDER: "correcting",
        make.CARD: "submitted",
    }


def test_what_was_not_told_cannot_be_handed_in_again(hall):
    with pytest.raises(Refused, match="wrong_moment"):
        actions.resubmit(case=make.submitted(), by=None)


def test_it_is_told_once(hall):
    case = told(make.ELDER)
    make.bring_everything(case)
    before = len(trail.told_of(case))
    actions.resubmit(case=case, by=case.applicant)
    assert [event.kind for event in trail.told_of(case)][before:] == ["cases.resubmitted"]

"""提交：questions answered, form filled in; papers may come later."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions
from yichuang.rooms.cases.models import Case
from yichuang.rooms.cases.tests import make


def submit(case):
    return actions.submit(case=case, by=case.opened_by)


def refusal_of(case) -> Refused:
    with pytest.raises(Refused) as refused:
        submit(case)
    assert {item.status for item in case.items.all()} == {"draft"}
    return refused.value


def test_it_is_received_on_the_day_it_is_handed_in(hall):
    case = submit(make.opened(make.ELDER, make.CARD))
    assert str(Case.objects.get(pk=case.pk).received_on) == "2026-11-23"
    assert {item.status for item in case.items.all()} == {"submitted"}


def test_every_question_without_an_answer_is_named(hall):
    refused = refusal_of(make.opened(make.ELDER, make.CARD, answers={}))
    assert refused.code == "questions_unanswered"
    assert set(refused.fields) == {"proxy", "non_local"}
    assert "您是替别人办的吗？、本人是合肥户口吗？" in refused.wrong


def test_every_empty_required_field_is_named(hall):
    refused = refusal_of(make.opened(fields={}))
    assert refused.code == "fields_missing"
    assert set(refused.fields) == {"age_group", "bank_account"}
    assert "年龄段、收款账号" in refused.wrong


def test_an_item_that_begins_in_the_village_needs_to_know_which(hall):
    refused = refusal_of(make.opened(applicant=make.li(village="")))
    assert (refused.code, set(refused.fields)) == ("village_missing", {"village"})
    assert "高龄津贴申领" in refused.wrong


def test_a_village_is_not_asked_for_where_none_takes_part(hall):
    assert submit(make.opened(make.CARD, applicant=make.li(village=""))).received_on


def test_handing_in_twice_is_a_wrong_moment(hall):
    case = submit(make.opened())
    with pytest.raises(Refused) as refused:
        submit(case)
    assert (refused.value.code, refused.value.status) == ("wrong_moment", 409)


def test_it_is_told_once(hall):
    case = submit(make.opened())
    assert [event.kind for event in trail.told_of(case)] == ["cases.opened", "cases.submitted"]

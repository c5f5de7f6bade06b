"""存草稿：nothing filled in is lost, and what is settled stays."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.actions import Draft
from yichuang.rooms.cases.models import Case
from yichuang.rooms.cases.tests import make


def save(case, **draft):
    return actions.save_draft(case=case, draft=Draft(**draft), by=case.opened_by)


def test_only_what_is_given_changes(hall):
    case = save(make.opened(), fields={"supporter_phone": "139 0000 0009"})
    assert Case.objects.get(pk=case.pk).fields == {
        "birth_date": "1946-11-05",
        "age_group": "80至89岁",
        "bank_account": "6217001234567890123",
        "supporter_phone": "13900000009",
    }


def test_an_empty_value_clears_its_field(hall):
    assert "bank_account" not in save(make.opened(), fields={"bank_account": ""}).fields


def test_an_item_may_be_added_and_taken_away_while_it_is_a_draft(hall):
    case = make.opened()
    save(case, items=[make.ELDER, make.CARD])
    assert {item.code for item in case.items.all()} == {make.ELDER, make.CARD}
    case = save(case, items=[make.CARD])
    assert [item.code for item in case.items.all()] == [make.CARD]
    assert case.fields == {}, "the form keeps only what the items still ask"


def test_the_village_may_be_told_later(hall):
    case = make.opened(applicant=make.li(village=""))
    assert save(case, village="磨滩村").village.code == "V04"
    with pytest.raises(Refused, match="village_unknown"):
        save(case, village="桃花源")


def test_a_village_that_takes_part_cannot_be_taken_away_after_submission(hall):
    with pytest.raises(Refused, match="village_missing"):
        save(make.submitted(), village="")


def test_a_wrong_value_is_named_and_nothing_is_saved(hall):
    case = make.opened()
    with pytest.raises(Refused) as refused:
        save(case, fields={"supporter_phone": "12", "age_group": "90至99岁"})
    assert refused.value.code == "fields_wrong"
    assert refused.value.fields == {
        "supporter_phone": "电话号码不对。手机号填11位数字；座机要带区号，例如 0551-65432100。"
    }
    assert Case.objects.get(pk=case.pk).fields["age_group"] == "80至89岁"


def test_after_submission_the_form_may_be_put_right_but_not_the_situation(hall):
    case = make.submitted()
    assert save(case, fields={"age_group": "90至99岁"}).fields["age_group"] == "90至99岁"
    for change in ({"answers": {"proxy": "替别人办"}}, {"items": [make.CARD]}):
        with pytest.raises(Refused, match="answers_settled"):
            save(case, **change)
    assert queries.checklist_of(case).unanswered == ()


def test_after_acceptance_the_form_is_settled(hall):
    with pytest.raises(Refused, match="form_settled"):
        save(make.accepted(), fields={"age_group": "90至99岁"})


def test_every_saving_is_told_once(hall):
    case = save(make.opened(), fields={"age_group": "90至99岁"})
    assert [event.kind for event in trail.told_of(case)] == ["cases.opened", "cases.draft_saved"]

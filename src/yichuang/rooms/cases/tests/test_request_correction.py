"""一次性告知：everything at once, and only once."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.models import Correction
from yichuang.rooms.cases.tests import make


def notice(case, **more):
    return actions.request_correction(case=case, by=case.opened_by, **more)


def test_it_names_everything_that_is_missing_at_once(hall):
    case = make.submitted(make.ELDER, make.CARD, answers={"proxy": "我自己办", "non_local": "不是"})
    make.bring(case, "居民身份证")
    correction = notice(case)
    assert [(paper["name"], paper["need"]) for paper in correction.missing] == [
        ("居民户口簿", "required"),
        ("银行卡（社保卡）", "required"),
        ("居住证", "required"),
        ("近期免冠照片", "deferrable"),
    ]
    assert correction.missing[0]["items"] == [make.ELDER]
    assert correction.missing[0]["how"] == "带原件，复印件 1 份。"
    assert {item.status for item in case.items.all()} == {"correcting"}


def test_an_item_that_has_everything_is_not_held_up(hall):
    case = make.submitted(make.ELDER, make.CARD)
    make.bring(case, "居民身份证")
    notice(case)
    assert {item.code: item.status for item in case.items.all()} == {
        make.ELDER: "correcting",
        make.CARD: "submitted",
    }
    actions.accept(case=case, by=case.opened_by)
    assert make.item_of(case, make.CARD).status == "granted"


def test_a_paper_that_is_no_good_is_missing_again_and_the_notice_says_why(hall):
    case = make.submitted()
    make.bring_everything(case)
    document = case.documents.get(material="居民户口簿")
    correction = notice(case, wrong={document.pk: "出生日期看不清"})
    assert [(paper["name"], paper["wrong"]) for paper in correction.missing] == [
        ("居民户口簿", "出生日期看不清")
    ]
    assert [needed.name for needed in queries.missing_of(case)] == ["居民户口簿"]


def test_nothing_missing_is_nothing_to_tell(hall):
    case = make.submitted()
    make.bring_everything(case)
    with pytest.raises(Refused, match="nothing_to_correct"):
        notice(case)


def test_a_second_notice_is_impossible(hall):
    case = make.submitted()
    make.bring(case, "居民身份证")
    notice(case)
    make.bring_everything(case)
    actions.resubmit(case=case, by=case.opened_by)
    document = case.documents.get(material="居民户口簿")
    with pytest.raises(Refused) as refused:
        notice(case, wrong={document.pk: "忽然又不行了"})
    assert (refused.value.code, refused.value.status) == ("already_told", 409)
    assert Correction.objects.filter(case=case).count() == 1
    assert queries.missing_of(case) == (), "what was refused has changed nothing"


def test_a_draft_is_not_yet_to_be_told(hall):
    with pytest.raises(Refused, match="wrong_moment"):
        notice(make.opened())


def test_it_is_told_once_and_without_a_name(hall):
    case = make.submitted(make.SHOP)
    make.bring(case, "居民身份证")
    notice(case)
    event = trail.told_of(case)[-1]
    assert event.sentence == "一次性告知，缺 1 份：不动产权证书或租赁合同"
    assert "李桂芳" not in str(event.facts)

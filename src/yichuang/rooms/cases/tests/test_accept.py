"""受理：papers complete, promise fixed, route laid out."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from yichuang.ground import clock, trail
from yichuang.ground.models import CalendarYear
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions
from yichuang.rooms.cases.models import RouteTask
from yichuang.rooms.cases.tests import make


def test_the_promise_counts_working_days_from_the_next_day(hall):
    item = make.item_of(make.accepted(), make.ELDER)
    assert item.status == "reviewing"
    assert (item.promised_by, item.statutory_by) == (date(2026, 12, 3), date(2026, 12, 21))
    assert item.promised_is_provisional is False


def test_a_make_up_sunday_counts(hall):
    # 2026-09-20 is worked, the days from 25 to 27 are off: three working days after Friday the 18th.
    case = make.submitted(make.SHOP)
    make.bring_everything(case)
    with clock.frozen(datetime(2026, 9, 18, 16)):
        actions.accept(case=case, by=case.opened_by)
    assert make.item_of(case, make.SHOP).promised_by == date(2026, 9, 22)


def test_a_promise_into_a_year_without_a_holiday_notice_is_provisional(hall):
    CalendarYear.objects.filter(year=2027).delete()
    case = make.submitted()
    make.bring_everything(case)
    with clock.frozen(datetime(2026, 12, 28, 10)):
        actions.accept(case=case, by=case.opened_by)
    item = make.item_of(case, make.ELDER)
    assert item.promised_is_provisional
    assert (item.promised_by - item.accepted_at.date()).days > 8


def test_the_village_comes_first_then_the_offices_stage_by_stage(hall):
    case = make.accepted(make.LAND)
    tasks = RouteTask.objects.filter(item__case=case).order_by("stage", "pk")
    assert [(task.stage, task.kind, task.place, task.status) for task in tasks] == [
        (0, "village_signature", "磨滩村", "open"),
        (1, "office_review", "农业农村", "waiting"),
        (1, "office_review", "民政和养老", "waiting"),
        (2, "office_review", "区民政局", "waiting"),
    ]


def test_without_the_papers_it_refuses_and_names_them_all(hall):
    case = make.submitted(make.SHOP)
    with pytest.raises(Refused) as refused:
        actions.accept(case=case, by=case.opened_by)
    assert (refused.value.code, refused.value.status) == ("materials_missing", 409)
    assert refused.value.wrong == "还缺 2 份材料：居民身份证、不动产权证书或租赁合同。"
    assert make.item_of(case, make.SHOP).status == "submitted"


def test_a_complete_item_need_not_wait_for_an_incomplete_one(hall):
    case = make.submitted(make.ELDER, make.CARD)
    make.bring(case, "居民身份证")
    with pytest.raises(Refused, match="materials_missing"):
        actions.accept(case=case, by=case.opened_by)
    actions.accept(case=case, only=[make.CARD], by=case.opened_by)
    assert {item.code: item.status for item in case.items.all()} == {
        make.ELDER: "submitted",
        make.CARD: "granted",
    }


def test_a_deferrable_paper_does_not_stop_it_but_is_noted(hall):
    case = make.submitted(make.CARD)
    make.bring(case, "居民身份证")
    actions.accept(case=case, by=case.opened_by)
    assert make.item_of(case, make.CARD).deferred == ["近期免冠照片"]


def test_an_item_decided_on_the_spot_is_granted_in_the_same_sitting(hall):
    case = make.accepted(make.CARD, make.ELDER)
    card = make.item_of(case, make.CARD)
    assert (card.status, card.promised_by, card.tasks.count()) == ("granted", date(2026, 11, 23), 0)
    assert card.decided_by == case.opened_by
    assert make.item_of(case, make.ELDER).status == "reviewing"


def test_accepting_twice_is_a_wrong_moment(hall):
    case = make.accepted()
    with pytest.raises(Refused) as refused:
        actions.accept(case=case, by=make.a_clerk())
    assert refused.value.code == "wrong_moment"
    assert RouteTask.objects.filter(item__case=case).count() == 3


def test_a_page_opened_before_the_papers_were_found_wrong_meets_the_present(hall):
    case = make.submitted()
    make.bring_everything(case)
    stale = case
    document = case.documents.get(material="居民户口簿")
    actions.request_correction(case=case, wrong={document.pk: "看不清"}, by=case.opened_by)
    with pytest.raises(Refused, match="wrong_moment"):
        actions.accept(case=stale, by=case.opened_by)


def test_an_item_that_is_not_of_the_case_is_not_accepted(hall):
    case = make.submitted()
    with pytest.raises(Refused, match="item_not_here"):
        actions.accept(case=case, only=["XX-999"], by=case.opened_by)


def test_it_is_told_once_with_the_promise(hall):
    case = make.accepted(make.ELDER)
    events = [event for event in trail.told_of(case) if event.kind == "cases.accepted"]
    assert [event.sentence for event in events] == ["受理：高龄津贴申领，承诺 12月3日 前办结"]
    assert events[0].facts["promises"] == {make.ELDER: "2026-12-03"}

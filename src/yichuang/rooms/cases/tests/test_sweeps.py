"""What time does by itself: 视为受理, and promises that were waiting for a holiday notice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yichuang.ground import clock, trail, workdays
from yichuang.ground.models import CalendarYear
from yichuang.rooms.cases import actions, sweeps
from yichuang.rooms.cases.tests import make

FIVE_WORKDAYS_LATER = datetime(2026, 11, 30, 17, tzinfo=clock.TOWN_TIME)


def test_left_alone_for_five_working_days_it_counts_as_accepted_from_the_day_it_came(hall):
    case = make.submitted()
    assert sweeps.deem_accepted(now=FIVE_WORKDAYS_LATER) == 0
    assert sweeps.deem_accepted(now=FIVE_WORKDAYS_LATER + timedelta(days=1)) == 1
    item = make.item_of(case, make.ELDER)
    assert (item.status, item.accepted_at, item.accepted_by) == ("reviewing", make.MONDAY, None)
    assert item.promised_by == date(2026, 12, 3)
    assert make.open_task(case, "V04").status == "open"
    assert sweeps.deem_accepted(now=FIVE_WORKDAYS_LATER + timedelta(days=2)) == 0
    assert [event.kind for event in trail.told_of(case)].count("cases.deemed_accepted") == 1


def test_a_notice_in_time_keeps_it_with_the_resident(hall):
    case = make.submitted()
    actions.request_correction(case=case, by=case.opened_by)
    assert sweeps.deem_accepted(now=FIVE_WORKDAYS_LATER + timedelta(days=9)) == 0
    assert make.item_of(case, make.ELDER).status == "correcting"


def test_an_item_on_the_spot_then_waits_for_its_decision_only(hall):
    case = make.submitted(make.CARD)
    sweeps.deem_accepted(now=FIVE_WORKDAYS_LATER + timedelta(days=1))
    item = make.item_of(case, make.CARD)
    assert (item.status, item.tasks.count()) == ("reviewing", 0)
    assert actions.decide_on_the_spot(item=item, by=case.opened_by).status == "granted"


def test_a_provisional_promise_is_settled_when_the_notice_is_loaded(hall):
    CalendarYear.objects.filter(year=2027).delete()
    case = make.submitted()
    make.bring_everything(case)
    with clock.frozen(datetime(2026, 12, 28, 10)):
        actions.accept(case=case, by=case.opened_by)
        assert sweeps.settle_promises(now=clock.now()) == 0
    before = make.item_of(case, make.ELDER).promised_by
    workdays.load_notice(year=2027, days_off={date(2027, 1, 1): "元旦"}, makeup_days={})
    assert sweeps.settle_promises(now=make.MONDAY + timedelta(days=40)) == 1
    item = make.item_of(case, make.ELDER)
    assert (item.promised_by, item.promised_is_provisional) == (date(2027, 1, 8), False)
    assert item.promised_by > before, "New Year's Day was counted while nothing was known"
    assert trail.told_of(case)[-1].sentence == "放假安排已公布，高龄津贴申领承诺 1月8日 前办结"

"""当场办结：accepted and decided in one sitting."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions
from yichuang.rooms.cases.tests import make


def a_card():
    case = make.submitted(make.CARD)
    make.bring(case, "居民身份证")
    return make.item_of(case, make.CARD)


def decide(item, **more):
    return actions.decide_on_the_spot(item=item, by=item.case.opened_by, **more)


def test_it_is_granted_without_a_route(hall):
    item = decide(a_card())
    assert (item.status, item.tasks.count(), item.deferred) == ("granted", 0, ["近期免冠照片"])


def test_it_may_be_refused_with_a_reason(hall):
    item = a_card()
    with pytest.raises(Refused, match="opinion_missing"):
        decide(item, verdict="refuse", opinion=" ")
    item = decide(item, verdict="refuse", opinion="还没有满60周岁。")
    assert (item.status, item.reason) == ("refused", "还没有满60周岁。")


def test_nothing_lies_before_it_to_send_it_back_to(hall):
    with pytest.raises(Refused, match="nothing_before"):
        decide(a_card(), verdict="send_back", opinion="再看看")


def test_it_needs_its_papers(hall):
    case = make.submitted(make.CARD)
    with pytest.raises(Refused, match="materials_missing"):
        decide(make.item_of(case, make.CARD))


def test_a_promised_item_is_never_decided_on_the_spot(hall):
    case = make.submitted()
    make.bring_everything(case)
    with pytest.raises(Refused, match="not_on_the_spot"):
        decide(make.item_of(case, make.ELDER))


def test_deciding_twice_is_a_wrong_moment(hall):
    item = decide(a_card())
    with pytest.raises(Refused, match="wrong_moment"):
        decide(item)


def test_it_is_told_once(hall):
    item = decide(a_card())
    assert trail.told_of(item.case)[-1].sentence == "当场办结：老年人优待证办理，准予"
    assert [event.kind for event in trail.told_of(item.case)].count("cases.decided_on_the_spot") == 1

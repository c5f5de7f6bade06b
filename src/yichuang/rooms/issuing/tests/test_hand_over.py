"""领取：the right person, noted, and the item is closed."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.cases.tests import make
from yichuang.rooms.issuing import actions, queries
from yichuang.rooms.issuing.rules import Receiver


def a_result(**changes):
    case = make.granted(make.CARD, **changes)
    (result,) = actions.issue(case=case, by=case.opened_by)
    return result


def own(result) -> Receiver:
    applicant = result.item.case.applicant
    return Receiver(applicant.name, applicant.id_number[-4:])


def test_with_the_card_shown_it_is_handed_over_and_the_item_is_closed(hall):
    result = a_result()
    clerk = make.a_clerk("孙丽")
    result = actions.hand_over(result=result, receiver=own(result), by=clerk)
    assert (result.status, result.delivered_by, result.delivered_at) == ("delivered", clerk, make.MONDAY)
    item = make.item_of(result.item.case, make.CARD)
    assert (item.status, item.closed_at) == ("closed", make.MONDAY)
    assert cases.plain_state(item) == "已经办结，结果已领取。"
    assert list(queries.ready()) == []


def test_the_proxy_of_the_case_may_take_it(hall):
    proxy = make.a_proxy()
    result = a_result(proxy=proxy, answers={"non_local": "是"})
    result = actions.hand_over(
        result=result, receiver=Receiver(proxy.name, proxy.id_number[-4:]), by=make.a_clerk()
    )
    assert (result.receiver, result.receiver_is_proxy) == (proxy.name, True)


def test_somebody_else_takes_it_as_a_noted_proxy(hall):
    result = actions.hand_over(
        result=a_result(), receiver=Receiver("李小明", "", is_proxy=True), by=make.a_clerk()
    )
    assert (result.receiver, result.receiver_last_four, result.receiver_is_proxy) == ("李小明", "", True)


@pytest.mark.parametrize(
    ("receiver", "code"),
    [
        (Receiver(" "), "receiver_missing"),
        (Receiver("李桂芳"), "receiver_unchecked"),
        (Receiver("李桂芳", "0000"), "receiver_differs"),
        (Receiver("李小明", "1234"), "receiver_unknown"),
    ],
)
def test_whoever_is_not_checked_gets_nothing(hall, receiver, code):
    result = a_result()
    with pytest.raises(Refused) as refused:
        actions.hand_over(result=result, receiver=receiver, by=make.a_clerk())
    assert refused.value.code == code
    assert list(queries.ready()) == [result]


def test_it_is_handed_over_once(hall):
    result = a_result()
    actions.hand_over(result=result, receiver=own(result), by=make.a_clerk())
    with pytest.raises(Refused, match="wrong_moment"):
        actions.hand_over(result=result, receiver=own(result), by=make.a_clerk())


def test_it_is_told_of_the_result_with_its_case_and_without_the_receiver(hall):
    result = a_result()
    actions.hand_over(result=result, receiver=own(result), by=make.a_clerk())
    (event,) = trail.told_of(result)
    assert (event.kind, event.facts["case"]) == ("issuing.handed_over", result.item.case_id)
    assert event.sentence == "领取：老年人优待证办理"
    assert "李桂芳" not in str(event.facts)


def test_the_longest_waiting_result_is_first_and_found_by_number(hall):
    first, second = a_result(), a_result()
    assert list(queries.ready()) == [first, second]
    assert queries.by_number(first.number, staff=make.a_clerk()) == first
    assert list(queries.results_of(second.item.case)) == [second]

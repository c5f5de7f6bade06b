"""审核意见：agree goes on, refuse ends, send back returns one stage."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.tests import make


def say(task, verdict, opinion="情况已经核实。"):
    return actions.give_opinion(task=task, verdict=verdict, opinion=opinion, by=make.decider_of(task))


def sign(case, verdict="agree", opinion="同意。"):
    task = make.open_task(case, "V04")
    return actions.complete_task(task=task, verdict=verdict, opinion=opinion, by=make.a_head())


def places(case):
    return [task.place for task in make.open_tasks(case)]


def test_the_next_stage_opens_when_the_one_before_has_agreed(hall):
    case = make.accepted()
    assert places(case) == ["磨滩村"]
    say(make.open_task(case, "V04"), "agree")
    assert places(case) == ["民政和养老"]
    say(make.open_task(case, "MZ"), "agree")
    assert places(case) == ["区民政局"]


def test_offices_of_one_stage_work_at_the_same_time_and_all_must_agree(hall):
    case = make.accepted(make.LAND)
    sign(case)
    assert places(case) == ["农业农村", "民政和养老"]
    say(make.open_task(case, "NY"), "agree")
    assert places(case) == ["民政和养老"]
    say(make.open_task(case, "MZ"), "agree")
    assert places(case) == ["区民政局"]


def test_the_last_agreeing_opinion_grants_the_item(hall):
    case = make.granted()
    item = make.item_of(case, make.ELDER)
    assert (item.status, item.granted_at) == ("granted", make.MONDAY)
    assert item.decided_by.office.code == "QMZ"
    last = trail.told_of(case)[-1]
    assert (last.facts["granted"], last.facts["item"]) == (True, make.ELDER)
    assert last.sentence == "区民政局的意见：同意（高龄津贴申领）"


def test_one_refusal_ends_the_item_with_its_reason(hall):
    case = make.accepted(make.LAND)
    sign(case)
    waiting = make.open_task(case, "MZ")
    say(make.open_task(case, "NY"), "refuse", "土地还在争议中。")
    item = make.item_of(case, make.LAND)
    assert (item.status, item.reason, item.refused_at) == ("refused", "土地还在争议中。", make.MONDAY)
    assert places(case) == []
    with pytest.raises(Refused, match="wrong_moment"):
        say(waiting, "agree")


def test_sending_back_returns_to_the_stage_before_and_keeps_what_was_said(hall):
    case = make.accepted()
    say(make.open_task(case, "V04"), "agree", "情况属实。")
    say(make.open_task(case, "MZ"), "agree")
    say(make.open_task(case, "QMZ"), "send_back", "家庭情况请再核实。")
    assert places(case) == ["民政和养老"]
    tasks = case.items.get().tasks.order_by("pk")
    assert [(task.place, task.round, task.status, task.verdict) for task in tasks] == [
        ("磨滩村", 1, "done", "agree"),
        ("民政和养老", 1, "done", "agree"),
        ("区民政局", 1, "done", "send_back"),
        ("民政和养老", 2, "open", ""),
        ("区民政局", 2, "waiting", ""),
    ]
    make.agree_all(case)
    assert make.item_of(case, make.ELDER).status == "granted"


def test_sending_back_can_reach_the_village_again(hall):
    case = make.accepted()
    say(make.open_task(case, "V04"), "agree")
    say(make.open_task(case, "MZ"), "send_back", "请村里再入户看一次。")
    assert places(case) == ["磨滩村"]


def test_of_two_offices_one_sending_back_stops_both(hall):
    case = make.accepted(make.LAND)
    sign(case)
    say(make.open_task(case, "NY"), "agree")
    say(make.open_task(case, "MZ"), "send_back", "请村里再核实。")
    assert places(case) == ["磨滩村"]
    sign(case)
    assert places(case) == ["农业农村", "民政和养老"]


def test_the_first_stage_has_nothing_before_it(hall):
    case = make.accepted()
    with pytest.raises(Refused, match="nothing_before"):
        say(make.open_task(case, "V04"), "send_back", "不清楚")
    assert places(case) == ["磨滩村"], "refused as a whole"


@pytest.mark.parametrize("verdict", ["refuse", "send_back"])
def test_who_does_not_agree_says_why(hall, verdict):
    case = make.accepted()
    say(make.open_task(case, "V04"), "agree")
    with pytest.raises(Refused) as refused:
        say(make.open_task(case, "MZ"), verdict, "  ")
    assert (refused.value.code, set(refused.value.fields)) == ("opinion_missing", {"opinion"})


def test_a_verdict_that_is_none_is_refused(hall):
    with pytest.raises(Refused, match="verdict_unknown"):
        say(make.open_task(make.accepted(), "V04"), "maybe")


def test_a_signature_is_not_given_as_an_opinion(hall):
    case = make.accepted(make.LAND)
    with pytest.raises(Refused, match="needs_signature"):
        say(make.open_task(case, "V04"), "agree")


def test_saying_it_twice_is_a_wrong_moment_and_tells_nothing(hall):
    case = make.accepted()
    task = make.open_task(case, "V04")
    head = make.a_head()
    make.agree(task, by=head)
    before = len(trail.told_of(case))
    with pytest.raises(Refused, match="wrong_moment"):
        make.agree(task, by=head)
    assert len(trail.told_of(case)) == before


def test_another_village_cannot_see_it(hall):
    case = make.accepted()
    with pytest.raises(Refused, match="task_unknown"):
        make.agree(make.open_task(case, "V04"), by=make.a_head("V05"))
    with pytest.raises(Refused, match="task_unknown"):
        queries.task_of(make.a_head("V05"), make.open_task(case, "V04").pk)

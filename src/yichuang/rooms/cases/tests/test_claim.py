"""领件：one person works on a task, and only one of its own office."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions
from yichuang.rooms.cases.tests import make


def a_task(place="MZ"):
    case = make.accepted()
    make.agree(make.open_task(case, "V04"))
    return make.open_task(case, place)


def test_it_is_theirs_from_now_on(hall):
    chen = make.a_reviewer()
    task = actions.claim(task=a_task(), by=chen)
    assert (task.status, task.by, task.claimed_at) == ("claimed", chen, make.MONDAY)


def test_claiming_again_changes_nothing_and_is_not_told_twice(hall):
    chen = make.a_reviewer()
    task = actions.claim(task=a_task(), by=chen)
    actions.claim(task=task, by=chen)
    kinds = [event.kind for event in trail.told_of(task.item.case)]
    assert kinds.count("cases.task_claimed") == 1


def test_a_colleague_is_told_who_has_it(hall):
    task = actions.claim(task=a_task(), by=make.a_reviewer(name="陈志远"))
    with pytest.raises(Refused) as refused:
        actions.claim(task=task, by=make.a_reviewer())
    assert refused.value.wrong == "陈志远正在办这一件。"
    with pytest.raises(Refused, match="task_taken"):
        make.agree(task, by=make.a_reviewer())


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: make.a_reviewer("NY"),
        lambda: make.a_clerk(),
        lambda: make.a_head(),
        lambda: make.a_staff("clerk", office="MZ"),
    ],
)
def test_for_others_it_is_not_there(hall, stranger):
    with pytest.raises(Refused) as refused:
        actions.claim(task=a_task(), by=stranger())
    assert (refused.value.code, refused.value.status) == ("task_unknown", 404)


def test_a_stage_that_has_not_begun_cannot_be_claimed(hall):
    case = make.accepted()
    task = case.items.get().tasks.get(office__code="MZ")
    with pytest.raises(Refused, match="wrong_moment"):
        actions.claim(task=task, by=make.a_reviewer())


@pytest.mark.parametrize("role", ["opened_by", "accepted_by"])
def test_who_took_the_case_in_may_not_review_it(hall, role):
    both = make.a_staff("clerk", "reviewer", office="MZ")
    case = make.submitted(by=both if role == "opened_by" else None)
    make.bring_everything(case)
    actions.accept(case=case, by=both if role == "accepted_by" else make.a_clerk())
    make.agree(make.open_task(case, "V04"))
    with pytest.raises(Refused) as refused:
        actions.claim(task=make.open_task(case, "MZ"), by=both)
    assert (refused.value.code, refused.value.status) == ("own_work", 403)


def test_who_decided_one_stage_may_not_decide_another(hall):
    both = make.a_staff("village_head", "reviewer", village="V04", office="MZ")
    case = make.accepted()
    make.agree(make.open_task(case, "V04"), by=both)
    with pytest.raises(Refused, match="own_work"):
        make.agree(make.open_task(case, "MZ"), by=both)

"""退回：with a reason, and the case does not go on."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases.tests.make import LAND, PIN, a_head, item_of
from yichuang.rooms.signing import actions, queries, rules
from yichuang.rooms.signing.tests import make


def test_the_first_step_has_none_before_it_so_a_return_is_a_refusal_with_its_reason(hall):
    task, _, head = make.shown()
    signing = actions.return_task(task=task, reason="这块地还在争议中。", by=head)
    item = item_of(task.item.case, LAND)
    assert (signing.status, signing.reason, signing.returned_at is not None) == (
        "returned",
        "这块地还在争议中。",
        True,
    )
    assert (item.status, item.reason) == ("refused", "这块地还在争议中。")
    assert list(queries.signed_by(head)) == [signing]


@pytest.mark.parametrize(
    ("stage", "first", "verdict"), [(0, 0, "refuse"), (2, 0, "send_back"), (2, 1, "send_back")]
)
def test_a_later_step_goes_back_to_the_one_before(stage, first, verdict):
    assert rules.verdict_of_return(stage, first) == verdict


def test_it_needs_a_reason(hall):
    task, _, head = make.shown()
    with pytest.raises(Refused) as refused:
        actions.return_task(task=task, reason=" ", by=head)
    assert (refused.value.code, set(refused.value.fields)) == ("return_reason_missing", {"reason"})


def test_what_was_not_opened_or_is_signed_already_cannot_be_returned(hall):
    task = make.a_task()
    with pytest.raises(Refused, match="not_shown"):
        actions.return_task(task=task, reason="不实", by=a_head())
    make.signed(task)
    with pytest.raises(Refused, match="already_signed"):
        actions.return_task(task=task, reason="不实", by=a_head())


def test_a_returned_paper_cannot_be_signed(hall):
    task, signing, head = make.shown()
    actions.return_task(task=task, reason="不实", by=head)
    with pytest.raises(Refused, match="wrong_moment"):
        actions.sign(task=task, digest=signing.digest, strokes=None, pin=PIN, by=head)


def test_another_village_cannot_return_it(hall):
    task, _, _ = make.shown()
    with pytest.raises(Refused, match="task_unknown"):
        actions.return_task(task=task, reason="不实", by=a_head("V05"))


def test_it_is_told_once(hall):
    task, _, head = make.shown()
    before = len(trail.told_of(task.item.case))
    actions.return_task(task=task, reason="不实", by=head)
    (event,) = trail.told_of(task.item.case)[before:]
    assert (event.kind, event.facts["refused"]) == ("signing.returned", True)

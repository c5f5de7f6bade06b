"""Two people at one case at the same moment: one of them wins, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions
from yichuang.rooms.cases.models import CaseItem, Document, RouteTask
from yichuang.rooms.cases.tests import make


def together(town, *verbs) -> list[str]:
    """Run each verb in its own connection and transaction, all starting at once; what each of them came to."""
    start = Barrier(len(verbs))

    def run(verb) -> str:
        try:
            start.wait(10)
            with clock.frozen(make.MONDAY), towns.within(town):
                verb()
            return "done"
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


def test_two_clerks_accepting_at_once_make_one_acceptance(committed):
    with make.in_a_town(holidays=False) as town:
        case = make.submitted()
        make.bring_everything(case)
        clerks = [make.a_clerk(), make.a_clerk()]
    outcome = together(town, *[lambda clerk=clerk: actions.accept(case=case, by=clerk) for clerk in clerks])
    assert outcome == ["done", "wrong_moment"]
    with towns.within(town):
        assert RouteTask.objects.filter(item__case=case).count() == 3
        assert [event.kind for event in trail.told_of(case)].count("cases.accepted") == 1


def test_a_double_press_on_submit_hands_in_once(committed):
    with make.in_a_town(holidays=False) as town:
        case = make.opened()
    press = lambda: actions.submit(case=case, by=case.opened_by)  # noqa: E731
    assert together(town, press, press, press) == ["done", "wrong_moment", "wrong_moment"]


def test_two_reviewers_claiming_at_once_leave_it_with_one(committed):
    with make.in_a_town(holidays=False) as town:
        case = make.accepted()
        make.agree(make.open_task(case, "V04"))
        task = make.open_task(case, "MZ")
        reviewers = [make.a_reviewer(), make.a_reviewer()]
    outcome = together(town, *[lambda by=by: actions.claim(task=task, by=by) for by in reviewers])
    assert outcome == ["done", "task_taken"]


def test_the_last_two_offices_agreeing_at_once_open_the_next_stage_once(committed):
    with make.in_a_town(holidays=False) as town:
        case = make.accepted(make.LAND)
        actions.complete_task(
            task=make.open_task(case, "V04"), verdict="agree", opinion="同意。", by=make.a_head()
        )
        both = [(task, make.decider_of(task)) for task in make.open_tasks(case)]
    agreeing = [lambda task=task, by=by: make.agree(task, by=by) for task, by in both]
    assert together(town, *agreeing) == ["done", "done"]
    with towns.within(town):
        assert [task.place for task in make.open_tasks(case)] == ["区民政局"]


def test_cases_opened_at_once_get_numbers_without_gap_or_double(committed):
    with make.in_a_town(holidays=False) as town:
        clerks = [make.a_clerk() for _ in range(4)]
        people = [make.li() for _ in clerks]
    opening = [
        lambda by=by, who=who: make.opened(by=by, applicant=who)
        for by, who in zip(clerks, people, strict=True)
    ]
    assert together(town, *opening) == ["done"] * 4
    with towns.within(town):
        numbers = sorted(item.case.number for item in CaseItem.objects.select_related("case"))
        assert numbers == [f"20261123-{serial:04d}" for serial in range(1, 5)]


def test_a_paper_brought_while_it_is_accepted_is_neither_lost_nor_in_the_way(committed):
    with make.in_a_town(holidays=False) as town:
        case = make.submitted()
        make.bring_everything(case)
    outcome = together(
        town,
        lambda: actions.accept(case=case, by=case.opened_by),
        lambda: make.bring(case, "居民户口簿"),
    )
    assert outcome == ["done", "done"]
    with towns.within(town):
        assert Document.objects.filter(case=case, material="居民户口簿").count() == 2

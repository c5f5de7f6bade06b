"""Whatever is pressed in whatever order: statuses move only by MOVES, and every change has exactly one trail row."""

from __future__ import annotations

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.models import Case, CaseItem, RouteTask
from yichuang.rooms.cases.states import ITEM_MOVES, TASK_MOVES
from yichuang.rooms.cases.tests import make


class _RollBack(Exception):
    pass


def _bring(case, draw):
    if missing := queries.missing_of(case):
        make.bring(case, draw(st.sampled_from(missing)).document)
    else:
        make.bring(case, "居民身份证")


def _task(case, draw) -> RouteTask:
    tasks = list(RouteTask.objects.filter(item__case=case).select_related("item", "office", "village"))
    if not tasks:
        raise Refused("task_unknown")
    return draw(st.sampled_from(tasks))


def _opinion(case, draw):
    task = _task(case, draw)
    verdict = draw(st.sampled_from(["agree", "agree", "agree", "refuse", "send_back"]))
    actions.give_opinion(task=task, verdict=verdict, opinion="看过了。", by=make.decider_of(task))


def _claim(case, draw):
    task = _task(case, draw)
    actions.claim(task=task, by=make.decider_of(task))


def _on_the_spot(case, draw):
    item = draw(st.sampled_from(list(case.items.order_by("pk"))))
    actions.decide_on_the_spot(item=item, by=case.opened_by)


def _correction(case, draw):
    documents = list(case.documents.order_by("pk"))
    wrong = {draw(st.sampled_from(documents)).pk: "看不清"} if documents and draw(st.booleans()) else {}
    actions.request_correction(case=case, wrong=wrong, by=case.opened_by)


def _accept(case, draw):
    codes = [item.code for item in case.items.all()]
    only = draw(st.sampled_from([[], [], *([code] for code in codes)]))
    actions.accept(case=case, only=only, by=case.opened_by)


VERBS = {
    "bring": _bring,
    "bring again": _bring,
    "save": lambda case, draw: actions.save_draft(
        case=case, draft=actions.Draft(fields={"age_group": "90至99岁"}), by=case.opened_by
    ),
    "submit": lambda case, draw: actions.submit(case=case, by=case.opened_by),
    "request_correction": _correction,
    "resubmit": lambda case, draw: actions.resubmit(case=case, by=case.opened_by),
    "accept": _accept,
    "accept again": _accept,
    "decide_on_the_spot": _on_the_spot,
    "claim": _claim,
    "give_opinion": _opinion,
    "give_opinion again": _opinion,
}


def snapshot(case) -> tuple[dict, ...]:
    return (
        dict(CaseItem.objects.filter(case=case).values_list("pk", "status")),
        dict(RouteTask.objects.filter(item__case=case).values_list("pk", "status")),
        dict(case.documents.values_list("pk", "wrong")),
        {"form": Case.objects.get(pk=case.pk).fields, "notices": case.corrections.count()},
    )


def moved_by(table, before: str, after: str) -> bool:
    """Whether the table leads from one status to the other, in one action (which may take two steps)."""
    steps = [(origin, target) for origins, target in table.values() for origin in origins]
    return before == after or any(
        origin == before and (target == after or (target, after) in steps) for origin, target in steps
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(draws=st.data())
def test_random_presses_keep_the_life_of_a_case_in_order(hall, draws):
    try:
        with transaction.atomic():
            _press_at_random(draws.draw)
            raise _RollBack
    except _RollBack:
        pass


def _press_at_random(draw) -> None:
    codes = draw(st.sets(st.sampled_from([make.ELDER, make.CARD, make.SHOP]), min_size=1))
    case = make.opened(*sorted(codes))
    for verb in draw(st.lists(st.sampled_from(sorted(VERBS)), min_size=8, max_size=30)):
        before, told = snapshot(case), len(trail.told_of(case))
        try:
            VERBS[verb](case, draw)
        except Refused as refused:
            assert refused.wrong and refused.next
            assert (snapshot(case), len(trail.told_of(case))) == (before, told), (
                f"{verb}: refused but changed"
            )
            continue
        after = snapshot(case)
        more = len(trail.told_of(case)) - told
        assert more == 1 or (more == 0 and after == before and verb == "claim"), f"{verb} told {more} times"
        for item, status in after[0].items():
            assert moved_by(ITEM_MOVES, before[0][item], status), f"{verb}: {before[0][item]} to {status}"
        for task, status in after[1].items():
            assert moved_by(TASK_MOVES, before[1].get(task, "waiting"), status), verb


def test_what_moves_are_for_is_named_by_the_verbs(hall):
    """open, finish and drop are steps of give_opinion; grant and refuse end an item; issue and close are issuing's."""
    case = make.granted()
    item = make.item_of(case, make.ELDER)
    assert item.may("issue") and not item.may("close")
    assert not any(item.may(verb) for verb in ("submit", "accept", "grant", "refuse", "request_correction"))

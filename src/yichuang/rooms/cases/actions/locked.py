"""Every verb of a case takes the case's row lock first, so two people at one case wait for each other."""

from __future__ import annotations

from collections.abc import Collection

from yichuang.ground.refusals import Refused

from ..models import Case, CaseItem, RouteTask


def locked(case: Case) -> tuple[Case, list[CaseItem]]:
    """The case as it stands now and its items, locked until the transaction ends."""
    fresh = (
        Case.objects.select_for_update(of=("self",)).select_related("applicant", "village").get(pk=case.pk)
    )
    items = list(fresh.items.select_for_update(of=("self",)).order_by("pk"))
    for item in items:
        item.case = fresh
    return fresh, items


def locked_task(task: RouteTask) -> RouteTask:
    """The task as it stands now, its item and case, all locked."""
    _, items = locked(Case(pk=task.item.case_id))
    fresh = (
        RouteTask.objects.select_for_update(of=("self",))
        .select_related("office", "village", "by")
        .get(pk=task.pk)
    )
    fresh.item = next(item for item in items if item.pk == fresh.item_id)
    return fresh


def moving(items: Collection[CaseItem], verb: str, only: Collection[str] = ()) -> list[CaseItem]:
    """The items that this verb will move; none is a wrong moment. `only`: codes, each of which must be able to."""
    if only:
        chosen = [item for item in items if item.code in only]
        if len(chosen) < len(set(only)):
            raise Refused("item_not_here", codes=sorted(set(only) - {item.code for item in items}))
    else:
        chosen = [item for item in items if item.may(verb)]
    unable = [item for item in chosen or items if not item.may(verb)]
    if unable:
        unable[0].move(verb)  # refused in words
    return chosen

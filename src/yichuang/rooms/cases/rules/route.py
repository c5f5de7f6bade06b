"""The route of an item: the village's step first, then its offices stage by stage; and who may decide on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.catalog.terms import VillageStep

VILLAGE_KINDS = {
    VillageStep.REVIEW.value: "village_review",
    VillageStep.SEAL.value: "village_seal",
    VillageStep.SIGNATURE.value: "village_signature",
}


@dataclass(frozen=True)
class PlannedTask:
    """A task before it exists. `office` is a code; the village's step (stage 0) has none: it is the case's village."""

    stage: int
    kind: str
    office: str = ""


def route(item: ItemSpec) -> tuple[PlannedTask, ...]:
    """The tasks of an item, in order; offices of one stage work at the same time. Without a route its own office decides."""
    village = (
        (PlannedTask(0, VILLAGE_KINDS[item.village_step]),) if item.village_step in VILLAGE_KINDS else ()
    )
    offices = tuple(
        PlannedTask(stage, "office_review", office)
        for stage, together in enumerate(item.route or ((item.office,),), start=1)
        for office in together
    )
    return village + offices


@dataclass(frozen=True)
class Acting:
    """A member of staff as the rules see them."""

    id: int
    roles: frozenset[str]
    office: int | None = None
    village: int | None = None


def objection(
    acting: Acting, *, office: int | None, village: int | None, took_part: Collection[int | None]
) -> str | None:
    """Why this person may not decide a task of this office or village; None when they may.

    `took_part`: those who opened or accepted the item, and those who decided another of its stages.
    """
    if office is not None:
        here = "reviewer" in acting.roles and acting.office == office
    else:
        here = "village_head" in acting.roles and acting.village == village
    if not here:
        return "task_unknown"  # what is not yours is not there
    if acting.id in took_part:
        return "own_work"
    return None

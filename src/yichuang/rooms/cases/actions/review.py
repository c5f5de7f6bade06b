"""After acceptance: tasks are claimed, opinions given, and the last agreeing one grants the item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.models import Staff

from .. import queries, rules
from ..models import CaseItem, RouteTask, TaskKind, Verdict
from ..states import TaskStatus
from .endings import grant, refuse
from .locked import locked_task

SIGNED_KINDS = (TaskKind.VILLAGE_SEAL, TaskKind.VILLAGE_SIGNATURE)


@dataclass(frozen=True)
class Outcome:
    """What a finished task led to. `opened`: who has it now."""

    granted: bool = False
    refused: bool = False
    sent_back: bool = False
    opened: tuple[str, ...] = ()


@transaction.atomic
def claim(*, task: RouteTask, by: Staff) -> RouteTask:
    """领件：这一件我来办。Refused: task_unknown, own_work, task_taken, wrong_moment."""
    task, now = locked_task(task), clock.now()
    refuse_strangers(task, by)
    _refuse_taken(task, by)
    if task.status == TaskStatus.CLAIMED:
        return task  # mine already
    task.move("claim")
    task.by, task.claimed_at = by, now
    task.save(update_fields=["status", "by", "claimed_at"])
    trail.record(
        "cases.task_claimed",
        task.item.case,
        by=by,
        at=now,
        item=task.item.code,
        name=task.item.name,
        task=task.pk,
        place=task.place,
    )
    return task


@transaction.atomic
def give_opinion(*, task: RouteTask, verdict: str, opinion: str, by: Staff) -> RouteTask:
    """审核意见：同意、不同意或退回上一步；最后一步都同意了，这件事就准予。

    A seal or a signature is given in signing, on the paper that was shown.
    Refused: task_unknown, own_work, task_taken, wrong_moment, needs_signature, opinion_missing, nothing_before.
    """
    task, now = locked_task(task), clock.now()
    if task.kind in SIGNED_KINDS:
        refuse_strangers(task, by)
        raise Refused("needs_signature")
    outcome = complete_task(task=task, verdict=verdict, opinion=opinion, by=by)
    task = locked_task(task)
    trail.record(
        "cases.opinion_given",
        task.item.case,
        by=by,
        at=now,
        item=task.item.code,
        name=task.item.name,
        task=task.pk,
        stage=task.stage,
        place=task.place,
        verdict=task.verdict,
        verdict_name=task.get_verdict_display(),
        granted=outcome.granted,
        refused=outcome.refused,
        opened=list(outcome.opened),
    )
    return task


@transaction.atomic
def complete_task(*, task: RouteTask, verdict: str, opinion: str, by: Staff) -> Outcome:
    """办完这一步，并让下一步开始。The verb that calls this tells the trail (an opinion here, a signature in signing)."""
    task, now = locked_task(task), clock.now()
    refuse_strangers(task, by)
    _refuse_taken(task, by)
    reason = reason_of(verdict, opinion)
    task.move("finish")
    task.verdict, task.opinion, task.by, task.done_at = verdict, reason, by, now
    task.save()
    if verdict == Verdict.AGREE:
        return _go_on(task, by=by, at=now)
    if verdict == Verdict.REFUSE:
        _drop(task.item)
        refuse(task.item, reason, by=by, at=now)
        return Outcome(refused=True)
    return _send_back(task, at=now)


def reason_of(verdict: str, opinion: str) -> str:
    """The opinion as it is kept; who does not agree says why."""
    if verdict not in Verdict.values:
        raise Refused("verdict_unknown", fields={"verdict": "请选一个"})
    if verdict != Verdict.AGREE and not opinion.strip():
        raise Refused("opinion_missing", fields={"opinion": "请写清理由"})
    return opinion.strip() or "同意。"


def lay_out(row: CaseItem, item: ItemSpec, *, at: datetime) -> None:
    """Make the tasks of an accepted item; those of the first stage are open at once."""
    offices = people.offices()
    planned = rules.route(item)
    tasks = [
        RouteTask(
            item=row,
            stage=each.stage,
            kind=each.kind,
            office=offices[each.office] if each.office else None,
            village=None if each.office else row.case.village,
        )
        for each in planned
    ]
    _open([task for task in tasks if task.stage == planned[0].stage], at)
    RouteTask.objects.bulk_create(tasks)


def _go_on(task: RouteTask, *, by: Staff, at: datetime) -> Outcome:
    live = list(
        task.item.tasks.filter(status__in=queries.LIVE).select_related("office", "village").order_by("pk")
    )
    if any(each.stage == task.stage for each in live):
        return Outcome()
    if not live:
        grant(task.item, by=by, at=at)
        return Outcome(granted=True)
    following = min(each.stage for each in live)
    return _opened([each for each in live if each.stage == following], at)


def _send_back(task: RouteTask, *, at: datetime) -> Outcome:
    """The stage before and all after it are done anew, in the next round; what was said stays as it was."""
    done = list(task.item.tasks.select_related("office", "village").order_by("pk"))
    earlier = [each.stage for each in done if each.stage < task.stage]
    if not earlier:
        raise Refused("nothing_before")
    _drop(task.item)
    round = max(each.round for each in done) + 1
    places = {
        (each.stage, each.office_id, each.village_id): each for each in done if each.stage >= max(earlier)
    }
    anew = [
        RouteTask(
            item=task.item,
            round=round,
            stage=each.stage,
            kind=each.kind,
            office=each.office,
            village=each.village,
        )
        for each in places.values()
    ]
    first = [each for each in anew if each.stage == max(earlier)]
    _open(first, at)
    RouteTask.objects.bulk_create(anew)
    return Outcome(sent_back=True, opened=tuple(each.place for each in first))


def _open(tasks: Iterable[RouteTask], at: datetime) -> None:
    for task in tasks:
        task.move("open")
        task.opened_at = at


def _opened(tasks: Sequence[RouteTask], at: datetime) -> Outcome:
    _open(tasks, at)
    RouteTask.objects.bulk_update(tasks, ["status", "opened_at"])
    return Outcome(opened=tuple(task.place for task in tasks))


def _drop(item: CaseItem) -> None:
    dropped = list(item.tasks.filter(status__in=queries.LIVE))
    for task in dropped:
        task.move("drop")
    RouteTask.objects.bulk_update(dropped, ["status"])


def refuse_strangers(task: RouteTask, by: Staff) -> None:
    """Who may not decide this task is told so; for another office or village it is not there at all."""
    case = task.item.case
    others = task.item.tasks.filter(status=TaskStatus.DONE).exclude(stage=task.stage)
    took_part = {case.opened_by_id, task.item.accepted_by_id, *others.values_list("by_id", flat=True)} - {
        None
    }
    code = rules.objection(
        queries.acting_of(by), office=task.office_id, village=task.village_id, took_part=took_part
    )
    if code:
        raise Refused(code)


def _refuse_taken(task: RouteTask, by: Staff) -> None:
    if task.status == TaskStatus.CLAIMED and task.by_id != by.pk:
        raise Refused("task_taken", name=task.by.name if task.by else "别人")

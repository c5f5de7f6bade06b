"""The verbs of signing."""

from __future__ import annotations

import hmac
import json

from django.db import transaction

from yichuang.ground import clock, files, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases.actions import complete_task
from yichuang.rooms.cases.actions.locked import locked_task
from yichuang.rooms.cases.actions.review import refuse_strangers
from yichuang.rooms.cases.models import RouteTask, Verdict
from yichuang.rooms.people.actions import check_pin
from yichuang.rooms.people.models import Staff

from . import papers, rules
from .models import SigningTask
from .states import SigningStatus


@transaction.atomic
def open_task(*, task: RouteTask, by: Staff) -> SigningTask:
    """打开签批单：从这一刻起文件定下来，签的就是看到的这一份；再打开还是同一份。

    Refused: task_unknown, own_work, wrong_moment.
    """
    task, now = locked_task(task), clock.now()
    _refuse_unsignable(task, by)
    opened = SigningTask.objects.filter(task=task).select_related("document").first()
    if opened is not None:
        return opened
    if not task.is_live:
        raise Refused("wrong_moment", state=task.get_status_display(), thing="签批")
    sheet = papers.sheet(task)
    pdf = papers.typeset(sheet, at=now)
    document = files.keep(pdf, media_type="application/pdf", at=now)
    signing = SigningTask(
        task=task,
        document=document,
        digest=document.digest,
        content=json.dumps(sheet, ensure_ascii=False),
        words=sheet["words"],
        shown_at=now,
        signer=by,
    )
    signing.move("open")
    signing.save()
    trail.record(
        "signing.shown",
        task.item.case,
        by=by,
        at=now,
        **_told(task),
        digest=signing.digest,
        words=signing.words,
    )
    return signing


@transaction.atomic
def sign(*, task: RouteTask, digest: str, strokes: bytes | str | None, pin: str, by: Staff) -> SigningTask:
    """同意并签字：核对签的正是看到的那一份，再认一次人，笔迹和文件一起存好。

    `strokes`: the drawn name as PNG bytes or as a page's data address; None where no pad is at hand.
    Refused: task_unknown, own_work, not_shown, already_signed, digest_differs, document_altered, pin_wrong,
    strokes_unreadable, and what finishing a task refuses.
    """
    task, now = locked_task(task), clock.now()
    _refuse_unsignable(task, by)
    signing = _shown(task)
    if not hmac.compare_digest(digest.strip().lower().encode(), signing.digest.encode()):
        raise Refused("digest_differs")
    _refuse_altered(signing)
    check_pin(staff=by, pin=pin)
    drawn = rules.picture(strokes) if strokes else None
    outcome = complete_task(task=task, verdict=Verdict.AGREE, opinion=rules.OPINIONS[task.kind], by=by)
    signing.move("sign")
    signing.signer, signing.signed_at = by, now
    signing.strokes = files.keep(drawn, media_type="image/png", at=now) if drawn else None
    signed = papers.typeset(papers.signed_sheet(signing, drawn), at=now)
    signing.signed_document = files.keep(signed, media_type="application/pdf", at=now)
    signing.save()
    trail.record(
        "signing.signed",
        task.item.case,
        by=by,
        at=now,
        **_told(task),
        digest=signing.digest,
        granted=outcome.granted,
        refused=outcome.refused,
        opened=list(outcome.opened),
    )
    return signing


@transaction.atomic
def return_task(*, task: RouteTask, reason: str, by: Staff) -> SigningTask:
    """退回：情况不实或不同意，写清理由；前面有上一步的退到上一步，没有的这件事不予办理。

    Refused: task_unknown, own_work, not_shown, already_signed, return_reason_missing.
    """
    task, now = locked_task(task), clock.now()
    _refuse_unsignable(task, by)
    signing = _shown(task)
    if not reason.strip():
        raise Refused("return_reason_missing", fields={"reason": "请写清理由"})
    first = min(task.item.tasks.values_list("stage", flat=True))
    verdict = rules.verdict_of_return(task.stage, first)
    outcome = complete_task(task=task, verdict=verdict, opinion=reason, by=by)
    signing.move("return")
    signing.signer, signing.returned_at, signing.reason = by, now, reason.strip()
    signing.save()
    trail.record(
        "signing.returned",
        task.item.case,
        by=by,
        at=now,
        **_told(task),
        granted=outcome.granted,
        refused=outcome.refused,
        opened=list(outcome.opened),
    )
    return signing


def _refuse_unsignable(task: RouteTask, by: Staff) -> None:
    if task.kind not in rules.OPINIONS:
        raise Refused("task_unknown")
    refuse_strangers(task, by)


def _shown(task: RouteTask) -> SigningTask:
    signing = (
        SigningTask.objects.select_for_update(of=("self",))
        .select_related("document")
        .filter(task=task)
        .first()
    )
    if signing is None:
        raise Refused("not_shown")
    if signing.status == SigningStatus.SIGNED:
        raise Refused("already_signed")
    return signing


def _refuse_altered(signing: SigningTask) -> None:
    """The file on disk must still be what was shown."""
    try:
        files.content_of(signing.document)
    except OSError as altered:
        raise Refused("document_altered") from altered


def _told(task: RouteTask) -> dict[str, object]:
    return {
        "item": task.item.code,
        "name": task.item.name,
        "task": task.pk,
        "stage": task.stage,
        "place": task.place,
    }

"""Reading what waits for a signature and what was signed."""

from __future__ import annotations

from django.db.models import QuerySet

from yichuang.rooms.cases import queries as cases
from yichuang.rooms.cases.models import RouteTask
from yichuang.rooms.people.models import Staff

from . import rules
from .models import SigningTask
from .states import SigningStatus


def in_tray(signer: Staff) -> QuerySet[RouteTask]:
    """请您签字：the open tasks of the signer's village, the least time left first."""
    return cases.tray(signer).filter(kind__in=list(rules.OPINIONS), village__isnull=False)


def signing_of(task: RouteTask) -> SigningTask | None:
    """The paper that was opened for this task, and its signature; None before it is opened."""
    return (
        SigningTask.objects.select_related("document", "signed_document", "strokes", "signer")
        .filter(task=task)
        .first()
    )


def signed_by(signer: Staff) -> QuerySet[SigningTask]:
    """What this person has signed or returned, newest first."""
    return (
        SigningTask.objects.filter(signer=signer)
        .exclude(status=SigningStatus.SHOWN)
        .select_related("task__item__case__applicant", "document")
        .order_by("-pk")
    )

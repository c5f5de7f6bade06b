"""Requests that may be repeated: the same client key gives the same answer, and the work is done once.

The answer is stored in the transaction that did the work, so neither can exist without the other. A key is the
principal's own, for one route. The same key with another body is refused (422).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection

from . import towns
from .models import Once
from .refusals import Refused

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Request:
    """A request as idempotency sees it: who asks, for what, with which client key, and the digest of its body."""

    principal: str
    route: str
    key: str
    digest: str


def begin(request: Request, *, at: datetime) -> dict[str, Any] | None:
    """None when the request is new; otherwise the answer given the first time. Waits for a twin that is under way."""
    answer: dict[str, Any] | None = called(
        "ground_once_begin",
        towns.current_id(),
        request.principal,
        request.route,
        request.key,
        request.digest,
        at,
    )
    return answer


def keep(request: Request, answer: dict[str, Any]) -> None:
    """Store the answer of a new request, in the transaction of its work."""
    with connection.cursor() as database:
        database.execute(
            "select ground_once_keep(%s, %s, %s, %s, %s::jsonb)",
            [
                towns.current_id(),
                request.principal,
                request.route,
                request.key,
                json.dumps(answer, ensure_ascii=False),
            ],
        )


def forget_old(*, now: datetime) -> int:
    """Sweep: answers older than a week are not asked for again."""
    return Once.objects.filter(at__lt=now - KEPT_FOR).delete()[0]


def called(function: str, *values: Any) -> Any:
    """Call one SQL function and give its jsonb answer; a refusal raised in SQL comes out as `Refused`."""
    blanks = ", ".join(["%s"] * len(values))
    try:
        with connection.cursor() as database:
            database.execute(f"select {function}({blanks})", list(values))
            return _parsed(database.fetchone()[0])
    except DatabaseError as error:
        raise _refusal(error) or error from error


def _parsed(answer: Any) -> Any:
    return json.loads(answer) if isinstance(answer, str) else answer


def _refusal(error: DatabaseError) -> Refused | None:
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None or diagnosis.sqlstate != "YC001":
        return None
    return Refused(diagnosis.message_primary, **(_parsed(diagnosis.message_detail) or {}))

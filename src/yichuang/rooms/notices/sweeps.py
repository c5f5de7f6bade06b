"""What notices does again and again: read the trail and write messages; send what is due."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import Error, transaction

from yichuang.ground import towns, trail
from yichuang.ground.models import ReadTo
from yichuang.ground.trail import Cursor, Event
from yichuang.lines.sms.line import Line, NotSent, chosen

from . import actions, rules

READER = "notices"
AT_ONCE = 20  # messages a round: the other sweeps of the worker wait meanwhile

log = logging.getLogger(__name__)


@transaction.atomic
def compose(*, now: datetime) -> int:
    """Read on in the settled trail and write the messages; how many. The place and the messages move together."""
    place, _ = ReadTo.objects.select_for_update().get_or_create(
        reader=READER, defaults={"cursor": str(Cursor.START)}
    )
    events = trail.since(Cursor.parse(place.cursor) or Cursor.START)
    if not events:
        return 0
    written = sum(_composed(event, now) for event in events)
    place.cursor = str(events[-1].cursor)
    place.save(update_fields=["cursor"])
    return written


def _composed(event: Event, now: datetime) -> int:
    """One event that cannot be told must not silence all that come after it."""
    try:
        return len(actions.compose(event=event, now=now))
    except Error:
        raise
    except Exception:
        log.exception("event %s (%s) could not be put into a message", event.id, event.kind)
        return 0


def deliver(*, now: datetime, line: Line | None = None) -> int:
    """Send what is due; how many went out. Nothing rings at night, but in a demo whose hall never closes.

    The call to the gateway stands between two short transactions: an open one would hold up every reader of the trail.
    """
    if rules.is_quiet(now) and not towns.current().always_open:
        return 0
    line, sent, town = line or chosen(), 0, towns.current_id()
    for _ in range(AT_ONCE):
        with towns.within(town):
            message = actions.claim_next(now=now)
        if message is None:
            break
        try:
            line.send(phone=str(message.phone), text=message.text, key=f"{town}.{message.pk}", at=now)
        except NotSent as problem:
            with towns.within(town):
                actions.mark_failed(message=message, why=problem.why, again=problem.again, now=now)
            if problem.again:
                break  # the gateway is in trouble: the others would only wait for it too
        else:
            with towns.within(town):
                actions.mark_sent(message=message, now=now)
            sent += 1
    return sent


deliver.own_transactions = True  # type: ignore[attr-defined]

SWEEPS = [("写短信", 2.0, compose), ("发短信", 2.0, deliver)]

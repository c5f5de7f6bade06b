"""Builders for tests of feedback: services that have ended, as the database holds them."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from yichuang.ground import clock
from yichuang.ground.secrets import new_token
from yichuang.rooms.hall.models import Queue, Ticket, Window
from yichuang.rooms.people.models import Staff

_serials = itertools.count(1)


def a_visit(clerk: Staff, *, ended_at: datetime | None, channel: str = "kiosk") -> Ticket:
    """A ticket that was served; with `ended_at=None` it still is."""
    queue, _ = Queue.objects.get_or_create(key="general", defaults={"letter": "A", "name": "综合"})
    window, _ = Window.objects.get_or_create(
        number=4, defaults={"name": "综合窗口", "clerk": clerk, "status": "open"}
    )
    moment, serial = (ended_at or clock.now()), next(_serials)
    return Ticket.objects.create(
        queue=queue,
        day=clock.day_of(moment),
        serial=serial,
        number=f"A{serial:03d}",
        channel=channel,
        track_token=new_token(),
        status="finished" if ended_at else "serving",
        ordered_at=moment - timedelta(minutes=20),
        taken_at=moment - timedelta(minutes=20),
        window=window,
        clerk=clerk,
        calls=1,
        called_at=moment - timedelta(minutes=9),
        last_called_at=moment - timedelta(minutes=9),
        started_at=moment - timedelta(minutes=8),
        finished_at=ended_at,
    )

"""Builders for tests of notices: events as the trail tells them, and a line that can be out of order."""

from __future__ import annotations

from datetime import datetime

from yichuang.ground import trail
from yichuang.ground.trail import Event
from yichuang.lines.sms.line import NotSent
from yichuang.rooms.cases.models import Case
from yichuang.rooms.notices.models import Message


def told(kind: str, subject, *, at: datetime, **facts) -> Event:
    """The event as a reader of the trail gets it."""
    trail.record(kind, subject, by=None, at=at, **facts)
    return trail.told_of(subject, kinds=[kind])[-1]


def accepted(case: Case, *, at: datetime, **facts) -> Event:
    promises = {"MZ-001": "2026-12-03", "TY-002": "2026-11-30"}
    return told("cases.accepted", case, at=at, **{"promises": promises, "granted": [], **facts})


def a_message(case: Case, *, at: datetime, **changes) -> Message:
    values = {
        "event_id": Message.objects.count() + 1,
        "recipient": "applicant",
        "case": case,
        "about": "accepted",
        "phone": "13900000001",
        "text": "【试验镇一窗】您的办件已受理。",
        "next_try_at": at,
        "composed_at": at,
    }
    return Message.objects.create(**{**values, **changes})


class TestLine:
    """Keeps what it sent; fails as long as it is told to."""

    __test__ = False

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.broken: NotSent | None = None
        self.asked = 0

    def send(self, *, phone: str, text: str, key: str, at: datetime) -> None:
        self.asked += 1
        if self.broken:
            raise self.broken
        self.sent.append((phone, text, key))

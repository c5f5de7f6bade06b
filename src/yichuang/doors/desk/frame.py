"""What stands around the work on the clerk's screen: the window, the ticket in hand, the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yichuang.doors.shared.sign_in import Principal
from yichuang.ground import clock
from yichuang.ground.identity import IdNumber
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.hall.models import Ticket, Window
from yichuang.rooms.hall.states import TicketStatus, WindowStatus
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.models import Resident

LINE_SHOWN = 14  # as many as fit beside a ticket in hand
PAUSE_REASONS = ("去复印、送件", "培训", "吃饭", "交接班")
LIGHTS = {
    WindowStatus.OPEN: ("green", "开放"),
    WindowStatus.PAUSED: ("yellow", "暂停"),
    WindowStatus.CLOSED: ("grey", "未开"),
}


@dataclass(frozen=True)
class Person:
    """Who stands at the window, as far as the ticket says."""

    id_number: IdNumber
    age: int
    resident: Resident | None

    @property
    def name(self) -> str:
        return self.resident.name if self.resident else ""


@dataclass(frozen=True)
class InLine:
    """A row of the line."""

    number: str
    wish: str
    is_priority: bool
    minutes: int


@dataclass(frozen=True)
class Hand:
    """The ticket called to this window, and what may be done with it; `wait` says why the other keys rest."""

    ticket: Ticket
    person: Person | None
    wishes: list[str]
    seconds: int
    is_serving: bool
    wait: str

    @property
    def minutes(self) -> int:
        return self.seconds // 60


def frame_of(who: Principal) -> dict[str, Any]:
    """The window of this clerk, the ticket in hand, the line. Everything of it may be missing."""
    now = clock.now()
    window = hall.window_of(who.id)
    return {
        "window": window,
        "window_light": _light(window),
        "hand": hand_of(window, now) if window else None,
        "hall": hall.hall_state(now),
        "pause_reasons": PAUSE_REASONS,
        **line_of(now),
    }


def line_of(now: datetime) -> dict[str, Any]:
    """The line, the next ones first."""
    waiting = hall.waiting(clock.day_of(now))
    rows = [
        InLine(
            ticket.number,
            _wish(ticket),
            bool(ticket.priority),
            max(0, int((now - ticket.taken_at).total_seconds() // 60)),
        )
        for ticket in waiting[:LINE_SHOWN]
    ]
    return {"line": rows, "waiting": len(waiting), "line_more": max(0, len(waiting) - LINE_SHOWN)}


def hand_of(window: Window, now: datetime) -> Hand | None:
    """The ticket in hand at a window."""
    ticket = hall.in_hand(window, clock.day_of(now))
    if ticket is None:
        return None
    is_serving = ticket.status == TicketStatus.SERVING
    since = (ticket.started_at if is_serving else ticket.last_called_at) or now
    return Hand(
        ticket=ticket,
        person=_person(ticket, now),
        wishes=_short_names(ticket.items),
        seconds=max(0, int((now - since).total_seconds())),
        is_serving=is_serving,
        wait=("办完按“结束”，再叫下一个。" if is_serving else "人到了按“开始”；没来按“过号”，再叫下一个。"),
    )


def _light(window: Window | None) -> tuple[str, str]:
    if window is None:
        return "grey", "没有开窗"
    kind, word = LIGHTS[WindowStatus(window.status)]
    return kind, f"{word}：{window.pause_reason}" if window.pause_reason else word


def _person(ticket: Ticket, now: datetime) -> Person | None:
    if not ticket.id_number:
        return None
    number = IdNumber(str(ticket.id_number))
    return Person(number, number.age_on(clock.day_of(now)), people.resident_by_id_number(number))


def _wish(ticket: Ticket) -> str:
    names = _short_names(ticket.items)
    if not names:
        return "没有说" if ticket.queue.key == "general" else ticket.queue.name
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}件"


def _short_names(codes: list[str]) -> list[str]:
    items = catalog.published()
    return [items[code].short_name for code in codes if code in items]

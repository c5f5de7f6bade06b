"""Reading the hall."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Min, Q
from django.db.models.functions import ExtractHour

from yichuang.ground import clock, towns, workdays

from . import rules
from .models import OpeningHour, Queue, Ticket, Window
from .states import TicketStatus, WindowStatus

ON_THE_BOARD = 7  # the newest call and six before it
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class HallState:
    """Whether tickets are given, and when the hall opens next (None: no hours are set)."""

    is_open: bool
    opens_at: datetime | None = None

    @property
    def opens_text(self) -> str:
        """下次开门，一句话。"""
        if self.opens_at is None:
            return "开放时间还没有公布"
        at = self.opens_at
        return f"下次开门是{at.month}月{at.day}日 周{WEEKDAYS[at.weekday()]} {at:%H:%M}"


def hall_state(now: datetime) -> HallState:
    """现在开门吗，下次几点开。"""
    always, hours = _hours()
    calendar = workdays.calendar()
    if always or rules.is_open(now, hours, calendar):
        return HallState(is_open=True)
    return HallState(is_open=False, opens_at=rules.next_opening(now, hours, calendar))


_KEPT_SECONDS = 5.0
_kept: dict[int, tuple[float, bool, tuple[rules.Hours, ...]]] = {}


def _hours() -> tuple[bool, tuple[rules.Hours, ...]]:
    """Whether the town's hall is always open, and its hours; each ticket asks, so they are remembered 5 seconds."""
    town = towns.current_id()
    until, always, hours = _kept.get(town, (0.0, False, ()))
    if time.monotonic() < until:
        return always, hours
    with towns.within(town):
        always = towns.current().always_open
        hours = tuple(
            rules.Hours(each.weekday, each.opens, each.closes)
            for each in OpeningHour.objects.order_by("weekday", "opens")
        )
    _kept[town] = (time.monotonic() + _KEPT_SECONDS, always, hours)
    return always, hours


def forget_hours() -> None:
    """The hours have changed: read them anew (this process)."""
    _kept.clear()


def opening_hours() -> list[rules.Hours]:
    """The town's opening hours, by weekday."""
    return list(_hours()[1])


def queues() -> list[Queue]:
    """The town's queues in their order."""
    return list(Queue.objects.order_by("position", "key"))


def windows() -> list[Window]:
    """The town's windows by number, each with its clerk."""
    return list(Window.objects.select_related("clerk").order_by("number"))


def window_of(staff_id: int) -> Window | None:
    """The window this clerk has opened."""
    return Window.objects.select_related("clerk").filter(clerk=staff_id).first()


def waiting(day: date) -> list[Ticket]:
    """The line, in the order in which tickets are called."""
    line = Ticket.objects.select_related("queue").filter(day=day, status=TicketStatus.WAITING)
    return list(line.order_by("ordered_at", "id"))


def in_hand(window: Window, day: date) -> Ticket | None:
    """The ticket that was called to this window or is being served there."""
    held = Ticket.objects.select_related("queue", "window").filter(
        window=window, day=day, status__in=[TicketStatus.CALLED, TicketStatus.SERVING]
    )
    return held.first()


def by_track_token(token: str) -> Ticket | None:
    """The ticket behind the QR code of its slip."""
    return Ticket.objects.select_related("queue", "window").filter(track_token=token).first()


@dataclass(frozen=True)
class Estimate:
    """People who come before, and the minutes that will take."""

    ahead: int
    minutes: int


def wait_estimate(ticket: Ticket) -> Estimate:
    """前面还有几人，大约多少分钟；nothing for a ticket that no longer waits."""
    if ticket.status != TicketStatus.WAITING:
        return Estimate(0, 0)
    line = Ticket.objects.filter(day=ticket.day, status=TicketStatus.WAITING)
    before = line.filter(
        Q(ordered_at__lt=ticket.ordered_at) | Q(ordered_at=ticket.ordered_at, pk__lt=ticket.pk)
    )
    minutes = sum(before.values_list("queue__minutes_each", flat=True))
    return Estimate(before.count(), rules.wait_minutes(minutes, _open_windows()))


def usual_error_minutes(day: date) -> int | None:
    """等候时间的误差：how far off the told minutes were on average, over today's calls; None before ten of them."""
    called = Ticket.objects.filter(day=day, called_at__isnull=False).order_by("-called_at")[:100]
    errors = [
        abs((ticket.called_at - ticket.taken_at).total_seconds() / 60 - ticket.told_minutes)
        for ticket in called.only("called_at", "taken_at", "told_minutes")
        if ticket.called_at
    ]
    return round(sum(errors) / len(errors)) if len(errors) >= 10 else None


def taken_by_hour(day: date) -> dict[int, int]:
    """Tickets taken on a day by the hour of the town's clock."""
    hours = Ticket.objects.filter(day=day).annotate(hour=ExtractHour("taken_at", tzinfo=clock.TOWN_TIME))
    return dict(hours.values_list("hour").annotate(count=Count("pk")).order_by("hour"))


def _open_windows() -> int:
    return Window.objects.filter(status=WindowStatus.OPEN).count()


def board(now: datetime | None = None) -> dict[str, Any]:
    """The hall as it stands, ready to be sent as JSON; nothing personal in it.

    `called` has the newest call first, then the six before it.
    """
    now = now or clock.now()
    today, state = now.date(), hall_state(now)
    rows = windows()
    open_count = sum(row.status == WindowStatus.OPEN for row in rows)
    line = _line(today, now, open_count)
    longest = Ticket.objects.filter(day=today, status=TicketStatus.WAITING).aggregate(since=Min("taken_at"))[
        "since"
    ]
    return {
        "at": now.isoformat(timespec="seconds"),
        "hall": {"is_open": state.is_open, "opens": "" if state.is_open else state.opens_text},
        "called": _newest_calls(today),
        "queues": line,
        "windows": [
            {
                "number": row.number,
                "name": row.name,
                "status": row.status,
                "reason": row.pause_reason,
                "since": row.changed_at
                and row.changed_at.astimezone(clock.TOWN_TIME).isoformat(timespec="seconds"),
            }
            for row in rows
        ],
        "waiting": sum(queue["waiting"] for queue in line),
        "open_windows": open_count,
        "longest_wait_minutes": max(0, int((now - longest).total_seconds() // 60)) if longest else 0,
    }


BOARD_SECONDS = 1.0
_boards: dict[int, tuple[float, dict[str, Any]]] = {}
_turns: dict[
    int, int
] = {}  # rises with each change that this process makes, so that no older reading is kept


def board_lately() -> dict[str, Any]:
    """The board from memory: with this process's own changes at once, with those of others within a second."""
    town = towns.current_id()
    kept_at, kept = _boards.get(town, (0.0, {}))
    if kept and time.monotonic() - kept_at < BOARD_SECONDS:
        return kept
    turn = board_turn(town)
    fresh = board()
    keep_board(town, fresh, turn)
    return fresh


def board_turn(town: int) -> int:
    """To be asked before a board is read that shall be kept."""
    return _turns.get(town, 0)


def keep_board(town: int, fresh: dict[str, Any], turn: int) -> None:
    """Remember a board, unless something has changed while it was read."""
    if turn == _turns.get(town, 0):
        _boards[town] = (time.monotonic(), fresh)


def forget_board(town: int) -> None:
    """Something has changed that a board shows."""
    _turns[town] = _turns.get(town, 0) + 1
    _boards.pop(town, None)


def _newest_calls(today: date) -> list[dict[str, Any]]:
    calls = Ticket.objects.filter(day=today, last_called_at__isnull=False).select_related("window", "queue")
    return [
        {
            "number": ticket.number,
            "window": ticket.window and ticket.window.number,
            "queue": ticket.queue.key,
            "status": ticket.status,
            "calls": ticket.calls,
            "at": ticket.last_called_at.astimezone(clock.TOWN_TIME).isoformat(timespec="milliseconds"),
        }
        for ticket in calls.order_by("-last_called_at", "-id")[:ON_THE_BOARD]
        if ticket.last_called_at
    ]


def _line(today: date, now: datetime, open_count: int) -> list[dict[str, Any]]:
    """Each queue: who waits in it, and how long somebody would wait who joins it now."""
    with connection.cursor() as cursor:
        cursor.execute(_LINE, {"town": towns.current_id(), "today": today, "now": now})
        rows = cursor.fetchall()
    return [
        {
            "key": key,
            "letter": letter,
            "name": name,
            "hint": hint,
            "waiting": waiting,
            "minutes": rules.wait_minutes(minutes_before, open_count),
        }
        for key, letter, name, hint, waiting, minutes_before in rows
    ]


_LINE = """
select queue.key, queue.letter, queue.name, queue.hint,
  (select count(*) from hall_ticket as ticket where ticket.town_id = %(town)s and ticket.day = %(today)s
     and ticket.status = 'waiting' and ticket.queue_id = queue.id),
  (select before.minutes
     from hall_before(%(town)s, %(today)s, %(now)s - make_interval(mins => queue.head_start_minutes)) as before)
from hall_queue as queue where queue.town_id = %(town)s order by queue.position, queue.key
"""

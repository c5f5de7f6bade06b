"""The verbs of the hall. The hot four call one SQL function each and work with or without an open transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from yichuang.ground import clock, once, secrets, towns, trail
from yichuang.ground.identity import IdNumber, clean_phone
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.people.models import Staff

from . import queries, rules
from .models import OpeningHour, PriorityReason, Queue, Ticket, Window
from .states import TicketStatus

NEVER_REPEATED = once.Request(principal="", route="", key="", digest="")


@dataclass(frozen=True)
class Wish:
    """What somebody says when taking a ticket; nothing of it is needed."""

    queue: str = ""  # key; guessed from the items when empty
    items: tuple[str, ...] = ()  # item codes
    id_number: str = ""
    phone: str = ""
    priority: str = ""  # a PriorityReason; age is seen from the id number
    list_code: str = ""  # of a list saved before: its items are wished for, the window sees its answers


@dataclass(frozen=True)
class Taken:
    """The ticket as its taker gets to know it."""

    id: int
    number: str
    queue: str
    queue_name: str
    ahead: int  # people who come before, over all queues
    wait_minutes: int
    track_token: str


def take_ticket(
    *, wish: Wish, channel: str, by: models.Model | None, asked: once.Request = NEVER_REPEATED
) -> Taken:
    """取号：选没选事项都行，一个号可以办几件事。

    70 岁以上（按身份证号）自动优先。`asked` makes a repeated press give the same ticket.
    Refused: hall_closed, queue_unknown, too_many_items, item_not_offered, list_unknown, priority_unknown, id_number_*,
    phone_format.
    """
    now = clock.now()
    state = queries.hall_state(now)
    if not state.is_open:
        raise Refused("hall_closed", opens=state.opens_text)
    if wish.priority and wish.priority not in PriorityReason.values:
        raise Refused("priority_unknown", reason=wish.priority, fields={"priority": "请从列表里选"})
    wish = _with_list(wish)
    queue = _queue_of(wish)
    number = IdNumber.parse(wish.id_number, today=now.date()) if wish.id_number.strip() else None
    phone = clean_phone(wish.phone) if wish.phone.strip() else ""
    told = _called(
        "hall_take_ticket",
        towns.current_id(),
        now,
        now.date(),
        queue,
        json.dumps(wish.items),
        wish.list_code,
        channel,
        wish.priority,
        number.age_on(now.date()) if number else 0,
        secrets.encrypt(str(number), "id_number") if number else "",
        secrets.encrypt(phone, "phone"),
        secrets.new_token(),
        *trail.actor_of(by),
        *_request(asked),
    )
    return Taken(**told)


def _with_list(wish: Wish) -> Wish:
    """The first items of the list, as many as a ticket names; the window sees the others on the list itself."""
    if not wish.list_code.strip():
        return replace(wish, list_code="") if wish.list_code else wish
    with towns.within(towns.current_id()):  # a hot verb has no transaction that tells the database the town
        listed, offered = catalog.saved_list(wish.list_code), catalog.published()
    if listed is None:
        raise Refused("list_unknown", fields={"list_code": "请对照清单再输一遍"})
    wanted = wish.items or [code for code in listed.items if code in offered]
    return replace(wish, list_code=listed.code, items=tuple(wanted[: rules.MOST_ITEMS]))


def _queue_of(wish: Wish) -> str:
    if len(wish.items) > rules.MOST_ITEMS:
        raise Refused("too_many_items", most=rules.MOST_ITEMS, count=len(wish.items))
    if not wish.items:
        return wish.queue or rules.queue_for(())
    with towns.within(towns.current_id()):  # a hot verb has no transaction that tells the database the town
        offered = catalog.published()
    if strangers := [code for code in wish.items if code not in offered]:
        raise Refused("item_not_offered", codes=strangers, fields={"items": "请从列表里选"})
    return wish.queue or rules.queue_for([offered[code].audience for code in wish.items])


@dataclass(frozen=True)
class Called:
    """The ticket that was called, as the window sees it."""

    id: int
    number: str
    queue: str
    queue_name: str
    window: int
    items: list[str]
    priority: int
    waited_minutes: int


def call_next(*, window: int, by: Staff, asked: once.Request = NEVER_REPEATED) -> Called | None:
    """叫下一位。`window` is its number; None when nobody waits.

    Refused: window_unknown, window_not_open, window_not_yours, window_busy.
    """
    now = clock.now()
    told = _called("hall_call_next", towns.current_id(), now, now.date(), window, by.pk, *_request(asked))
    return Called(**told) if told else None


@dataclass(frozen=True)
class Step:
    """A ticket after a step of serving; `minutes` is the time it took (0 at the start)."""

    id: int
    number: str
    status: str
    queue: str
    window: int
    minutes: int


def start_serving(*, ticket: int, by: Staff, asked: once.Request = NEVER_REPEATED) -> Step:
    """人到了，开始办。`ticket` is its id. Refused: ticket_unknown, wrong_moment, ticket_elsewhere."""
    return _step("hall_start_serving", ticket, by, asked)


def finish_serving(*, ticket: int, by: Staff, asked: once.Request = NEVER_REPEATED) -> Step:
    """这一位办完了。`ticket` is its id. Refused: ticket_unknown, wrong_moment, ticket_elsewhere."""
    return _step("hall_finish_serving", ticket, by, asked)


def _step(verb: str, ticket: int, by: Staff, asked: once.Request) -> Step:
    try:
        return Step(**_called(verb, towns.current_id(), clock.now(), ticket, by.pk, *_request(asked)))
    except Refused as refused:
        if refused.code == "wrong_moment":
            refused.facts["state"] = TicketStatus(refused.facts["state"]).label
        raise


def _called(verb: str, *values: Any) -> Any:
    """Call a hot verb: its own transaction where none is open, else a savepoint, so that a refusal leaves it usable."""
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        told = once.called(verb, *values)
    _board_changed()
    return told


def _board_changed() -> None:
    """Boards in memory are read anew: now, and once more when an open transaction has ended."""
    town = towns.current_id()
    queries.forget_board(town)
    if connection.in_atomic_block:
        transaction.on_commit(lambda: queries.forget_board(town))


def _request(asked: once.Request) -> tuple[str, str, str, str]:
    return asked.principal, asked.route, asked.key, asked.digest


@transaction.atomic
def recall(*, ticket: Ticket, by: Staff) -> Ticket:
    """再叫一次：the board shows it as the newest call again. Refused: wrong_moment, ticket_elsewhere."""
    ticket, now = _in_hand(ticket, by), clock.now()
    ticket.move("recall")
    ticket.calls += 1
    ticket.last_called_at = now
    ticket.save(update_fields=["status", "calls", "last_called_at"])
    _record("hall.ticket_recalled", ticket, by, now, calls=ticket.calls)
    return ticket


@transaction.atomic
def miss(*, ticket: Ticket, by: Staff) -> Ticket:
    """过号：叫了没来。Refused: wrong_moment, ticket_elsewhere."""
    ticket, now = _in_hand(ticket, by), clock.now()
    ticket.move("miss")
    ticket.save(update_fields=["status"])
    _record("hall.ticket_missed", ticket, by, now, calls=ticket.calls)
    return ticket


def _in_hand(ticket: Ticket, by: Staff) -> Ticket:
    """The ticket, locked, when this clerk called it; in another's hand it is left alone."""
    locked = (
        Ticket.objects.select_for_update(of=("self",)).select_related("queue", "window").get(pk=ticket.pk)
    )
    if locked.status in (TicketStatus.CALLED, TicketStatus.SERVING) and locked.clerk_id != by.pk:
        raise Refused("ticket_elsewhere", number=locked.number, window=_window_of(locked).number)
    return locked


def _window_of(ticket: Ticket) -> Window:
    assert ticket.window is not None  # a called ticket has one, says the database
    return ticket.window


def _record(kind: str, ticket: Ticket, by: Staff, at: datetime, **facts: Any) -> None:
    trail.record(
        kind,
        ticket,
        by=by,
        at=at,
        number=ticket.number,
        queue=ticket.queue.key,
        window=_window_of(ticket).number,
        **facts,
    )
    _board_changed()


@transaction.atomic
def open_window(*, window: Window, by: Staff) -> Window:
    """开窗。A clerk sits at one window: one they left open elsewhere is closed for them, so they need not walk back.

    A window that somebody left open on an earlier day is taken over. Refused: window_taken, window_busy (a ticket is
    still in hand at the other window), wrong_moment.
    """
    now = clock.now()
    left = (
        Window.objects.select_for_update().filter(models.Q(pk=window.pk) | models.Q(clerk=by)).order_by("pk")
    )
    rows = {each.pk: each for each in left}
    window = rows.pop(window.pk)
    for other in rows.values():
        _close(other, by, now)
    if window.changed_at and clock.day_of(window.changed_at) < now.date() and window.may("close_window"):
        _close(window, by, now)
    elif window.clerk_id not in (None, by.pk):
        raise Refused("window_taken", number=window.number, clerk=window.clerk.name if window.clerk else "")
    window.move("open_window")
    _change(window, "hall.window_opened", by, now, clerk=by)
    return window


@transaction.atomic
def pause_window(*, window: Window, reason: str, by: Staff) -> Window:
    """暂停服务，写明原因，屏幕上会显示。Refused: pause_reason_missing, window_not_yours, window_busy, wrong_moment."""
    window, now = _own(window, by), clock.now()
    if not reason.strip():
        raise Refused("pause_reason_missing", fields={"reason": "请写暂停的原因"})
    _hands_free(window, now)
    window.move("pause_window")
    window.pause_reason = reason.strip()[:40]
    _change(window, "hall.window_paused", by, now, clerk=by, reason=window.pause_reason)
    return window


@transaction.atomic
def resume_window(*, window: Window, by: Staff) -> Window:
    """恢复服务。Refused: window_not_yours, wrong_moment."""
    window, now = _own(window, by), clock.now()
    window.move("resume_window")
    window.pause_reason = ""
    _change(window, "hall.window_resumed", by, now, clerk=by)
    return window


@transaction.atomic
def close_window(*, window: Window, by: Staff) -> Window:
    """关窗。Refused: window_not_yours, window_busy, wrong_moment."""
    window, now = _own(window, by), clock.now()
    _close(window, by, now)
    return window


def _own(window: Window, by: Staff) -> Window:
    window = Window.objects.select_for_update().get(pk=window.pk)
    if window.clerk_id not in (None, by.pk):
        raise Refused("window_not_yours", number=window.number)
    return window


def _close(window: Window, by: Staff, now: datetime) -> None:
    _hands_free(window, now)
    window.move("close_window")
    window.pause_reason = ""
    _change(window, "hall.window_closed", by, now, clerk=None)


def _hands_free(window: Window, now: datetime) -> None:
    held = queries.in_hand(window, now.date())
    if held is not None:
        raise Refused("window_busy", ticket=held.number, number=window.number)


def _change(
    window: Window, kind: str, by: Staff, now: datetime, *, clerk: Staff | None, **facts: Any
) -> None:
    window.clerk, window.changed_at = clerk, now
    window.save(update_fields=["status", "clerk", "pause_reason", "changed_at"])
    trail.record(kind, window, by=by, at=now, number=window.number, **facts)
    _board_changed()


@dataclass(frozen=True)
class WindowRow:
    """A window as the town's list has it."""

    number: int
    name: str
    floor_position: str = ""
    main_offices: tuple[str, ...] = ()
    backup_offices: tuple[str, ...] = ()


@transaction.atomic
def load_windows(*, windows: Sequence[WindowRow], hours: Sequence[rules.Hours], by: Staff | None) -> None:
    """装入窗口和开放时间：windows are matched by number, the hours replaced, the usual queues made where none is.

    A window that the list does not have stays as it is.
    """
    now = clock.now()
    for row in windows:
        Window.objects.update_or_create(
            number=row.number,
            defaults={
                "name": row.name,
                "floor_position": row.floor_position,
                "main_offices": list(row.main_offices),
                "backup_offices": list(row.backup_offices),
            },
        )
    OpeningHour.objects.all().delete()
    OpeningHour.objects.bulk_create(OpeningHour(**asdict(each)) for each in hours)
    have = set(Queue.objects.values_list("key", flat=True))
    Queue.objects.bulk_create(
        Queue(**asdict(queue), position=place)
        for place, queue in enumerate(USUAL_QUEUES)
        if queue.key not in have
    )
    trail.record(
        "hall.windows_loaded", towns.current(), by=by, at=now, windows=len(windows), hours=len(hours)
    )
    queries.forget_hours()
    _board_changed()


@dataclass(frozen=True)
class QueueRow:
    """A queue to begin with; a town changes its rows as it likes."""

    key: str
    letter: str
    name: str
    hint: str
    minutes_each: int
    head_start_minutes: int = 0


USUAL_QUEUES = (
    QueueRow("general", "A", "综合业务", "社保、医保、民政、证明等", minutes_each=8),
    QueueRow("quick", "B", "快办", "取证、盖一个章，3 分钟内", minutes_each=3, head_start_minutes=10),
    QueueRow("enterprise", "C", "企业和个体户", "营业执照、小餐饮、门头", minutes_each=12),
)

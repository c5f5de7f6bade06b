"""Builders for tests of the hall: a town with its own windows, its clerks, people who take tickets."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from yichuang.ground import clock, towns
from yichuang.ground.identity import make_id_number
from yichuang.rooms.hall import actions
from yichuang.rooms.hall.actions import Taken, WindowRow, Wish
from yichuang.rooms.hall.models import Ticket, Window
from yichuang.rooms.hall.rules import Hours
from yichuang.rooms.people.actions import Employment, employ, enrol_device
from yichuang.rooms.people.models import Device, Staff

MONDAY = datetime(2026, 11, 23, 9, 42, tzinfo=clock.TOWN_TIME)
HOURS = [
    *[Hours(weekday, time(8, 30), time(12)) for weekday in range(5)],
    *[Hours(weekday, time(13, 30), time(17, 30)) for weekday in range(5)],
    Hours(5, time(9), time(12)),
]
_serials = itertools.count(1)


def a_town(*, always_open: bool = True, key: str = "") -> towns.Town:
    """A town of its own, so that committed rows meet no other test's."""
    key = key or f"hall{next(_serials)}-{towns.Town.objects.count()}"
    return towns.Town.objects.create(
        key=key, name=f"{key}镇", hall_name=f"{key}大厅", always_open=always_open
    )


def a_hall(*, windows: int = 8) -> None:
    """Windows, hours and the usual queues of the current town."""
    rows = [WindowRow(number, f"综合窗口{number}号") for number in range(1, windows + 1)]
    actions.load_windows(windows=rows, hours=HOURS, by=None)


@contextmanager
def in_a_hall(**options) -> Iterator[towns.Town]:
    """Work in a new town with a hall, in one transaction."""
    town = a_town(**options)
    with towns.within(town):
        a_hall()
        yield town


def a_clerk(name: str = "王晓梅") -> Staff:
    """小王 and her colleagues. The password takes no part here, so it is not hashed slowly each time."""
    return employ(
        employment=Employment(username=f"clerk{next(_serials)}", name=name, roles=("clerk",)),
        password="x" * 12,
    )


def a_kiosk() -> Device:
    return enrol_device(kind="kiosk", name="门口取号机", by=None)[0]


def a_window(number: int) -> Window:
    return Window.objects.get(number=number)


def an_open_window(number: int, clerk: Staff | None = None) -> tuple[int, Staff]:
    """The number of a window, now open, and who sits there."""
    clerk = clerk or a_clerk()
    actions.open_window(window=a_window(number), by=clerk)
    return number, clerk


def take(queue: str = "general", **wish) -> Taken:
    """李阿姨 takes a ticket at the kiosk."""
    return actions.take_ticket(wish=Wish(queue=queue, **wish), channel="kiosk", by=None)


def a_called_ticket(number: int = 4) -> tuple[Ticket, Staff]:
    """A ticket that was taken and called to a window."""
    _, clerk = an_open_window(number)
    taken = take()
    assert actions.call_next(window=number, by=clerk) is not None
    return Ticket.objects.get(pk=taken.id), clerk


def an_id_number(born: date, serial: int = 1) -> str:
    return str(make_id_number("349900", born, serial))

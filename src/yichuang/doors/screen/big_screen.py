"""What the big screen shows: only figures that can be recounted, and nothing about a person."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from yichuang.ground import clock, towns
from yichuang.rooms.cases.models import CaseItem
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.catalog.terms import Mode
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.supervision import queries as supervision

FRESH_SECONDS = 2.0
HOURS = range(8, 18)  # drawn even when nobody came
MOST_BUSY = 5

_kept: dict[int, tuple[float, dict[str, Any]]] = {}


def told(now: datetime) -> dict[str, Any]:
    """Everything on the screen, counted at most every two seconds however many screens ask."""
    town = towns.current_id()
    until, kept = _kept.get(town, (0.0, {}))
    if time.monotonic() < until:
        return kept
    today = clock.day_of(now)
    counted = {
        "figures": supervision.figures_today(now),
        "board": hall.board_lately(),
        "promise": promise_of(list(catalog.published().values())),
        "hours": hours_of(hall.taken_by_hour(today)),
        "busy": busy_on(today),
    }
    _kept[town] = (time.monotonic() + FRESH_SECONDS, counted)
    return counted


@dataclass(frozen=True)
class Promise:
    """What the published catalogue promises, in shares of all items and mean working days of the promised ones."""

    items: int
    once: int
    once_percent: int
    unseen: int
    unseen_percent: int
    promised: float
    statutory: float
    promised_width: int  # of 100, beside the statutory limit


def promise_of(items: Sequence[ItemSpec]) -> Promise | None:
    """最多跑一次、不见面、承诺时限；None while nothing is published."""
    if not items:
        return None
    once = sum(item.visits <= 1 for item in items)
    unseen = sum(item.no_meeting for item in items)
    limited = [item for item in items if item.mode == Mode.PROMISED]
    promised = sum(item.promised_workdays for item in limited) / max(len(limited), 1)
    statutory = sum(item.statutory_workdays for item in limited) / max(len(limited), 1)
    return Promise(
        items=len(items),
        once=once,
        once_percent=once * 100 // len(items),
        unseen=unseen,
        unseen_percent=round(unseen * 100 / len(items)),
        promised=round(promised, 1),
        statutory=round(statutory, 1),
        promised_width=round(promised * 100 / statutory) if statutory else 0,
    )


@dataclass(frozen=True)
class Bar:
    """A lying bar of 0 to 100 with its name and number."""

    name: str
    count: int
    size: int


@dataclass(frozen=True)
class Column:
    """A standing bar in a drawing of CHART: left edge, top, height, and the middle for its words."""

    name: str
    count: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + COLUMN // 2

    @property
    def words_at(self) -> int:
        return self.y - 12


CHART = (992, 330)  # units of the drawing, about pixels on a wall of 1920
COLUMN = 54
HEAD, FOOT = 44, 46  # room for the number above and the hour below


def hours_of(taken: dict[int, int]) -> list[Column]:
    """今天每小时来访。"""
    hours = sorted({*HOURS, *taken})
    highest, step = max(taken.values(), default=0), CHART[0] // len(hours)
    columns = []
    for place, hour in enumerate(hours):
        height = round(taken.get(hour, 0) * (CHART[1] - HEAD - FOOT) / highest) if highest else 0
        x, y = place * step + (step - COLUMN) // 2, CHART[1] - FOOT - height
        columns.append(Column(f"{hour} 点", taken.get(hour, 0), x, y, height))
    return columns


def busy_on(day: date) -> list[Bar]:
    """今天办得多的：items accepted on a day, by their short names."""
    accepted = CaseItem.objects.filter(accepted_at__date=day).values_list("code")
    counted = accepted.annotate(count=Count("pk")).order_by("-count", "code")[:MOST_BUSY]
    known = catalog.published()
    return [
        Bar(known[code].short_name if code in known else code, count, round(count * 100 / counted[0][1]))
        for code, count in counted
    ]

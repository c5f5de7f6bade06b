"""What every guide asks of hall and offices, from memory: it changes a few times a year, a guide is read all day."""

from __future__ import annotations

import time
from dataclasses import dataclass

from yichuang.ground import towns
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.hall.models import Window
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.models import Office

KEPT_SECONDS = 2.0


@dataclass(frozen=True)
class Place:
    """The hall's windows and the town's offices as they were at most two seconds ago."""

    windows: list[Window]
    offices: dict[str, Office]


_kept: dict[int, tuple[float, Place]] = {}


def place() -> Place:
    """Of the current town."""
    town = towns.current_id()
    until, kept = _kept.get(town, (0.0, None))
    if kept is None or time.monotonic() >= until:
        kept = Place(hall.windows(), people.offices())
        _kept[town] = (time.monotonic() + KEPT_SECONDS, kept)
    return kept

"""What the trail tells of a thing, as rows of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from yichuang.ground.trail import Event
from yichuang.rooms.people.models import Device, Resident, Staff

from .schemas import Moment, Told

BY_NAME: dict[str, Any] = {"people.staff": Staff, "people.device": Device}  # a resident's name is not told


class TrailTold(Told):
    id: int
    at: Moment
    kind: str = Field(description="发生了什么，代号")
    sentence: str = Field(description="发生了什么，一句话")
    by: str = Field(description="谁办的；居民不写名字")


def trail_told(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Oldest first, each with the name of the member of staff or device."""
    events = list(events)
    names: dict[tuple[str, int | None], str] = {}
    for kind, model in BY_NAME.items():
        ids = {event.actor_id for event in events if event.actor_kind == kind}
        if ids:
            rows = model.objects.filter(pk__in=ids).values_list("pk", "name")
            names |= {(kind, number): name for number, name in rows}
    unnamed = {"system": "系统", Resident._meta.label_lower: "居民"}
    return [
        {
            "id": event.id,
            "at": event.at,
            "kind": event.kind,
            "sentence": event.sentence,
            "by": names.get((event.actor_kind, event.actor_id), unnamed.get(event.actor_kind, "")),
        }
        for event in events
    ]

"""What has been told of a case, as a page shows it: newest first, each with who did it."""

from __future__ import annotations

from yichuang.doors.shared.templatetags.parts import short_moment
from yichuang.ground import clock
from yichuang.ground.trail import Event
from yichuang.rooms.cases import queries
from yichuang.rooms.cases.models import Case, CaseItem
from yichuang.rooms.people.models import Staff

NOBODYS = {"people.resident": "居民", "people.device": "设备", "system": "系统"}
HIDDEN = {"cases.draft_saved"}  # every few seconds, and tells nobody anything


def steps_of(item: CaseItem) -> list[dict[str, str]]:
    """走到第几步, on one line: what is done carries its day."""
    return [
        {
            "label": f"{step.name} {clock.day_of(step.at):%m-%d}"
            if step.state == "done" and step.at
            else step.name,
            "state": "" if step.state == "later" else step.state,
        }
        for step in queries.steps(item)
    ]


def timeline_of(case: Case) -> list[dict[str, str]]:
    """经过：what happened, by whom, when."""
    events = [event for event in queries.timeline(case) if event.kind not in HIDDEN]
    staff = {event.actor_id for event in events if event.actor_id and event.actor_kind == "people.staff"}
    names = dict(Staff.objects.filter(pk__in=staff).values_list("pk", "name"))
    return [_shown(event, names) for event in reversed(events)]


def _shown(event: Event, names: dict[int, str]) -> dict[str, str]:
    who = names.get(event.actor_id or 0, "") or NOBODYS.get(event.actor_kind, "")
    return {"at": short_moment(event.at), "iso": event.at.isoformat(), "who": who, "what": event.sentence}

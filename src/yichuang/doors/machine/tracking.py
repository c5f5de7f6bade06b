"""Where it stands, for whoever holds the receipt or the ticket."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.cases.models import Case
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.hall.models import Ticket

from .api import router
from .case_told import MissingTold, StepTold, missing_told
from .schemas import Moment, Told

calls = router("查进度")


class TrackedItem(Told):
    name: str
    status: str
    state: str = Field(description="现在怎么样，一句话")
    promised_by: date | None
    provisional: bool
    steps: list[StepTold]


class TrackedCase(Told):
    kind: Literal["case"] = "case"
    number: str
    items: list[TrackedItem]
    missing: list[MissingTold]


class TrackedTicket(Told):
    kind: Literal["ticket"] = "ticket"
    number: str
    status: str
    ahead: int
    wait_minutes: int
    window: int | None
    taken_at: Moment


@calls.get("/track/{word:token}", response=TrackedCase | TrackedTicket, summary="办到哪了")
@audience("public")
def track(request: HttpRequest, token: str) -> dict[str, Any]:
    """凭回执或票号上的二维码，看办到哪一步、排到哪里。没有个人信息。"""
    ticket = hall.by_track_token(token)
    return _ticket_told(ticket) if ticket else _case_told(cases.by_track_token(token))


def _ticket_told(ticket: Ticket) -> dict[str, Any]:
    estimate = hall.wait_estimate(ticket)
    return {
        "kind": "ticket",
        "number": ticket.number,
        "status": ticket.status,
        "ahead": estimate.ahead,
        "wait_minutes": estimate.minutes,
        "window": ticket.window.number if ticket.window else None,
        "taken_at": ticket.taken_at,
    }


def _case_told(case: Case) -> dict[str, Any]:
    items = case.items.select_related("accepted_by", "case__village").order_by("pk")
    return {
        "kind": "case",
        "number": case.number,
        "items": [
            {
                "name": item.name,
                "status": item.status,
                "state": cases.plain_state(item),
                "promised_by": item.promised_by,
                "provisional": item.promised_is_provisional,
                "steps": cases.steps(item),
            }
            for item in items
        ],
        "missing": [missing_told(needed) for needed in cases.missing_of(case)],
    }

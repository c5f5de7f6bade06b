"""A ticket on the phone: place in line, where to go. Whoever has the token may look; it names nobody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.rooms.feedback import queries as feedback
from yichuang.rooms.hall import queries
from yichuang.rooms.hall.states import TicketStatus

from . import bring


@audience("public")
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """我的号排到哪了。"""
    return render(request, "kiosk/phone.html", _told(token))


@audience("public")
def ticket_now(request: HttpRequest, token: str) -> HttpResponse:
    """The part of the page that the stream keeps fresh."""
    return render(request, "kiosk/phone_now.html", _told(token))


def _told(token: str) -> dict[str, Any]:
    found = queries.by_track_token(token)
    if found is None:
        raise Http404
    is_over = found.status in (TicketStatus.FINISHED, TicketStatus.MISSED)
    return {
        "ticket": found,
        "estimate": queries.wait_estimate(found),
        "error_minutes": queries.usual_error_minutes(clock.now().date()),
        "bring": None if is_over else bring.for_ticket(found),
        "is_over": is_over,
        "is_today": found.day == clock.now().date(),
        "invitation": feedback.invitation_of(found) if found.status == TicketStatus.FINISHED else "",
    }

"""我有清单号：what somebody listed at home becomes a ticket with one more touch."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.actions.keeping import SIGNS
from yichuang.rooms.hall import queries

from . import bring
from .choice import Choice

LONGEST_SCANNED = 400  # a scanner types the whole address of the list


@audience("kiosk", "staff")
def saved(request: HttpRequest) -> HttpResponse:
    """输清单号：the keys until a list is found, then what is on it and what to bring."""
    written = request.GET.get("code", "")[:LONGEST_SCANNED]
    if not written.strip():
        return render(request, "kiosk/list_code.html", {"signs": SIGNS})
    if (told := of_list(Choice(list_code=written))) is not None:
        return render(request, "kiosk/list.html", told)
    refused = Refused("list_unknown")
    page = {"signs": SIGNS, "typed": written[:20], "refused": refused}
    return render(request, "kiosk/list_code.html", page, status=refused.status)


def of_list(choice: Choice, refused: Refused | None = None) -> dict[str, Any] | None:
    """The page of a list that was found; None for a code nobody has."""
    listed = catalog.saved_list(choice.list_code)
    brought = bring.for_list(listed) if listed else None
    if listed is None or brought is None:
        return None
    state = queries.hall_state(clock.now())
    return {"choice": Choice(list_code=listed.code), "bring": brought, "hall": state, "refused": refused}

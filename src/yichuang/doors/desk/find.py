"""找人、找件、找事项：one box for all three, for the clerk; the reviewer finds what was routed to the office."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.ground.identity import IdNumber, clean_phone
from yichuang.ground.refusals import Refused
from yichuang.ground.secrets import blind_index
from yichuang.rooms.cases import queries
from yichuang.rooms.cases.models import Case
from yichuang.rooms.people.models import Resident, Role

from .answers import shown, who_of
from .frame import frame_of
from .opening import items_found

MOST = 8


@audience("clerk", "reviewer", "village_head")
def find(request: HttpRequest) -> HttpResponse:
    """A page of what was found, or only the piece when a script asks. Posted: an id number stands in no address."""
    wanted = request.POST.get("q", "").strip()
    page = _found(request, wanted) if wanted else {}
    if "X-Piece" in request.headers:
        return shown(request, "desk/found.html", {**page, "q": wanted})
    who = who_of(request)
    frame = frame_of(who) if who.has(Role.CLERK) else {}
    return shown(request, "desk/find.html", {**frame, **page, "q": wanted})


def _found(request: HttpRequest, wanted: str) -> dict[str, Any]:
    who = who_of(request)
    by_person = _numbers(wanted)
    cases = queries.visible_to(who.staff).filter(
        Q(number__contains=wanted)
        | Q(applicant__name__contains=wanted)
        | Q(proxy_name__contains=wanted)
        | Q(applicant__in=_residents(by_person))
    )
    told: dict[str, Any] = {"cases": _listed(cases), "is_clerk": who.has(Role.CLERK)}
    if who.has(Role.CLERK):
        told["people"] = Resident.objects.filter(Q(name__contains=wanted) | by_person).order_by("name")[:MOST]
        told["found_items"] = items_found(wanted)
    else:
        told["tasks"] = _tasks(request, told["cases"])
    return told


def _listed(cases: QuerySet[Case]) -> list[Case]:
    return list(cases.select_related("applicant").prefetch_related("items").order_by("-opened_at")[:MOST])


def _tasks(request: HttpRequest, cases: list[Case]) -> list[Any]:
    return [
        task
        for task in queries.tray(who_of(request).staff)
        if task.item.case_id in {case.pk for case in cases}
    ]


def _numbers(wanted: str) -> Q:
    """An id number or a phone is stored so that only the whole number finds it."""
    found = Q(pk__in=[])
    with suppress(Refused):  # not an id number
        number = str(IdNumber.parse(wanted, today=clock.day_of(clock.now())))
        found |= Q(id_index=blind_index(number, "id_number"))
    with suppress(Refused):  # not a phone
        found |= Q(phone_index=blind_index(clean_phone(wanted, mobile=True), "phone"))
    return found


def _residents(by_person: Q) -> QuerySet[Resident]:
    return Resident.objects.filter(by_person)

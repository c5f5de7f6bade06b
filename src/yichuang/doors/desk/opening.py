"""Opening a case: which items, for whom, and who comes for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.ground.identity import IdNumber
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import Asked, ItemSpec, checklist
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.actions import Person
from yichuang.rooms.people.models import Resident

from .answers import act, gone_on, shown, who_of
from .case_page import resident_side
from .frame import frame_of

HITS = 8
WORDS = ("id_number", "name", "phone", "address", "village", "proxy_name", "proxy_id_number", "proxy_phone")


@dataclass(frozen=True)
class Wanted:
    """What stands in the opening form."""

    items: tuple[str, ...] = ()
    list_code: str = ""
    item_q: str = ""
    id_number: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    village: str = ""
    proxy_name: str = ""
    proxy_id_number: str = ""
    proxy_phone: str = ""
    filled: frozenset[str] = frozenset()  # read from the register, to be checked


@audience("clerk")
def opening(request: HttpRequest) -> HttpResponse:
    """收件：选事项，填申请人和代办人。"""
    frame = frame_of(who_of(request))
    if request.method != "POST":
        return opening_with(request, frame)
    wanted = _told(request.POST)
    if not wanted.items:
        wanted = _with_list(wanted)
    opened = actions.CaseOpening(
        items=wanted.items,
        applicant=Person(wanted.name, wanted.id_number, wanted.phone, wanted.address, wanted.village),
        proxy=_proxy(wanted),
        ticket=frame["hand"].ticket if frame["hand"] else None,
        list_code=wanted.list_code,
    )
    try:
        case = actions.open_case(opening=opened, by=who_of(request).staff)
    except Refused as refused:
        return opening_with(request, frame, refused, wanted)
    return gone_on(f"/desk/case/{case.number}/", f"收件 {case.number}，接着问情形、收材料")


@act
@audience("clerk")
def look(request: HttpRequest) -> HttpResponse:
    """Search for items, bring in a list and who is known, with everything typed kept."""
    wanted = _with_list(_with_known(_told(request.POST)))
    refused = None
    if wanted.list_code and catalog.saved_list(wanted.list_code) is None:
        refused = Refused("list_unknown", fields={"list_code": "没有这份清单，请对照清单再输一遍"})
    return opening_with(request, frame_of(who_of(request)), refused, wanted)


@audience("clerk")
def items(request: HttpRequest) -> HttpResponse:
    """Items for what was typed, to be ticked: a piece of a page."""
    return shown(request, "desk/item_hits.html", {"hits": items_found(request.GET.get("q", ""))})


@audience("clerk", keep_answer=False)
def known(request: HttpRequest) -> HttpResponse:
    """What the register already says of this id number; posted, so that the number stands in no log."""
    try:
        number = IdNumber.parse(request.POST.get("id_number", ""), today=clock.day_of(clock.now()))
    except Refused:
        return JsonResponse({})
    resident = people.resident_by_id_number(number)
    return JsonResponse(_of_register(resident) if resident else {})


def opening_with(
    request: HttpRequest, frame: dict[str, Any], refused: Refused | None = None, wanted: Wanted | None = None
) -> HttpResponse:
    """The opening form; at first with what the ticket says."""
    wanted = wanted or _from_ticket(frame, _asked_for(request))
    page = {
        **frame,
        **resident_side(_resident(wanted.id_number)),
        "wanted": wanted,
        "chosen": (chosen := _specs(wanted.items)),
        "at_home": _at_home(wanted.list_code, chosen),
        "hits": items_found(wanted.item_q, wanted.items),
        "items_error": refused.fields.get("items", "") if refused else "",
        "villages": [village.name for village in people.villages()],
        "bundles": catalog.life_events(),
        "focus_person": bool(wanted.items) and refused is None,
        "busy": True,
    }
    return shown(request, "desk/opening.html", page, refused)


def _told(post: Mapping[str, Any]) -> Wanted:
    picked = post.getlist("items") if hasattr(post, "getlist") else ()
    words: dict[str, Any] = {
        name: str(post.get(name, "")).strip() for name in (*WORDS, "item_q", "list_code")
    }
    return Wanted(items=tuple(dict.fromkeys(picked)), **words)


def _asked_for(request: HttpRequest) -> Wanted:
    """What a link brings: `?items=SB-001,YB-002&resident=12`."""
    codes = tuple(code for code in request.GET.get("items", "").split(",") if code)
    number = request.GET.get("resident", "")
    resident = Resident.objects.filter(pk=int(number)).first() if number.isdigit() else None
    wanted = Wanted(items=codes)
    return _with_known(replace(wanted, id_number=str(resident.id_number))) if resident else wanted


def _from_ticket(frame: dict[str, Any], wanted: Wanted) -> Wanted:
    hand = frame["hand"]
    if hand is None:
        return wanted
    wanted = _with_list(replace(wanted, list_code=hand.ticket.list_code))
    wanted = replace(wanted, items=tuple(dict.fromkeys([*wanted.items, *hand.ticket.items])))
    if wanted.id_number:
        return wanted
    if hand.person is not None:
        wanted = _with_known(replace(wanted, id_number=str(hand.person.id_number)))
    return replace(wanted, phone=wanted.phone or str(hand.ticket.phone))


def _with_list(wanted: Wanted) -> Wanted:
    """The items of the list that was brought, behind those already chosen."""
    listed = catalog.saved_list(wanted.list_code) if wanted.list_code else None
    if listed is None:
        return wanted
    return replace(wanted, list_code=listed.code, items=tuple(dict.fromkeys([*wanted.items, *listed.items])))


def _at_home(code: str, specs: list[ItemSpec]) -> list[Asked]:
    """居民已经答过：the questions of these items that the list answers."""
    listed = catalog.saved_list(code) if code else None
    return [asked for asked in checklist(specs, listed.answers).questions if asked.answer] if listed else []


def _with_known(wanted: Wanted) -> Wanted:
    """What the register knows fills the blanks; what was typed stays."""
    resident = _resident(wanted.id_number)
    if resident is None:
        return wanted
    blanks: dict[str, Any] = {
        name: value for name, value in _of_register(resident).items() if value and not getattr(wanted, name)
    }
    return replace(wanted, filled=frozenset(blanks), **blanks)


def _of_register(resident: Resident) -> dict[str, str]:
    return {
        "name": resident.name,
        "phone": str(resident.phone),
        "address": resident.address,
        "village": resident.village.name if resident.village else "",
    }


def _resident(written: str) -> Resident | None:
    if not written:
        return None
    try:
        return people.resident_by_id_number(IdNumber.parse(written, today=clock.day_of(clock.now())))
    except Refused:
        return None


def _proxy(wanted: Wanted) -> actions.Proxy | None:
    if not (wanted.proxy_name or wanted.proxy_id_number):
        return None
    return actions.Proxy(wanted.proxy_name, wanted.proxy_id_number, wanted.proxy_phone)


def _specs(codes: Iterable[str]) -> list[ItemSpec]:
    items = catalog.published()
    return [items[code] for code in codes if code in items]


def items_found(text: str, chosen: Iterable[str] = ()) -> list[ItemSpec]:
    """The items that fit what was typed, without those already chosen."""
    if not text.strip():
        return []
    found = [hit.code for hit in catalog.search(text, HITS)]
    return _specs(code for code in found if code not in set(chosen))

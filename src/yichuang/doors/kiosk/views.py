"""The kiosk: choose a queue, perhaps what to do, and take a ticket with one more touch.

For the device itself, and for staff who help at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared import english
from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.place import language
from yichuang.ground import clock, towns
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.hall import actions, queries, rules
from yichuang.rooms.hall.actions import Wish
from yichuang.rooms.hall.models import Channel, Ticket
from yichuang.rooms.people import queries as people

from . import bring, saved
from .choice import SAID_PRIORITIES, Choice

WAYS = {"id": "id_number", "phone": "phone"}  # which number is typed in, and its field
USUAL_QUEUE = "general"
A_PAGE, A_LARGE_PAGE = 8, 5  # items of a list that stand on the glass at once, the second with large letters


@audience("kiosk", "staff")
def start(request: HttpRequest) -> HttpResponse:
    """首页：等候人数、选队列、怎么取号。"""
    return render(request, "kiosk/start.html", _start(Choice.of(request.GET)))


def _start(choice: Choice, refused: Refused | None = None) -> dict[str, Any]:
    board = queries.board_lately()
    specs = choice.specs()
    chosen = choice.queue or rules.queue_for([spec.audience for spec in specs])
    return {
        "board": board,
        "general_minutes": next(
            (queue["minutes"] for queue in board["queues"] if queue["key"] == USUAL_QUEUE), 0
        ),
        "queues": [_queue(queue, chosen) for queue in board["queues"]],
        "opens_at": queries.hall_state(clock.now()).opens_at,
        "windows": len(board["windows"]),
        "choice": choice,
        "specs": specs,
        "priorities": SAID_PRIORITIES,
        "refused": refused,
    }


def _queue(queue: dict[str, Any], chosen: str) -> dict[str, Any]:
    name, hint = english.QUEUES.get(queue["key"], ("", ""))
    return {**queue, "chosen": queue["key"] == chosen, "name_en": name, "hint_en": hint}


@audience("kiosk", "staff")
def way(request: HttpRequest) -> HttpResponse:
    """下一步去哪：the start page's form posts here; the choice goes on in the address."""
    choice = Choice.of(request.POST)
    to = request.POST.get("way", "")
    if to == "items":
        return HttpResponseRedirect(f"/kiosk/items/?{choice.query}")
    if to not in WAYS:
        raise Http404
    return HttpResponseRedirect(f"/kiosk/number/?{choice.query}&way={to}")


@audience("kiosk", "staff")
def items(request: HttpRequest) -> HttpResponse:
    """选要办的事：by life event, by office, or by a word; at most three, and none is fine too."""
    choice = Choice.of(request.GET)
    if "done" in request.GET:
        if len(choice.items) <= rules.MOST_ITEMS:
            return HttpResponseRedirect(f"/kiosk/?{choice.query}")
        refused = Refused("too_many_items", most=rules.MOST_ITEMS, count=len(choice.items))
        return render(
            request, "kiosk/items.html", {**_items(request, choice), "refused": refused}, status=422
        )
    return render(request, "kiosk/items.html", _items(request, choice))


def _items(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    known = catalog.published()
    offices = {spec.office for spec in known.values()}
    shelf = _shelf(request, known)
    codes = {spec.code for spec in shelf.items}
    return {
        "choice": choice,
        "chosen": choice.specs(),
        "elsewhere": [spec for spec in choice.specs() if spec.code not in codes],
        "shelf": shelf,
        "bundles": [(bundle.key, bundle.name.removesuffix("一件事")) for bundle in catalog.life_events()],
        "offices": [office for code, office in people.offices().items() if code in offices],
        "q": request.GET.get("q", "")[:40],
        "finding": "q" in request.GET,
        "most": rules.MOST_ITEMS,
    }


@dataclass(frozen=True)
class Shelf:
    """The items that were asked for, as many as stand on the glass; `by` and `key` ask for its other pages."""

    by: str = ""
    key: str = ""
    heading: str = ""
    heading_en: str = ""
    items: tuple[ItemSpec, ...] = ()
    page: int = 1
    pages: int = 1

    @property
    def before(self) -> str:
        return f"{self.key}/{self.page - 1}" if self.page > 1 else ""

    @property
    def after(self) -> str:
        return f"{self.key}/{self.page + 1}" if self.page < self.pages else ""


def _shelf(request: HttpRequest, known: Mapping[str, ItemSpec]) -> Shelf:
    most = A_LARGE_PAGE if request.COOKIES.get("elder") else A_PAGE
    if q := request.GET.get("q", "").strip()[:40]:
        found = english.found(known, q) if language(request) == "en" else []
        hits = [] if found else catalog.search(q, A_PAGE)
        found = found or [hit.code for hit in hits if catalog.is_found(hits)]
        items = tuple(known[code] for code in found[:A_PAGE] if code in known)
        return Shelf("q", q, f"“{q}”找到的", f'Found for "{q}"', items)
    office, _, page = request.GET.get("office", "").partition("/")
    if office:
        named = people.offices().get(office)
        items = tuple(spec for spec in known.values() if spec.office == office)
        heading = named.name if named else ""
        return _paged(Shelf("office", office, heading, english.OFFICES.get(office, ""), items), page, most)
    life, _, page = request.GET.get("life", "").partition("/")
    for bundle in catalog.life_events():
        if bundle.key == life:
            items = tuple(known[code] for code in bundle.codes if code in known)
            return _paged(Shelf("life", life, bundle.name, english.EVENTS.get(life, ""), items), page, most)
    return Shelf()


def _paged(shelf: Shelf, page: str, most: int) -> Shelf:
    pages = max(1, ceil(len(shelf.items) / most))
    here = min(int(page), pages) if page.isdecimal() and int(page[:4]) else 1
    begins = (here - 1) * most
    return replace(shelf, items=shelf.items[begins : begins + most], page=here, pages=pages)


@audience("kiosk", "staff")
def number(request: HttpRequest) -> HttpResponse:
    """输身份证号或手机号，屏幕上有大键盘。"""
    to = request.GET.get("way", "")
    if to not in WAYS:
        raise Http404
    return render(request, "kiosk/number.html", _number(to, Choice.of(request.GET)))


def _number(to: str, choice: Choice, typed: str = "", refused: Refused | None = None) -> dict[str, Any]:
    return {"way": to, "field": WAYS[to], "choice": choice, "typed": typed, "refused": refused}


@audience("kiosk", "staff", hot=True)
def take(request: HttpRequest) -> HttpResponse:
    """取号。A refusal stays in the page where it was made, with what was typed."""
    if request.method != "POST":
        return HttpResponseRedirect("/kiosk/")
    who = request.who  # type: ignore[attr-defined]
    choice, to = Choice.of(request.POST), request.POST.get("way", "")
    typed = request.POST.get(WAYS.get(to, ""), "")[:40]
    try:
        if to in WAYS and not typed.strip():
            raise Refused("bad_input", what="还没有输入号码", fields={WAYS[to]: "请按下面的数字键输入"})
        wish = Wish(
            queue=choice.queue,
            items=choice.items,
            priority=choice.priority,
            id_number=typed if to == "id" else "",
            phone=typed if to == "phone" else "",
            list_code=choice.list_code,
        )
        taken = actions.take_ticket(wish=wish, channel=Channel.KIOSK, by=who.row, asked=request.once)  # type: ignore[attr-defined]
    except Refused as refused:
        with towns.within(who.town_id):
            page, told = _again(to, choice, typed, refused)
            return render(request, page, told, status=refused.status)
    return HttpResponseRedirect(f"/kiosk/ticket/{taken.track_token}")


def _again(to: str, choice: Choice, typed: str, refused: Refused) -> tuple[str, dict[str, Any]]:
    """The page where the refused ticket was asked for."""
    if to in WAYS:
        return "kiosk/number.html", _number(to, choice, typed, refused)
    listed = saved.of_list(choice, refused) if choice.list_code else None
    return ("kiosk/list.html", listed) if listed else ("kiosk/start.html", _start(choice, refused))


@audience("kiosk", "staff")
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """您的号：the number, people before, minutes, what to bring, the code for the phone, the slip."""
    found = queries.by_track_token(token)
    if found is None:
        raise Http404
    told = {
        "ticket": found,
        "estimate": queries.wait_estimate(found),
        "error_minutes": queries.usual_error_minutes(clock.now().date()),
        "bring": bring.for_ticket(found),
        "papers_shown": (shown := _papers_shown(request, found)),
        "papers_cut": f":{shown}",
        "url": bring.ticket_url(found, language(request)),
    }
    return render(request, "kiosk/ticket.html", told)


def _papers_shown(request: HttpRequest, ticket: Ticket) -> int:
    """How many papers stand on the glass beside the number; the slip and the telephone have all of them."""
    is_english, is_large = language(request) == "en", bool(request.COOKIES.get("elder"))
    return 5 - 2 * (bool(ticket.list_code) or is_large or is_english) - (is_english and is_large)

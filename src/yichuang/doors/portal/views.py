"""Home, all items, search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yichuang.doors.shared import english
from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.guides import where
from yichuang.doors.shared.place import language
from yichuang.ground import clock
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.actions import note_unfound
from yichuang.rooms.catalog.queries import Bundle
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.catalog.terms import Audience, Mode
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.people import queries as people

from .rows import EVENT_ICONS, event_card, rows

ON_THE_FIRST_PAGE = 8
FEWEST_TO_COUNT = 4  # fewer items in a month say nothing about what is asked for often
LONGEST_EXAMPLE = 7
MOST_SUGGESTED_FOR = 30  # signs; longer texts are searched, not completed
AUDIENCES = {"person": ("个人", "People"), "organisation": ("单位、店铺", "Businesses")}


@audience("public")
def home(request: HttpRequest) -> HttpResponse:
    """首页：说一句要办什么事，看大厅现在等多久，遇到大事一起办。"""
    items, bundles = catalog.published(), catalog.life_events()
    order = list(EVENT_ICONS)
    events = sorted(bundles, key=lambda event: order.index(event.key) if event.key in order else len(order))
    often = [items[code] for code in cases.often_asked(_first_of_month()) if code in items]
    quick = _one_an_office(item for item in items.values() if item.mode == Mode.ON_THE_SPOT)[:6]
    examples = _examples(items, events, request=request)
    shown: dict[str, Any] = {
        "examples": examples,
        "example": min(examples, key=len, default=""),
        "hall": _hall(),
        "events": [event_card(event) for event in events[:ON_THE_FIRST_PAGE]],
        "bundle_count": len(bundles),
        "item_count": len(items),
        "often": rows(often) if len(often) >= FEWEST_TO_COUNT else [],
        "quick": rows(quick),
    }
    return render(request, "portal/home.html", shown)


@audience("public")
def items(request: HttpRequest) -> HttpResponse:
    """全部事项，按部门排；可以只看个人的、单位的，或者一种人生大事的。"""
    for_whom, event = request.GET.get("for", ""), request.GET.get("about", "")
    everything = catalog.published().values()
    chosen = [
        item
        for item in everything
        if (for_whom not in AUDIENCES or item.audience in (for_whom, Audience.BOTH))
        and (not event or event in item.life_events)
    ]
    groups = [
        {"office": office, "rows": rows(item for item in chosen if item.office == code)}
        for code, office in people.offices().items()
        if any(item.office == code for item in chosen)
    ]
    shown = {
        "groups": groups,
        "count": len(chosen),
        "item_count": len(everything),
        "events": [event_card(each) for each in catalog.life_events()],
        "tags": list(dict.fromkeys(tag for item in everything for tag in item.life_events)),
        "audiences": [(key, *words) for key, words in AUDIENCES.items()],
        "for_whom": for_whom,
        "about": event,
    }
    return render(request, "portal/items.html", shown)


@audience("public")
def search(request: HttpRequest) -> HttpResponse:
    """查一查：说的话、拼音、错别字都能查。"""
    asked = request.GET.get("q", "").strip()[:100]
    found = catalog.published()
    hits = catalog.search(asked, 12)
    in_english = english.found(found, asked) if language(request) == "en" else []
    is_found = bool(in_english) or catalog.is_found(hits)
    if request.method == "GET" and "none" not in request.GET and not is_found:
        note_unfound(text=asked)
    examples = _examples(found, catalog.life_events(), request=request)
    codes = in_english or [hit.code for hit in hits if hit.code in found]
    shown = {
        "q": asked,
        "rows": rows(found[code] for code in codes),
        "events": [event_card(bundle) for bundle in catalog.search_events(asked)],
        "is_found": is_found,
        "said_none": "none" in request.GET,
        "noted": request.GET.get("none") == "1",
        "examples": examples,
        "example": min(examples, key=len, default=""),
    }
    return render(request, "portal/search.html", shown)


@audience("public")
def suggest(request: HttpRequest) -> HttpResponse:
    """边打边提示：a piece of a page, asked for by the search box while somebody is typing."""
    asked = request.GET.get("q", "").strip()[:MOST_SUGGESTED_FOR]
    return render(
        request, "portal/suggestions.html", {"suggestions": catalog.suggest(asked) if asked else []}
    )


@audience("public")
def none_of_these(request: HttpRequest) -> HttpResponse:
    """都不是我要找的：记下这个说法，不记是谁；编辑会来看。"""
    if request.method != "POST":
        return redirect("search")
    asked = request.POST.get("q", "").strip()[:100]
    kept = note_unfound(text=asked)
    return redirect(f"/search?{urlencode({'q': asked, 'none': int(kept)})}")


def _one_an_office(specs: Iterable[ItemSpec]) -> list[ItemSpec]:
    """The first of each office, then the others: a short list that shows the breadth of the hall."""
    rows = list(specs)
    first = list({item.office: item for item in reversed(rows)}.values())[::-1]
    return first + [item for item in rows if item not in first]


def _examples(
    specs: Mapping[str, ItemSpec], events: Iterable[Bundle], *, request: HttpRequest, most: int = 4
) -> list[str]:
    """What people say: a colloquial phrase of the first item of each event, as long as fits a line."""
    if language(request) == "en":
        return [word for word in english.EXAMPLES if english.found(specs, word)][:most]
    first = [specs[bundle.codes[0]] for bundle in events if bundle.codes and bundle.codes[0] in specs]
    words = [
        max((alias for alias in item.aliases if len(alias) <= LONGEST_EXAMPLE), key=len, default="")
        for item in first
    ]
    words += [item.aliases[0] for item in specs.values() if item.aliases]
    return [each for each in dict.fromkeys(words) if each][:most]


def _first_of_month() -> datetime:
    return clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _hall() -> dict[str, Any]:
    """The hall now: open or not, who waits, how long."""
    now = clock.now()
    state, board, hours = hall.hall_state(now), hall.board_lately(), hall.opening_hours()
    line = board["queues"][0] if board["queues"] else {"minutes": 0}
    return {
        "is_open": state.is_open,
        "opens": "" if state.is_open else state.opens_text,
        "opens_at": state.opens_at,
        "until_en": english.until_words(
            [each for each in hours if each.weekday == now.weekday()], now.time()
        ),
        "week_en": english.hours_words(hours),
        "until": where.until_words([each for each in hours if each.weekday == now.weekday()], now.time()),
        "waiting": board["waiting"],
        "minutes": line["minutes"],
        "windows": board["open_windows"],
        "week": where.hours_words(hours),
    }

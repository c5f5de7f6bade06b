"""Home, all items, search, one guide, one 一件事."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yichuang.doors.shared import guides
from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.guides import told, where
from yichuang.ground import clock
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.actions import note_unfound
from yichuang.rooms.catalog.queries import Bundle
from yichuang.rooms.catalog.rules import Checklist, ItemSpec, checklist, precheck
from yichuang.rooms.catalog.terms import Audience, Mode
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.people import queries as people

# Which of the town's events stand on the first page, and their drawings.
EVENT_ICONS = {
    "newborn": "baby",
    "school": "school",
    "small_restaurant": "shop",
    "grape_farm": "grape",
    "retire": "old-age",
    "veteran_home": "medal",
    "build_house": "house",
    "disabled": "heart",
    "marriage": "rings",
    "deceased": "flower",
    "street_stall": "shop",
    "landless": "leaf",
    "move_in": "house",
}
ON_THE_FIRST_PAGE = 8
FEWEST_TO_COUNT = 4  # fewer items in a month say nothing about what is asked for often
LONGEST_EXAMPLE = 7
AUDIENCES = {"person": "个人", "organisation": "单位、店铺"}


@dataclass(frozen=True)
class Row:
    """An item as a line of a list."""

    code: str
    name: str
    words: str
    limit: str
    on_the_spot: bool


@audience("public")
def home(request: HttpRequest) -> HttpResponse:
    """首页：说一句要办什么事，看大厅现在等多久，遇到大事一起办。"""
    items, bundles = catalog.published(), catalog.life_events()
    order = list(EVENT_ICONS)
    events = sorted(bundles, key=lambda event: order.index(event.key) if event.key in order else len(order))
    often = [items[code] for code in cases.often_asked(_first_of_month()) if code in items]
    quick = _one_an_office(item for item in items.values() if item.mode == Mode.ON_THE_SPOT)[:6]
    examples = _examples(items, events)
    shown: dict[str, Any] = {
        "examples": examples,
        "example": min(examples, key=len, default=""),
        "hall": _hall(),
        "events": [_event_card(event) for event in events[:ON_THE_FIRST_PAGE]],
        "bundle_count": len(bundles),
        "item_count": len(items),
        "often": _rows(often) if len(often) >= FEWEST_TO_COUNT else [],
        "quick": _rows(quick),
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
        {"office": office, "rows": _rows(item for item in chosen if item.office == code)}
        for code, office in people.offices().items()
        if any(item.office == code for item in chosen)
    ]
    shown = {
        "groups": groups,
        "count": len(chosen),
        "item_count": len(everything),
        "events": [_event_card(each) for each in catalog.life_events()],
        "tags": list(dict.fromkeys(tag for item in everything for tag in item.life_events)),
        "audiences": AUDIENCES.items(),
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
    if request.method == "GET" and "none" not in request.GET and not catalog.is_found(hits):
        note_unfound(text=asked)
    examples = _examples(found, catalog.life_events())
    shown = {
        "q": asked,
        "rows": _rows(found[hit.code] for hit in hits if hit.code in found),
        "events": [_event_card(bundle) for bundle in catalog.search_events(asked)],
        "is_found": catalog.is_found(hits),
        "noted": "none" in request.GET,
        "examples": examples,
        "example": min(examples, key=len, default=""),
    }
    return render(request, "portal/search.html", shown)


@audience("public")
def none_of_these(request: HttpRequest) -> HttpResponse:
    """都不是我要找的：记下这个说法，不记是谁；编辑会把它加进俗称。"""
    if request.method != "POST":
        return redirect("search")
    asked = request.POST.get("q", "").strip()[:100]
    note_unfound(text=asked)
    return redirect(f"/search?{urlencode({'q': asked, 'none': 1})}")


@audience("public")
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """办事指南：四公开（事项、程序、材料、时限），答几个问题就是自己的清单。"""
    everything = catalog.published()
    item = everything.get(code.upper())
    if item is None:
        raise Http404
    shown = guides.facts(
        item,
        _answers(request),
        everything=everything,
        bundles=catalog.life_events(),
        windows=hall.windows(),
        hours=hall.opening_hours(),
        office=people.offices().get(item.office),
        address=_page(request),
    )
    return render(request, "portal/guide.html", shown | {"live": True})


@audience("public")
def event(request: HttpRequest, key: str) -> HttpResponse:
    """一件事：几个事项合在一起，问题只问一遍，同一份材料只带一份。"""
    bundle = next((each for each in catalog.life_events() if each.key == key), None)
    if bundle is None:
        raise Http404
    everything = catalog.published()
    offered = [everything[code] for code in bundle.codes if code in everything]
    picked = set(request.GET.getlist("do"))
    chosen = [item for item in offered if item.code in picked] or offered
    answers = _answers(request)
    listed, verdict = checklist(chosen, answers), precheck(chosen, answers)
    papers = told.papers(listed, {item.code: item for item in chosen})
    shown = {
        "event": _event_card(bundle),
        "offered": [(row, any(row.code == item.code for item in chosen)) for row in _rows(offered)],
        "chosen": chosen,
        "figures": _event_figures(chosen, papers, listed),
        "papers": papers,
        **guides.told_of_questions(listed, verdict),
        "alone": sum(_alone(item, listed) for item in chosen),
        "address": guides.addressed(
            _page(request), listed, verdict, [item.code for item in chosen if picked]
        ),
    }
    return render(request, "portal/event.html", shown)


def _answers(request: HttpRequest) -> dict[str, str]:
    """What the questions' form sent; the rules take only answers that a question offers."""
    return {name: str(value) for name, value in request.GET.items() if len(value) <= 100}


def _page(request: HttpRequest) -> str:
    """The page's address on the configured name, for its QR code."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{request.path}"


def _rows(specs: Iterable[ItemSpec]) -> list[Row]:
    return [
        Row(
            code=item.code,
            name=item.name,
            words=told.first_sentence(item.condition),
            limit=told.limit(item),
            on_the_spot=item.mode == Mode.ON_THE_SPOT,
        )
        for item in specs
    ]


def _event_card(bundle: Bundle) -> dict[str, Any]:
    return {
        "key": bundle.key,
        "name": bundle.name.removesuffix("一件事"),
        "intro": bundle.intro,
        "count": len(bundle.codes),
        "icon": EVENT_ICONS.get(bundle.key, "list"),
    }


def _one_an_office(specs: Iterable[ItemSpec]) -> list[ItemSpec]:
    """The first of each office, then the others: a short list that shows the breadth of the hall."""
    rows = list(specs)
    first = list({item.office: item for item in reversed(rows)}.values())[::-1]
    return first + [item for item in rows if item not in first]


def _examples(specs: Mapping[str, ItemSpec], events: Iterable[Bundle], most: int = 4) -> list[str]:
    """What people say: a colloquial phrase of the first item of each event, as long as fits a line."""
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
        "until": where.until_words([each for each in hours if each.weekday == now.weekday()], now.time()),
        "waiting": board["waiting"],
        "minutes": line["minutes"],
        "windows": board["open_windows"],
        "week": where.hours_words(hours),
    }


def _event_figures(chosen: list[ItemSpec], papers: told.Papers, listed: Checklist) -> list[told.Figure]:
    longest = max((item.promised_workdays for item in chosen), default=0)
    visits = max((item.visits for item in chosen), default=0)
    open_questions = len(listed.unanswered)
    return [
        told.Figure("一起办", str(len(chosen)), "件", "一次收下，分头去办"),
        told.Figure(
            "最长承诺",
            str(longest) if longest else "当场",
            "个工作日" if longest else "",
            "各件自己算，不互相等",
        ),
        told.Figure("最多要跑", str(visits), "次", "材料齐的一趟办完"),
        told.Figure(
            "要带",
            str(papers.count),
            "份起" if open_questions and papers.possible else "份",
            f"还有 {open_questions} 个问题没答" if open_questions else "同一份只带一份",
        ),
    ]


def _alone(item: ItemSpec, together: Checklist) -> int:
    """How many papers this item would ask for by itself, with the same answers."""
    answers = {key: asked.answer for asked in together.questions if asked.answer for key in asked.keys}
    return told.papers(checklist([item], answers), {item.code: item}).count

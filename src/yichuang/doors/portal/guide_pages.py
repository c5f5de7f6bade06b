"""One guide, one 一件事, and what a resident leaves there: a saved list, whether it was understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from yichuang.doors.shared import english, guides
from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.guides import told
from yichuang.doors.shared.place import language
from yichuang.rooms.catalog import actions
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.queries import Bundle
from yichuang.rooms.catalog.rules import Checklist, ItemSpec, Wait, in_order, longest_workdays, savings, waits
from yichuang.rooms.hall import queries as hall

from . import lately, rows

LONGEST_ANSWER = 100


@audience("public")
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """办事指南：四公开（事项、程序、材料、时限），答几个问题就是自己的清单。"""
    item, place = _item(code), lately.place()
    shown = guides.facts(
        item,
        answers(request.GET),
        everything=catalog.published(),
        bundles=catalog.life_events(),
        windows=place.windows,
        hours=hall.opening_hours(),
        office=place.offices.get(item.office),
        address=page_address(request),
    )
    if language(request) == "en":
        unanswered = sum(not asked.answer for asked in shown["questions"])
        shown |= english.guide(item, shown["papers"], unanswered, hall.opening_hours())
    shown |= {"live": True, "thanks": request.GET.get("thanks", "")}
    return render(request, "portal/guide.html", shown)


@audience("public")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """看懂了吗：点一下就行，不记是谁；没看懂的说一声是哪里。"""
    item = _item(code)
    if request.method != "POST":
        return redirect("guide", item.code)
    understood = request.POST.get("understood") == "yes"
    actions.answer_guide(code=item.code, understood=understood, stuck=request.POST.get("stuck", ""))
    kept = [*answers(request.GET).items(), ("thanks", "yes" if understood else "no")]
    return redirect(f"/guide/{item.code}?{urlencode(kept)}#understood")


@audience("public")
def save(request: HttpRequest, code: str) -> HttpResponse:
    """存下这份清单：给一个号，到取号机和窗口报一下就行；不记是谁。"""
    item = _item(code)
    if request.method != "POST":
        return redirect("guide", item.code)
    kept = actions.save_list(codes=[item.code], answers=answers(request.POST))
    return redirect("saved_list", kept.code)


@audience("public")
def event(request: HttpRequest, key: str) -> HttpResponse:
    """一件事：几个事项合在一起，问题只问一遍，同一份材料只带一份。"""
    bundle = _bundle(key)
    offered, chosen, is_picked = _chosen(bundle, request.GET)
    own = guides.situation(chosen, answers(request.GET))
    holding = waits(chosen, own.listed)
    papers = told.papers(
        own.listed, {item.code: item for item in chosen}, {wait.document for wait in holding}
    )
    shown = {
        "event": rows.event_card(bundle),
        "offered": [(row, any(row.code == item.code for item in chosen)) for row in rows.rows(offered)],
        "chosen": chosen,
        "figures": (english.event_figures if language(request) == "en" else _figures)(
            chosen, papers, len(own.listed.unanswered), holding
        ),
        "papers": papers,
        **own.shown,
        "order": _order(chosen, holding),
        "savings": _savings(chosen, own.listed, papers.count),
        "keep_at": f"/event/{bundle.key}/save",
        "keep_codes": [item.code for item in chosen],
        "address": own.addressed(page_address(request), [item.code for item in chosen if is_picked]),
    }
    return render(request, "portal/event.html", shown)


@audience("public")
def save_event(request: HttpRequest, key: str) -> HttpResponse:
    """存下一件事的清单：只存这次选中的几件。"""
    bundle = _bundle(key)
    if request.method != "POST":
        return redirect("event", bundle.key)
    _, chosen, _ = _chosen(bundle, request.POST)
    kept = actions.save_list(codes=[item.code for item in chosen], answers=answers(request.POST))
    return redirect("saved_list", kept.code)


def answers(sent: QueryDict) -> dict[str, str]:
    """What the questions' form sent; the rules take only answers that a question offers."""
    return {name: str(value) for name, value in sent.items() if len(value) <= LONGEST_ANSWER}


def page_address(request: HttpRequest) -> str:
    """The page's address on the configured name, for its QR code."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{request.path}"


def _item(code: str) -> ItemSpec:
    item = catalog.published().get(code.upper())
    if item is None:
        raise Http404
    return item


def _bundle(key: str) -> Bundle:
    bundle = next((each for each in catalog.life_events() if each.key == key), None)
    if bundle is None:
        raise Http404
    return bundle


def _chosen(bundle: Bundle, sent: QueryDict) -> tuple[list[ItemSpec], list[ItemSpec], bool]:
    """The items offered, those wanted this time, and whether somebody chose."""
    everything = catalog.published()
    offered = [everything[code] for code in bundle.codes if code in everything]
    picked = set(sent.getlist("do"))
    return offered, [item for item in offered if item.code in picked] or offered, bool(picked)


def _figures(
    chosen: list[ItemSpec], papers: told.Papers, open_questions: int, holding: Sequence[Wait]
) -> list[told.Figure]:
    longest = longest_workdays(chosen, holding)
    visits = max((item.visits for item in chosen), default=0)
    return [
        told.Figure("一起办", str(len(chosen)), "件", "一次收下，分头去办"),
        told.Figure(
            "最长承诺",
            str(longest) if longest else "当场",
            "个工作日" if longest else "",
            "有先后的加在一起算" if holding else "各件自己算",
        ),
        told.Figure("最多要跑", str(visits), "次", "材料齐的一趟办完" if visits else "不到窗口也能办"),
        told.Figure(
            "要带",
            str(papers.count),
            "份起" if open_questions and papers.possible else "份",
            f"还有 {open_questions} 个问题没答" if open_questions else "同一份只带一份",
        ),
    ]


def _savings(chosen: list[ItemSpec], listed: Checklist, brought: int) -> list[tuple[str, str, str, bool]]:
    """一件一件办 and 一起办, counted from the items' own lists: what, apart, together, whether it is less."""
    given = {key: asked.answer for asked in listed.questions if asked.answer for key in asked.keys}
    counted = savings(chosen, given)
    lines = [
        ("跑", counted.visits, "次"),
        ("交材料", (counted.materials[0], brought), "份"),
        ("填表", counted.forms, "项"),
        ("签字的表", counted.printed, "张"),
    ]
    return [
        (what, f"{apart} {unit}", f"{together} {unit}", together < apart)
        for what, (apart, together), unit in lines
        if len(chosen) > 1 and apart
    ]


def _order(chosen: list[ItemSpec], holding: Sequence[Wait]) -> list[dict[str, Any]]:
    """先后: each item in its turn, with what it waits for; empty when none waits."""
    if not holding:
        return []
    names = {item.code: item.short_name for item in chosen}
    ordered = []
    for item in in_order(chosen, holding):
        needs = [(names[wait.after], wait.document[0]) for wait in holding if wait.item == item.code]
        ordered.append({"code": item.code, "name": item.name, "limit": told.limit(item), "needs": needs})
    return ordered

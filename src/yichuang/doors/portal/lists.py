"""The list somebody saved: shown, ticked off and printed under its number."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yichuang.doors.shared import guides
from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.guides import told, where
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.actions.keeping import KEPT_DAYS
from yichuang.rooms.catalog.rules import waits
from yichuang.rooms.hall import queries as hall

MOST_TYPED = 60


@audience("public")
def ask(request: HttpRequest) -> HttpResponse:
    """请输入清单号：纸上或手机上的 8 位；整条链接贴进来也认。"""
    written = "".join(request.GET.get("code", "").split())[:MOST_TYPED]
    code = written.rstrip("/").rsplit("/", 1)[-1]
    if code:
        return redirect("saved_list", code)
    return render(request, "portal/list_ask.html", {"written": "", "kept_days": KEPT_DAYS})


@audience("public")
def saved_list(request: HttpRequest, code: str) -> HttpResponse:
    """您的清单：这几件事要带什么，备好一样勾一样；给窗口报清单号就行。"""
    kept = catalog.saved_list(code)
    everything = catalog.published()
    items = [everything[each] for each in kept.items if each in everything] if kept else []
    if kept is None or not items:
        return render(
            request,
            "portal/list_ask.html",
            {"written": code[:MOST_TYPED], "kept_days": KEPT_DAYS},
            status=404,
        )
    own = guides.situation(items, kept.answers)
    made = {wait.document for wait in waits(items, own.listed)}
    shown = {
        "code": kept.code,
        "grouped": grouped(kept.code),
        "items": items,
        "papers": told.papers(own.listed, {item.code: item for item in items}, made),
        **own.shown,
        "hours": where.hours_words(hall.opening_hours()),
        "kept_days": KEPT_DAYS,
        "address": f"{settings.PUBLIC_URL.rstrip('/')}/list/{kept.code}",
    }
    answer = render(request, "portal/list.html", shown)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def grouped(code: str) -> str:
    """K7MP 3XQ9"""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))

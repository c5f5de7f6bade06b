"""The figures of the hall: what they are, how they are counted, and the records behind them."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.ground.refusals import Refused
from yichuang.rooms.supervision import queries
from yichuang.rooms.supervision.rules import Period, named_period

PERIODS = {"today": "今天", "yesterday": "昨天", "week": "本周", "month": "本月", "year": "今年"}
MAIN = ("accepted_cases", "visitors", "satisfaction")  # the share of those who rated stands beside the last


@audience("hall_manager", "supervisor", "leader", "auditor")
def figures(request: HttpRequest) -> HttpResponse:
    """数字：办件、来访、满意度；点开就是记录，重新数一遍应当一致。"""
    name, period = _asked_for(request)
    again: dict[str, queries.Figure] = {}
    if "recount" in request.GET:
        told, again = queries.compared(period.first, period.last)
    else:
        told = queries.figures(period.first, period.last)
    query = _query(name, period)
    shown = [
        {
            "figure": figure,
            "beside": told.get(figure.beside),
            "href": f"/office/figures/{figure.name}/?{query}",
            "beside_href": f"/office/figures/{figure.beside}/?{query}",
            "again": again.get(figure.name),
            "beside_again": again.get(figure.beside),
        }
        for figure in (told[each] for each in MAIN)
    ]
    return render(
        request,
        "office/figures.html",
        {
            "shown": shown,
            "all": told.values(),
            "is_recounted": bool(again),
            "agrees": again == told,
            "query": query,
            **_period_choice("/office/figures/", name, period),
        },
    )


@audience("hall_manager", "supervisor", "leader", "auditor")
def records(request: HttpRequest, figure: str) -> HttpResponse:
    """一个数字背后的记录，居民的姓名和号码都遮住。"""
    name, period = _asked_for(request)
    definition = queries.definition(figure)
    page = request.GET.get("page", "1")
    found = queries.records(
        figure, period.first, period.last, int(page) if page.isdecimal() and len(page) < 7 else 1
    )
    query = _query(name, period)
    return render(
        request,
        "office/records.html",
        {
            "figure": queries.figures(period.first, period.last)[figure],
            "definition": definition,
            "found": found,
            "is_person_shown": any(row.who for row in found.rows),
            "back": f"/office/figures/?{query}",
            "earlier": f"?{query}&page={found.page + 1}" if found.page < found.pages else "",
            "later": f"?{query}&page={found.page - 1}" if found.page > 1 else "",
            **_period_choice(f"/office/figures/{figure}/", name, period),
        },
    )


def _asked_for(request: HttpRequest) -> tuple[str, Period]:
    """The named period, or the days of the two date fields (its name is empty then); today when nothing is said."""
    today = clock.day_of(clock.now())
    is_own_choice = "first" in request.GET or "last" in request.GET
    name = request.GET.get("period", "" if is_own_choice else "today")
    if period := named_period(name, today):
        return name, period
    return "", Period(_day(request, "first", today), _day(request, "last", today))


def _day(request: HttpRequest, field: str, today: date) -> date:
    written = request.GET.get(field, "")
    try:
        return date.fromisoformat(written) if written else today
    except ValueError:
        sentence = {"first": "开始的日期", "last": "结束的日期"}[field]
        raise Refused(
            "bad_input", what=f"{sentence}要写成 2026-11-23 这样", fields={field: "日期不对"}
        ) from None


def _query(name: str, period: Period) -> str:
    return urlencode({"period": name} if name else {"first": period.first, "last": period.last})


def _period_choice(address: str, name: str, period: Period) -> dict[str, Any]:
    tabs = [
        {"label": label, "href": f"{address}?period={key}", "current": key == name}
        for key, label in PERIODS.items()
    ]
    choice = {"tabs": tabs, "period": period, "period_name": name, "address": address}
    return choice | {"is_own_choice": not name}

"""没查到的说法：what residents typed and did not find, made a colloquial word of an item with one press."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import actions, queries
from yichuang.rooms.catalog.models import UnfoundQuery
from yichuang.rooms.catalog.rules import may_edit
from yichuang.rooms.people.models import Role

from . import frame

A_PAGE = 40
GUESSES = 3
LEAST_LIKE = 15.0  # of a hit's score; below that it is noise


@audience(*frame.READERS)
def unfound(request: HttpRequest) -> HttpResponse:
    """没查到的说法：次数多的在前；点一下就写进事项的俗称，请另一个人核对后发布。"""
    who = frame.who_of(request)
    may_write = who.has(Role.EDITOR)
    office = frame.office_of(who.staff)
    rows = queries.unfound(A_PAGE)
    items = queries.published()
    shown: dict[str, Any] = {
        "rows": [{"query": row, "guesses": _guesses(row.text, office if may_write else "")} for row in rows],
        "total": len(queries.unfound()),
        "choices": [
            (code, f"{item.name}（{code}）") for code, item in items.items() if may_edit(office, item.office)
        ],
        "may_write": may_write,
        "picked": request.GET.get("pick") == "once",
        "toast": _done(request),
    }
    return render(request, "office/versions/unfound.html", shown)


@audience("editor")
def settle(request: HttpRequest) -> HttpResponse:
    """加进俗称：这个说法就是那个事项。"""
    if request.method != "POST":
        return HttpResponseRedirect("/office/catalog/unfound/")
    query = _of(request.POST.get("query", ""))
    item = queries.item(request.POST.get("item", ""))
    if item is None:
        raise Refused("no_items_chosen")
    made = actions.settle_unfound(query=query, item=item, by=frame.who_of(request).staff)
    told = {"done": "settled" if made else "known", "item": item.code}
    return HttpResponseRedirect(f"/office/catalog/unfound/?{urlencode(told)}")


@audience("editor")
def dismiss(request: HttpRequest) -> HttpResponse:
    """不用管：勾上的说法都不是要办的事。"""
    if request.method != "POST":
        return HttpResponseRedirect("/office/catalog/unfound/")
    who, wanted = frame.who_of(request).staff, request.POST.getlist("queries")[:A_PAGE]
    if not wanted:
        raise Refused("none_ticked", most=A_PAGE)
    for each in wanted:
        actions.dismiss_unfound(query=_of(each), by=who)
    return HttpResponseRedirect(f"/office/catalog/unfound/?{urlencode({'done': len(wanted)})}")


def _of(number: str) -> UnfoundQuery:
    """The query of this number. Refused: proposal_moved_on when somebody was faster or there never was one."""
    found = None
    if number.isdecimal() and len(number) < 19:
        found = UnfoundQuery.objects.filter(pk=int(number)).first()
    if found is None:
        raise Refused("not_found")
    return found


def _guesses(text: str, office: str) -> list[tuple[str, str]]:
    """The items it may have been meant for, as far as this person may change them."""
    items = queries.published()
    found = [hit for hit in queries.search(text, 3 * GUESSES) if hit.score >= LEAST_LIKE]
    hits = [items[hit.code] for hit in found if hit.code in items]
    return [(item.code, item.short_name or item.name) for item in hits if may_edit(office, item.office)][
        :GUESSES
    ]


def _done(request: HttpRequest) -> dict[str, str] | None:
    done, code = request.GET.get("done", ""), request.GET.get("item", "")
    if done.isdecimal() and len(done) < 4:
        return {"text": f"{done} 个说法不再列出来。"}
    item = queries.published().get(code)
    name = item.name if item else ""
    return frame.toast(
        request,
        settled=f"写进“{name}”的俗称了，等另一个人核对后发布。",
        known=f"“{name}”已经有这个俗称，不再列出来。",
    )

"""One version: what is different in it, sentence by sentence, and the second person's decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.templatetags.parts import short_moment
from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import actions, queries
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.catalog.rules import Difference, completeness, differences
from yichuang.rooms.catalog.states import VersionStatus
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.models import Role

from ..marks import Row, side_by_side
from . import frame
from .catalogue import sent_back


@audience(*frame.READERS)
def version_page(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """一版和另一版对着看；`?whole=1` is all it says, to print."""
    item = frame.item_of(code)
    row = frame.version_of(item, version)
    if request.GET.get("whole") == "1":
        return _whole(request, item, row)
    return _page(request, item, row)


@audience("publisher")
def publish(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """发布：现在，或者从定好的一天起。"""
    item = frame.item_of(code)
    row = frame.version_of(item, version)
    if request.method != "POST":
        return HttpResponseRedirect(f"/office/catalog/{code}/{version}/")
    try:
        day = _day(request)
        done = actions.publish(version=row, by=frame.who_of(request).staff, effective_on=day)
    except Refused as refused:
        if not refused.fields:
            raise
        return _page(request, item, row, refused)
    state = "scheduled" if done.status == VersionStatus.SCHEDULED else "published"
    return HttpResponseRedirect(f"/office/catalog/{code}/?done={state}")


@audience("publisher")
def send_back(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """退回修改：写清哪里要改。"""
    item = frame.item_of(code)
    row = frame.version_of(item, version)
    if request.method != "POST":
        return HttpResponseRedirect(f"/office/catalog/{code}/{version}/")
    try:
        actions.send_back(version=row, reason=request.POST.get("reason", ""), by=frame.who_of(request).staff)
    except Refused as refused:
        if not refused.fields:
            raise
        return _page(request, item, row, refused)
    return HttpResponseRedirect(f"/office/catalog/{code}/{version}/?done=back")


def _page(
    request: HttpRequest, item: ServiceItem, row: ItemVersion, refused: Refused | None = None
) -> HttpResponse:
    who = frame.who_of(request)
    rows = queries.versions(item)
    against = _against(request, row, rows)
    names = office_names()
    spec = queries.spec(row.pk)
    changed = differences(queries.spec(against.pk) if against else None, spec, offices=names)
    is_decided = row.status not in (VersionStatus.PROPOSED, VersionStatus.SCHEDULED)
    shown: dict[str, Any] = {
        "item": item,
        "version": row,
        "light": frame.light(row),
        "against": against,
        "others": len(rows) > 1,
        "other_choices": [
            (each.number, f"第 {each.number} 版（{frame.light(each)['label']}）")
            for each in rows
            if each.number != row.number
        ],
        "who_wrote": _who_wrote(row),
        "edit_address": f"/office/catalog/{item.code}/draft/",
        "groups": _by_part(changed),
        "count": len(changed),
        "told": [(event.at, event.sentence.split(" ", 1)[-1]) for event in trail.told_of(row)],
        "sent_back": sent_back(row) if row.status == VersionStatus.DRAFT else "",
        "may_write": frame.may_write(who, item),
        "may_decide": who.has(Role.PUBLISHER) and not is_decided,
        "why_not": frame.why_not(who, row) if who.has(Role.PUBLISHER) and not is_decided else "",
        "is_scheduled": row.status == VersionStatus.SCHEDULED,
        "today_text": f"{clock.day_of(clock.now())}",
        "measured": completeness(spec),
        "refused": refused,
        "reason": request.POST.get("reason", ""),
        "effective_on": request.POST.get("effective_on", ""),
        "toast": frame.toast(request, back="退回去了，写的人会看到原因。"),
    }
    return render(request, "office/versions/version.html", shown, status=refused.status if refused else 200)


def _who_wrote(row: ItemVersion) -> list[tuple[str, str]]:
    """谁写、谁提交、谁发布，和为什么改。"""
    told = [("为什么改", row.reason or "没有写")]
    for what, who, at in (
        ("写", row.made_by, row.made_at),
        ("提交", row.proposed_by, row.proposed_at),
        ("发布", row.published_by, row.published_at),
    ):
        if who:
            told.append((what, f"{who.name}　{short_moment(at)}"))
    return told


def _whole(request: HttpRequest, item: ServiceItem, row: ItemVersion) -> HttpResponse:
    """全文：every column and every part of a version in plain words, on paper."""
    said = differences(None, queries.spec(row.pk), offices=office_names())
    groups = [(part, list(each)) for part, each in groupby(said, key=lambda each: each.part)]
    shown = {"item": item, "version": row, "groups": groups, "light": frame.light(row)}
    return render(request, "office/versions/whole.html", shown)


def _against(request: HttpRequest, row: ItemVersion, rows: Sequence[ItemVersion]) -> ItemVersion | None:
    """The version on the left side: the one asked for, else the one that was in force before this."""
    asked = request.GET.get("against", "")
    if asked:
        found = [each for each in rows if str(each.number) == asked and each.number != row.number]
        if not found:
            raise Http404
        return found[0]
    in_force = (VersionStatus.PUBLISHED, VersionStatus.RETIRED)
    return next((each for each in rows if each.number < row.number and each.status in in_force), None)


def _by_part(changed: Sequence[Difference]) -> list[tuple[str, list[Row]]]:
    """Both columns of each part, the changed signs marked."""
    return [(part, list(rows)) for part, rows in groupby(side_by_side(changed), key=lambda row: row.part)]


def office_names() -> dict[str, str]:
    return {code: str(office.name) for code, office in people.offices().items()}


def _day(request: HttpRequest) -> date | None:
    written = request.POST.get("effective_on", "").strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Refused("effective_in_the_past", fields={"effective_on": "请选一个日子"}) from None

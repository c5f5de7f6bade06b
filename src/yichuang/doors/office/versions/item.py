"""One item: what is in force, what was saved, every version there was, and how it goes at the window."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.guides import told
from yichuang.ground import clock
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.catalog import actions, queries, standing
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.catalog.rules import ItemSpec, checklist
from yichuang.rooms.catalog.states import OPEN, VersionStatus
from yichuang.rooms.catalog.terms import Mode
from yichuang.rooms.people.models import Role

from . import frame

LOOKED_BACK_DAYS = 90
NEXT_CHECK_DAYS = 365


@audience(*frame.READERS)
def item_page(request: HttpRequest, code: str) -> HttpResponse:
    """一个事项：现在怎么办、省了什么、改过几次、窗口上顺不顺。"""
    return _page(request, frame.item_of(code))


@audience("editor")
def basis(request: HttpRequest, code: str) -> HttpResponse:
    """核对依据：对照了原文，写下结论和下次核对的日子。"""
    item = frame.item_of(code)
    if request.method != "POST":
        return HttpResponseRedirect(f"/office/catalog/{code}/#basis")
    try:
        actions.check_basis(
            item=item,
            words=request.POST.get("words", ""),
            next_on=_day(request.POST.get("next_on", "")),
            by=frame.who_of(request).staff,
        )
    except Refused as refused:
        if not refused.fields:
            raise
        return _page(request, item, refused)
    return HttpResponseRedirect(f"/office/catalog/{code}/?done=checked#basis")


@audience("publisher")
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """停用：先问清楚；不再收件，办着的件照旧办完。"""
    item = frame.item_of(code)
    rows = queries.versions(item)
    now_valid = next((row for row in rows if row.status == VersionStatus.PUBLISHED), None)
    if now_valid is None:
        return HttpResponseRedirect(f"/office/catalog/{code}/")
    if request.method == "POST":
        if request.POST.get("number") != str(now_valid.number):
            raise Refused("version_moved_on", number=now_valid.number)
        actions.retire(version=now_valid, by=frame.who_of(request).staff)
        return HttpResponseRedirect("/office/catalog/?done=retired")
    shown = {
        "item": item,
        "version": now_valid,
        "running": cases.running_of(code),
        "events": [each.name for each in queries.life_events() if code in each.codes],
        "open": next((row for row in rows if row.status in OPEN), None),
    }
    return render(request, "office/versions/retire.html", shown)


def _page(request: HttpRequest, item: ServiceItem, refused: Refused | None = None) -> HttpResponse:
    who = frame.who_of(request)
    rows = queries.versions(item)
    if not rows:
        raise Refused("item_unknown", codes=[item.code])
    valid = next((row for row in rows if row.status == VersionStatus.PUBLISHED), None)
    being_written = next((row for row in rows if row.status in OPEN), None)
    spec = queries.spec(valid.pk) if valid else None
    now = clock.now()
    since = now - timedelta(days=LOOKED_BACK_DAYS)
    answers = standing.understood(clock.day_of(since)).get(item.code)
    shown: dict[str, Any] = {
        "item": item,
        "version": valid,
        "newest": rows[0],
        "open": being_written,
        "open_light": frame.light(being_written) if being_written else None,
        "spec": spec,
        "facts": facts(spec) if spec else [],
        "saved": [(*row, row[1] - row[2]) for row in saved(spec)] if spec else [],
        "guide_address": f"/guide/{item.code}",
        "whole_address": f"/office/catalog/{item.code}/{valid.number}/?whole=1" if valid else "",
        "retire_address": f"/office/catalog/{item.code}/retire/",
        "measured": frame.measured(spec) if spec else None,
        "history": [(row, frame.light(row), _until(row, rows)) for row in rows],
        "may_write": frame.may_write(who, item) and being_written is None,
        "is_own_office": frame.may_write(who, item),
        "is_editor": who.has(Role.EDITOR),
        "is_publisher": who.has(Role.PUBLISHER),
        "check": standing.basis_checks([item]).get(item.code),
        "today": clock.day_of(now),
        "next_on_text": request.POST.get("next_on")
        or f"{clock.day_of(now) + timedelta(days=NEXT_CHECK_DAYS)}",
        "words": request.POST.get("words", ""),
        "refused": refused,
        "came": cases.corrections_by_item(since).get(item.code),
        "notices": cases.notices_of(item.code, since),
        "understood": answers,
        "stuck": answers.stuck.most_common() if answers else [],
        "toast": frame.toast(
            request,
            published="发布了，现在都按新的。",
            scheduled="核准了，到日子自动生效。",
            checked="核对记下了。",
        ),
    }
    return render(request, "office/versions/item.html", shown, status=refused.status if refused else 200)


def facts(spec: ItemSpec) -> list[tuple[str, str]]:
    """现在怎么办，in the facts a publisher asks for first."""
    listed = checklist([spec], {})
    promise = (
        "当场办结"
        if spec.mode == Mode.ON_THE_SPOT
        else f"承诺 {spec.promised_workdays} 个工作日，法定 {spec.statutory_workdays} 个工作日"
    )
    extra = f"，看情形再加 {len(listed.possible)} 份" if listed.possible else ""
    return [
        ("多久办好", promise),
        ("跑几次", f"最多 {spec.visits} 次" + ("，可以不到场" if spec.no_meeting else "")),
        ("材料", f"都要的 {len(listed.materials)} 份{extra}"),
        ("要问的情形", f"{len(listed.questions)} 个" if listed.questions else "没有"),
        ("步骤", "、".join(name for name, _ in spec.procedure)),
        ("收费", spec.fee),
        ("办成得到", spec.result),
        ("谁能办", spec.condition),
        ("法律依据", spec.legal_basis),
    ]


def saved(spec: ItemSpec) -> list[tuple[str, int, int, str]]:
    """比改革前省了什么：what, before, now, unit. Papers now are those everybody brings."""
    papers = told.papers(checklist([spec], {}), {spec.code: spec})  # as the guide counts them
    past = spec.baseline
    return [
        ("跑几次", past.visits, spec.visits, "次"),
        ("找几个部门", past.offices, 1, "个"),  # the one-stop window stands for all of them
        ("交几份", past.materials, papers.count, "份"),
        ("等几个工作日", past.workdays, spec.promised_workdays, "天"),
    ]


def _until(row: ItemVersion, rows: list[ItemVersion]) -> date | None:
    return clock.day_of(row.retired_at) if row.retired_at else None


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused("next_check_date", fields={"next_on": "请选一个日子"}) from None

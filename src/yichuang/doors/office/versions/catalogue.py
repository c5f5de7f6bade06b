"""事项目录：every item with what is in force and what is being written; on top what waits for whoever looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import actions, queries, standing
from yichuang.rooms.catalog.loading import publish_imported
from yichuang.rooms.catalog.models import ItemVersion
from yichuang.rooms.catalog.rules import ItemSpec, differences
from yichuang.rooms.catalog.standing import Standing
from yichuang.rooms.catalog.states import VersionStatus
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.models import Office, Role

from . import frame

STATES = {
    "published": "在用",
    "draft": "有草稿",
    "proposed": "等人发布",
    "scheduled": "到日子生效",
    "new": "还没发布过",
    "retired": "已停用",
}
SCORES = {"100": "100 分", "90": "90 到 99 分", "0": "不到 90 分"}
MOST_FOUND = 50
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """One item of the list."""

    standing: Standing
    spec: ItemSpec | None
    score: int | None
    days: int | None  # since when the version in force is in force
    state_words: str
    open_light: dict[str, str] | None

    @property
    def code(self) -> str:
        return self.standing.item.code


@dataclass(frozen=True)
class Proposal:
    """A version that waits for a second person."""

    version: ItemVersion
    is_new: bool
    changes: int
    first: tuple[str, ...]  # what is different, in a few words
    why_not: str  # why this person may not publish it


@audience(*frame.READERS)
def catalogue(request: HttpRequest) -> HttpResponse:
    """事项目录：找一个事项，看它现在是哪一版、有没有人在改；上面是等您做的。"""
    who = frame.who_of(request)
    everything = [line_of(each) for each in standing.standing()]
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "office", "state", "score")}
    lines = _chosen(everything, asked)
    offices = people.offices()
    mine = _drafts(everything, who) if who.has(Role.EDITOR) else []
    waiting = _waiting(everything, who, offices) if who.has(Role.PUBLISHER) else []
    shown: dict[str, Any] = {
        "groups": _by_office(lines),
        "count": len(lines),
        "total": len(everything),
        "in_force": sum(each.standing.published is not None for each in everything),
        "average": _average(everything),
        "asked": asked,
        "is_filtered": any(asked.values()),
        "offices": [(code, office.name) for code, office in offices.items()],
        "states": list(STATES.items()),
        "scores": list(SCORES.items()),
        "waiting": len(waiting),
        "single": [each for each in waiting if not each.version.batch],
        "imports": _imports(waiting),
        "is_publisher": who.has(Role.PUBLISHER),
        "is_editor": who.has(Role.EDITOR),
        "drafts": mine,
        "picked": request.GET.get("pick") == "all",
        "unfound_label": f"没查到的说法 {count}" if (count := len(queries.unfound())) else "没查到的说法",
        "toast": _done(request),
    }
    return render(request, "office/versions/catalogue.html", shown)


@audience("publisher")
def publish_several(request: HttpRequest) -> HttpResponse:
    """一起发布：勾上的一起，有一个不行就都不发布。"""
    if request.method != "POST":
        return HttpResponseRedirect("/office/catalog/")
    who = frame.who_of(request).staff
    if batch := request.POST.get("batch", ""):
        done = publish_imported(batch=batch[:40], by=who)
        return HttpResponseRedirect(f"/office/catalog/?{urlencode({'done': done})}")
    wanted = [int(each) for each in request.POST.getlist("versions") if each.isdecimal() and len(each) < 19]
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise Refused("none_ticked", most=MOST_AT_ONCE)
    proposed = [row for row in queries.open_versions() if row.pk in set(wanted)]
    if len(proposed) != len(set(wanted)):
        raise Refused("proposal_moved_on")
    for version in sorted(
        proposed, key=lambda row: row.item_id
    ):  # always in one order: nobody waits in a ring
        actions.publish(version=version, by=who)
    return HttpResponseRedirect(f"/office/catalog/?{urlencode({'done': len(proposed)})}")


def line_of(each: Standing) -> Line:
    """What a list says of an item."""
    spec = queries.published().get(each.item.code)
    since = each.published and (each.published.effective_on or _day(each.published))
    days = (clock.day_of(clock.now()) - since).days if since else None
    words = {"published": "在用", "retired": "已停用", "new": "还没发布过"}[each.state]
    score = frame.measured(spec).score if spec else None
    return Line(each, spec, score, days, words, frame.light(each.open) if each.open else None)


def _day(version: ItemVersion) -> Any:
    return clock.day_of(version.published_at) if version.published_at else None


def _chosen(lines: Iterable[Line], asked: dict[str, str]) -> list[Line]:
    """The lines that every filter lets through."""
    found: dict[str, int] = {}
    if asked["q"]:
        found = {hit.code: place for place, hit in enumerate(queries.search(asked["q"], MOST_FOUND))}
    return [line for line in lines if _fits(line, asked, found)]


def _fits(line: Line, asked: dict[str, str], found: dict[str, int]) -> bool:
    each = line.standing
    if asked["office"] and each.item.office.code != asked["office"]:
        return False
    if asked["state"] and asked["state"] != each.state and asked["state"] != (each.open and each.open.status):
        return False
    if asked["score"] in SCORES and _band(line.score) != asked["score"]:
        return False
    words = asked["q"].lower()
    names = f"{line.code} {each.shown.name} {each.shown.short_name}".lower()
    return not words or words in names or line.code in found


def _band(score: int | None) -> str:
    return "" if score is None else "100" if score == 100 else "90" if score >= 90 else "0"


def _by_office(lines: Iterable[Line]) -> list[tuple[Office, list[Line]]]:
    groups: dict[str, tuple[Office, list[Line]]] = {}
    for line in lines:
        office = line.standing.item.office
        groups.setdefault(office.code, (office, []))[1].append(line)
    return list(groups.values())


def _average(lines: Iterable[Line]) -> int | None:
    scores = [line.score for line in lines if line.score is not None]
    return round(sum(scores) / len(scores)) if scores else None


def _waiting(lines: Iterable[Line], who: Any, offices: dict[str, Office]) -> list[Proposal]:
    """等您发布：what was proposed, the longest waiting first, with how much of it is different."""
    names = {code: str(office.name) for code, office in offices.items()}
    specs = {line.code: line.spec for line in lines}
    proposed = [
        line.standing.open
        for line in lines
        if line.standing.open and line.standing.open.status == VersionStatus.PROPOSED
    ]
    found = []
    for version, spec in zip(proposed, queries.specs(proposed), strict=True):
        old = specs[version.item.code]
        changed = differences(old, spec, offices=names)
        first = tuple(f"{each.part}：{each.what}" for each in changed[:3])
        found.append(Proposal(version, old is None, len(changed), first, frame.why_not(who, version)))
    return sorted(found, key=lambda each: each.version.proposed_at or clock.now())


def _imports(waiting: Iterable[Proposal]) -> list[tuple[str, list[Proposal]]]:
    """What one import proposed, together: it is published together."""
    batches: dict[str, list[Proposal]] = {}
    for each in waiting:
        if each.version.batch:
            batches.setdefault(each.version.batch, []).append(each)
    return list(batches.items())


def _drafts(lines: Iterable[Line], who: Any) -> list[dict[str, Any]]:
    """您的草稿：what this person is writing, and what came back with a reason."""
    drafts = [
        line.standing.open
        for line in lines
        if line.standing.open
        and line.standing.open.status == VersionStatus.DRAFT
        and line.standing.open.made_by_id == who.staff.pk
    ]
    return [{"version": version, "sent_back": sent_back(version)} for version in drafts]


def sent_back(version: ItemVersion) -> str:
    """Why a draft came back; empty for one that never was proposed."""
    told = trail.told_of(version, kinds=["catalog.sent_back"]) if version.proposed_by_id else []
    return str(told[-1].facts.get("reason", "")) if told else ""


def _done(request: HttpRequest) -> dict[str, str] | None:
    done = request.GET.get("done", "")
    if done.isdecimal() and len(done) < 5:
        return {"text": f"发布了 {done} 个事项，网上、自助机、窗口现在都按新的。"}
    return frame.toast(request, discarded="草稿放弃了。", retired="停用了，不再收件；办着的件照旧办完。")

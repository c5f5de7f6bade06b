"""办到哪了：a receipt's code tells where everything stands; a ticket's code tells the place in line. No sign-in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.templatetags.parts import short_date
from yichuang.ground import clock, workdays
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.cases import rules as case_rules
from yichuang.rooms.cases.models import Case, CaseItem
from yichuang.rooms.cases.states import ItemStatus
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.feedback import queries as feedback
from yichuang.rooms.feedback.queries import invitation_of
from yichuang.rooms.feedback.rules import is_still_open
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.states import TicketStatus

TOKEN = re.compile(r"[0-9A-Za-z_-]{1,40}")
CASE_NUMBER = re.compile(r"[0-9]{8}-?[0-9]{4,}")
AGAIN_SECONDS = 15  # a waiting ticket's page comes again by itself


@audience("public")
def find(request: HttpRequest) -> HttpResponse:
    """查进度：填回执上的查询码；整条链接贴进来也认。"""
    written = re.sub(r"\s+", "", request.GET.get("code", ""))
    code = written.rstrip("/").rsplit("/", 1)[-1].split("?")[0]
    if not code:
        return render(request, "portal/track_find.html", {"written": ""})
    if CASE_NUMBER.fullmatch(code):
        problem = (
            "这是办件编号，不是查询码。",
            "编号谁都可能看到，查进度要用回执上的查询码，或者扫回执上的二维码。",
        )
        return render(request, "portal/track_find.html", {"written": written, "problem": problem}, status=422)
    if not TOKEN.fullmatch(code):
        return _not_there(request, written)
    return HttpResponseRedirect(f"/track/{code}")


@audience("public")
def track(request: HttpRequest, token: str) -> HttpResponse:
    """办到哪了：每件事一句话，下一步，最迟哪天，谁在办，缺什么怎么补。"""
    if not TOKEN.fullmatch(token):
        return _not_there(request, "")
    if ticket := hall.by_track_token(token):
        return _ticket_page(request, ticket)
    try:
        case = cases.by_track_token(token)
    except Refused:
        return _not_there(request, "")
    now = clock.now()
    cards = [_card(item, clock.day_of(now)) for item in case.items.order_by("pk")]
    cards.sort(key=lambda card: card.order)
    page = {
        "case": case,
        "cards": cards,
        "later": cases.may_follow_of(case),
        "invitation": _invitation(case),
    }
    return _unlisted(render(request, "portal/track.html", page))


@dataclass(frozen=True)
class Owed:
    """A paper that is missing: one row, or one group of which any suffices."""

    names: str
    how: str
    notes: str
    wrong: str


@dataclass(frozen=True)
class Card:
    """One item as its resident sees it."""

    item: CaseItem
    sentence: str
    order: int  # what needs the resident comes first
    todo: str  # in one word or two
    todo_note: str
    steps: list[dict[str, str]]
    progress: str  # 走到第 3 步，下一步区民政局审核
    light: str = ""
    left: str = ""
    desks: list[dict[str, str]] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return self.item.status == ItemStatus.REFUSED


_ORDER = [
    ItemStatus.CORRECTING,
    ItemStatus.ISSUED,
    ItemStatus.DRAFT,
    ItemStatus.REVIEWING,
    ItemStatus.SUBMITTED,
    ItemStatus.GRANTED,
    ItemStatus.REFUSED,
    ItemStatus.CLOSED,
]
_TODO = {
    ItemStatus.DRAFT: ("填完提交", "填到哪里都存着"),
    ItemStatus.SUBMITTED: ("没有", "窗口看过材料就告诉您"),
    ItemStatus.REVIEWING: ("没有", "有事会打电话给您"),
    ItemStatus.GRANTED: ("没有", "出了结果发短信告诉您"),
    ItemStatus.ISSUED: ("来领结果", "带身份证，任意窗口"),
    ItemStatus.REFUSED: ("看看理由", "不明白的可以打电话问"),
    ItemStatus.CLOSED: ("没有", "这件事办完了"),
}


def _card(item: CaseItem, today: date) -> Card:
    owed = _owed(item) if item.status == ItemStatus.CORRECTING else []
    todo, note = (
        ("补材料" if owed else "重新提交", f"{len(owed)} 份，一次补齐" if owed else "材料已经齐了")
        if item.status == ItemStatus.CORRECTING
        else _TODO[ItemStatus(item.status)]
    )
    light, left = _time_left(item, today) if item.status == ItemStatus.REVIEWING else ("", "")
    steps = cases.steps(item) if item.accepted_at else _planned(item)
    return Card(
        item=item,
        sentence=_sentence(item, owed),
        order=_ORDER.index(ItemStatus(item.status)),
        todo=todo,
        todo_note=note,
        steps=[_step(step) for step in steps],
        progress=_progress(steps),
        light=light,
        left=left,
        desks=_desks(item),
        owed=owed,
    )


def _sentence(item: CaseItem, owed: list[Owed]) -> str:
    """As everywhere; what stands in a list below it on this page is not read out twice."""
    if owed:
        return f"还缺 {len(owed)} 份材料，一次补齐就能受理。"
    if item.status == ItemStatus.REFUSED:
        return f"没有办成：{item.reason}"
    return cases.plain_state(item)


def _planned(item: CaseItem) -> list[cases.Step]:
    """Before acceptance there is no route yet: the way as the guide tells it."""
    procedure = catalog.spec(item.version_id).procedure
    return [
        cases.Step(name, "later" if place else "now", note=f"{days} 个工作日内" if days and place else "")
        for place, (name, days) in enumerate(procedure)
    ]


def _time_left(item: CaseItem, today: date) -> tuple[str, str]:
    """The light of the promise and what is left of it, in working days."""
    if item.promised_by is None:
        return "", ""
    calendar = workdays.calendar()
    limit = catalog.spec(item.version_id).promised_workdays
    light = case_rules.light(item.promised_by, limit, today, calendar)
    left = calendar.workdays_between(today, item.promised_by)
    if light == "red":
        return light, f"超过承诺 {max(1, -left)} 个工作日"
    return light, f"还有 {left} 个工作日" if left > 0 else "就是今天"


def _step(step: cases.Step) -> dict[str, str]:
    told = [short_date(step.at) if step.at else "", step.by, step.note]
    return {
        "label": step.name,
        "note": "，".join(part for part in told if part),
        "state": "" if step.state == "later" else step.state,
    }


def _progress(steps: list[cases.Step]) -> str:
    places = [place for place, step in enumerate(steps) if step.state == "now"]
    if not places:
        return "走过的每一步"
    later = next((step.name for step in steps[places[-1] + 1 :] if step.state == "later"), "")
    return f"走到第 {places[0] + 1} 步" + (f"，下一步{later}" if later else "")


def _desks(item: CaseItem) -> list[dict[str, str]]:
    """Who has it now: office or village, the person if one has claimed it, and the phone of the office."""
    if item.status != ItemStatus.REVIEWING:
        return []
    tasks = item.tasks.filter(status__in=cases.IN_HAND).select_related("office", "village", "by")
    return [
        {
            "place": task.place,
            "person": task.by.name if task.by else "",
            "phone": task.office.phone if task.office else "",
        }
        for task in tasks.order_by("stage", "pk")
    ]


def _owed(item: CaseItem) -> list[Owed]:
    """What is still missing of what was told, each with how to cure it; alternatives share a row."""
    missing = [needed for needed in cases.missing_of(item.case) if item.code in needed.items]
    told = item.correction.missing if item.correction else []
    wrong = {(paper["name"], paper["person"]): paper["wrong"] for paper in told if paper["wrong"]}
    groups: dict[str, list[Any]] = {}
    for needed in missing:
        groups.setdefault(needed.choice or f"{needed.name}/{needed.person}", []).append(needed)
    return [
        Owed(
            names=" 或 ".join(case_rules.said(needed.name, needed.person) for needed in group)
            + ("（交一份就行）" if len(group) > 1 else ""),
            how="，或者".join(dict.fromkeys(needed.how.rstrip("。") for needed in group)) + "。",
            notes="；".join(dict.fromkeys(note for needed in group for note in needed.notes)),
            wrong="；".join(wrong[needed.document] for needed in group if needed.document in wrong),
        )
        for group in groups.values()
    ]


def _ticket_page(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    answer = render(
        request,
        "portal/track_ticket.html",
        {
            "ticket": ticket,
            "estimate": hall.wait_estimate(ticket),
            "is_today": ticket.day == clock.day_of(clock.now()),
            "invitation": _invitation(ticket),
            "again_seconds": AGAIN_SECONDS,
        },
    )
    if ticket.status in (TicketStatus.WAITING, TicketStatus.CALLED):
        answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return _unlisted(answer)


def _invitation(subject: Case | Ticket) -> str:
    """The way to the rating, as long as it is open."""
    token = invitation_of(subject)
    service = feedback.service_of(token)
    if service.ended_at is None or not is_still_open(service.ended_at, clock.now()):
        return ""
    return "" if feedback.rating_of(service) else token


def _not_there(request: HttpRequest, written: str) -> HttpResponse:
    problem = ("没有找到这个查询码。", "请照回执再核对一遍，或者扫回执上的二维码。")
    return render(request, "portal/track_find.html", {"written": written, "problem": problem}, status=404)


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """The address is the key: no search engine may keep it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer

"""A case at the window: saved, papers taken, told once what is missing, accepted, issued, handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.sign_in import Principal
from yichuang.ground import clock, files
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries, rules
from yichuang.rooms.cases.actions import Draft, Paper
from yichuang.rooms.cases.models import Case, Verdict
from yichuang.rooms.cases.states import ItemStatus
from yichuang.rooms.issuing import actions as issuing
from yichuang.rooms.issuing import queries as results
from yichuang.rooms.issuing.rules import Receiver
from yichuang.rooms.issuing.states import ResultStatus

from .answers import act, gone_on, shown, who_of
from .case_page import case_page
from .frame import frame_of
from .opening import items_found, opening_with
from .rows import ELSEWHERE, VILLAGE, Typed, paper_id, saved, typed_in
from .told import timeline_of

TODAY_SHOWN = 12


@audience("clerk")
def case(request: HttpRequest, number: str) -> HttpResponse:
    """一件办件：没受理的接着填，办着的看走到哪，办好的出件、领取。"""
    return case_with(request, queries.by_number(number, staff=who_of(request).staff))


@act
@audience("clerk")
def save(request: HttpRequest, number: str) -> HttpResponse:
    """存草稿"""
    if "json" in request.headers.get("Accept", ""):
        return _saved_by_itself(request, number)
    return _done(request, number, lambda case: f"草稿存好了 {clock.now():%-H:%M}", "")


@act
@audience("clerk")
def change_items(request: HttpRequest, number: str) -> HttpResponse:
    """加一件事，去掉一件事"""
    dropped = request.POST.get("drop", "")
    wanted = [code for code in dict.fromkeys(request.POST.getlist("items")) if code != dropped]

    def change(case: Case) -> str:
        actions.save_draft(case=case, draft=Draft(items=wanted), by=who_of(request).staff)
        return "事项改好了，情形和材料跟着变"

    return _done(request, number, change, "")


@act
@audience("clerk")
def add_documents(request: HttpRequest, number: str) -> HttpResponse:
    """收扫描件、照片：一份材料可以几张。"""

    def take(case: Case) -> str:
        uploads = request.FILES.getlist("file")
        if not uploads:
            raise Refused("paper_missing", fields={"file": "请选一个文件"})
        wanted = request.POST.get("paper", "")
        needed = next((each for each in _papers(case) if paper_id(each) == wanted), None)
        for upload in uploads:
            stored = files.receive(name=upload.name or "", chunks=upload.chunks(), at=clock.now())
            paper = Paper(
                needed.name if needed else wanted, needed.person if needed else "", stored, upload.name or ""
            )
            actions.add_document(case=case, paper=paper, by=who_of(request).staff)
        return f"收下了{needed.name if needed else '材料'}，{len(uploads)} 个文件"

    return _done(request, number, take, "#papers")


@act
@audience("clerk")
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """一次性告知：缺的、不能用的一次说全"""

    def tell(case: Case) -> str:
        _submitted(case, by=who_of(request))
        wrong = typed_in(request.POST, case).wrong
        actions.request_correction(case=case, wrong=wrong, by=who_of(request).staff)
        return "一次性告知书出好了，请打印交给居民"

    return _done(request, number, tell, "")


@act
@audience("clerk")
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """受理：齐了的先受理，即办的当场办结"""
    only = [code for code in request.POST.get("only", "").split(",") if code]

    def take_in(case: Case) -> str:
        _submitted(case, by=who_of(request), only=only)
        actions.accept(case=case, only=only, by=who_of(request).staff)
        return "受理了，请打印受理回执交给居民"

    return _done(request, number, take_in, "")


@act
@audience("clerk")
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """即办件不符合条件：当场不予办理，写清理由"""

    def decide(case: Case) -> str:
        _submitted(case, by=who_of(request))
        item = queries.item_of(who_of(request).staff, int(request.POST.get("item", "0") or 0))
        reason = request.POST.get("opinion", "")
        actions.decide_on_the_spot(
            item=item, verdict=Verdict.REFUSE, opinion=reason, by=who_of(request).staff
        )
        return "记下了，不予办理"

    return _done(request, number, decide, "")


@act
@audience("clerk")
def look(request: HttpRequest, number: str) -> HttpResponse:
    """Without script: search for one more item, with everything typed kept."""
    case = queries.by_number(number, staff=who_of(request).staff)
    return case_with(request, case, typed=typed_in(request.POST, case))


@act
@audience("clerk")
def hand_over(request: HttpRequest, result_number: str) -> HttpResponse:
    """领取：核对身份证，交给他"""
    result = results.by_number(result_number, staff=who_of(request).staff)
    told = request.POST
    receiver = Receiver(told.get("receiver", ""), told.get("last_four", ""), "is_proxy" in told)
    try:
        issuing.hand_over(result=result, receiver=receiver, by=who_of(request).staff)
    except Refused as refused:
        return case_with(request, result.item.case, refused)
    return gone_on(f"/desk/case/{result.item.case.number}/", f"{result.title}交给了{receiver.name}")


@act
@audience("clerk")
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """出件：准予的都出结果"""

    def bring_out(case: Case) -> str:
        made = issuing.issue(case=case, by=who_of(request).staff)
        return f"出了 {len(made)} 份结果，可以打印交给居民"

    return _done(request, number, bring_out, "")


def case_with(
    request: HttpRequest,
    case: Case,
    refused: Refused | None = None,
    *,
    frame: dict[str, Any] | None = None,
    typed: Typed | None = None,
) -> HttpResponse:
    """The screen with this case in the middle."""
    page = {
        **(frame or frame_of(who_of(request))),
        **case_page(case, typed, refused.fields if refused else {}),
        **_after(case),
        "timeline": timeline_of(case),
        "correction": case.corrections.order_by("-pk").first(),
        "typed": request.POST,
        "items_error": refused.fields.get("items", "") if refused else "",
        "item_hits": items_found(request.POST.get("item_q", "")),
        "busy": True,
    }
    return shown(request, "desk/case.html", page, refused)


def _after(case: Case) -> dict[str, Any]:
    """What can still be done when nothing waits for acceptance: bring out results, hand them over."""
    made = list(results.results_of(case))
    ready = [result for result in made if result.status == ResultStatus.READY]
    granted = case.items.filter(status=ItemStatus.GRANTED).count()
    if granted:
        words = (f"{granted} 件已经准予，可以出件。", "出了结果，打印交给居民。")
    elif ready:
        words = (f"{len(ready)} 份结果等领取。", "核对身份证再交。")
    elif case.items.filter(status=ItemStatus.REVIEWING).exists():
        words = ("已经受理，正在办。", "走到哪一步看上面，居民扫回执上的码也看得到。")
    else:
        words = ("都办完了。", "")
    return {
        "results": made,
        "ready_result": ready[0] if ready else None,
        "granted": granted,
        "next_words": words,
    }


def opening_or_case(
    request: HttpRequest, frame: dict[str, Any], refused: Refused | None = None
) -> HttpResponse:
    """With a ticket in hand: its case when there is one, else the form that opens it."""
    mine = queries.visible_to(who_of(request).staff).filter(ticket=frame["hand"].ticket)
    case = mine.select_related("applicant", "village", "ticket").order_by("-pk").first()
    if case is None or "new" in request.GET:
        return opening_with(request, frame, refused)
    return case_with(request, case, refused, frame=frame)


def today(who: Principal) -> dict[str, Any]:
    """Between two tickets: what this clerk has taken in today, and what waits to be collected."""
    day = clock.day_of(clock.now())
    opened = queries.visible_to(who.staff).filter(opened_by=who.id, number__startswith=f"{day:%Y%m%d}-")
    return {
        "taken": opened.select_related("applicant").prefetch_related("items").order_by("-pk")[:TODAY_SHOWN],
        "ready": results.ready()[:TODAY_SHOWN],
    }


def _done(request: HttpRequest, number: str, action: Callable[[Case], str], place: str) -> HttpResponse:
    """Keep what is typed, do one thing, show the case; refused, nothing is kept but everything stays in the form."""
    case = queries.by_number(number, staff=who_of(request).staff)
    typed = typed_in(request.POST, case)
    try:
        with transaction.atomic():
            said = action(_kept(case, typed, who_of(request)))
    except Refused as refused:
        return case_with(request, case, refused, typed=typed)
    return gone_on(f"/desk/case/{number}/{place}", said)


def _kept(case: Case, typed: Typed, who: Principal) -> Case:
    """Save the form and note the originals that were ticked; what has not changed is not saved again."""
    draft = _draft(typed)
    is_open = any(row.status in queries.BEFORE_ACCEPTANCE for row in case.items.all())
    if is_open and draft != _draft(saved(case)):
        case = actions.save_draft(case=case, draft=draft, by=who.staff)
    have = queries.papers_of(case)
    for needed in _papers(case):
        if paper_id(needed) in typed.ticks and needed.document not in have:
            actions.add_document(case=case, paper=Paper(needed.name, needed.person), by=who.staff)
    return case


def _draft(typed: Typed) -> Draft:
    is_here = typed.village != ELSEWHERE
    fields = {**typed.fields, VILLAGE: typed.village} if typed.village else typed.fields
    return Draft(answers=typed.answers, fields=fields, village=typed.village if is_here else "")


def _saved_by_itself(request: HttpRequest, number: str) -> HttpResponse:
    """The page saves while one writes: what is right is kept, what is wrong is told beside its field."""
    case = queries.by_number(number, staff=who_of(request).staff)
    typed = typed_in(request.POST, case)
    listed = queries.checklist_of(case)
    _, wrong = rules.checked_fields(listed.fields, typed.fields, clock.day_of(clock.now()))
    right = {key: value for key, value in typed.fields.items() if key not in wrong}
    kept = Typed(typed.answers, right, typed.village, frozenset())
    case = _kept(case, kept, who_of(request))
    page = case_page(case, Typed(typed.answers, typed.fields, typed.village, typed.ticks))
    pieces = {
        name: render_to_string(f"desk/{name}.html", page, request) for name in ("papers", "act_bar", "notes")
    }
    return JsonResponse({"pieces": pieces, "wrong": wrong, "said": f"草稿已存 {clock.now():%-H:%M}"})


def _papers(case: Case) -> list[Any]:
    return list(queries.checklist_of(case).materials)


def _submitted(case: Case, *, by: Principal, only: list[str] | None = None) -> None:
    """Handing in and taking in are one press at the window; `only` empty is every item, None leaves a told item be."""
    rows = list(case.items.all())
    if any(row.status == ItemStatus.DRAFT for row in rows):
        actions.submit(case=case, by=by.staff)
    told = [
        row.code for row in rows if row.status == ItemStatus.CORRECTING and (not only or row.code in only)
    ]
    if told and only is not None:
        actions.resubmit(case=case, only=told, by=by.staff)

"""The window: open it, call, start, recall, miss, finish, pause, close."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock, towns
from yichuang.ground.refusals import Refused
from yichuang.rooms.feedback import queries as feedback
from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.models import Ticket, Window
from yichuang.rooms.hall.states import TicketStatus, WindowStatus

from . import intake
from .answers import act, gone_on, shown, who_of
from .frame import LIGHTS, frame_of, line_of
from .links import rating_url

DESK = "/desk/"


@audience("clerk")
def screen(request: HttpRequest) -> HttpResponse:
    """窗口：没开窗先选窗口；手上有号就收件，没有号就看等领取的和今天收的。"""
    return screen_with(request)


def screen_with(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    """The clerk's screen as it stands now, with what was refused."""
    frame = frame_of(who_of(request))
    if frame["window"] is None:
        return _windows(request, frame, refused)
    if frame["hand"] is not None:
        return intake.opening_or_case(request, frame, refused)
    page = {**frame, "rate": _just_finished(request), **intake.today(who_of(request))}
    return shown(request, "desk/home.html", page, refused)


@audience("clerk")
def line(request: HttpRequest) -> HttpResponse:
    """The waiting line alone, asked for every few seconds."""
    return shown(request, "desk/line.html", line_of(clock.now()))


@audience("clerk")
def invitation(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """请居民扫码评价：turned to the resident, so nothing of the desk stands on it."""
    ticket = _finished_here(request, ticket_id)
    return shown(request, "desk/invitation.html", {"ticket": ticket, "rate_url": _rate_url(ticket)})


@act
@audience("clerk")
def open_window(request: HttpRequest, number: int) -> HttpResponse:
    """开窗"""
    window = get_object_or_404(Window.objects, number=number)
    return _done(
        request,
        lambda: actions.open_window(window=window, by=who_of(request).staff),
        f"{number}号窗口开了，可以叫号",
    )


@act
@audience("clerk")
def pause_window(request: HttpRequest) -> HttpResponse:
    """暂停，写明原因"""
    reason = request.POST.get("reason_words", "").strip() or request.POST.get("reason", "")
    return _done(
        request,
        lambda: actions.pause_window(window=_own(request), reason=reason, by=who_of(request).staff),
        "窗口暂停了，大厅屏幕上看得到原因",
    )


@act
@audience("clerk")
def resume_window(request: HttpRequest) -> HttpResponse:
    """恢复"""
    return _done(
        request,
        lambda: actions.resume_window(window=_own(request), by=who_of(request).staff),
        "窗口恢复了，可以叫号",
    )


@act
@audience("clerk")
def close_window(request: HttpRequest) -> HttpResponse:
    """关窗"""
    return _done(
        request, lambda: actions.close_window(window=_own(request), by=who_of(request).staff), "窗口关了"
    )


@act
@audience("clerk", hot=True)
def call_next(request: HttpRequest) -> HttpResponse:
    """叫下一个"""
    number = request.POST.get("window", "")
    asked = {"by": who_of(request).staff, "asked": request.once}  # type: ignore[attr-defined]
    try:
        called = actions.call_next(window=int(number) if number.isdigit() else 0, **asked)
    except Refused as refused:
        return _refused(request, refused)
    return gone_on(DESK, f"叫了 {called.number} 号" if called else "现在没有人在等")


@act
@audience("clerk", hot=True)
def start(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """开始"""
    asked = {"by": who_of(request).staff, "asked": request.once}  # type: ignore[attr-defined]
    try:
        step = actions.start_serving(ticket=ticket_id, **asked)
    except Refused as refused:
        return _refused(request, refused)
    return gone_on(DESK, f"{step.number} 开始办理")


@act
@audience("clerk", hot=True)
def finish(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """结束，请评价"""
    asked = {"by": who_of(request).staff, "asked": request.once}  # type: ignore[attr-defined]
    try:
        step = actions.finish_serving(ticket=ticket_id, **asked)
    except Refused as refused:
        return _refused(request, refused)
    return gone_on(f"{DESK}?rate={step.id}", f"{step.number} 办完了，请居民扫码评价")


@act
@audience("clerk")
def recall(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """重呼"""
    ticket = get_object_or_404(Ticket.objects, pk=ticket_id)
    return _done(
        request,
        lambda: actions.recall(ticket=ticket, by=who_of(request).staff),
        f"又叫了一遍 {ticket.number}",
    )


@act
@audience("clerk")
def miss(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """过号"""
    ticket = get_object_or_404(Ticket.objects, pk=ticket_id)
    return _done(
        request, lambda: actions.miss(ticket=ticket, by=who_of(request).staff), f"{ticket.number} 已过号"
    )


def _done(request: HttpRequest, action: Any, said: str) -> HttpResponse:
    """One action, then back to the screen; refused, the screen says why."""
    try:
        action()
    except Refused as refused:
        return screen_with(request, refused)
    return gone_on(DESK, said)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A hot verb was refused: the screen needs the town's rows, which a hot view is not given."""
    with towns.within(who_of(request).town_id):
        return screen_with(request, refused)


def _own(request: HttpRequest) -> Window:
    window = queries.window_of(who_of(request).id)
    if window is None:
        raise Http404
    return window


def _windows(request: HttpRequest, frame: dict[str, Any], refused: Refused | None) -> HttpResponse:
    today = clock.day_of(clock.now())
    rows = [
        {
            "window": window,
            "light": LIGHTS[WindowStatus(window.status)],
            # Somebody who left on an earlier day does not hold the window.
            "is_free": window.clerk is None
            or not (window.changed_at and clock.day_of(window.changed_at) == today),
        }
        for window in queries.windows()
    ]
    return shown(request, "desk/windows.html", {**frame, "windows": rows}, refused)


def _just_finished(request: HttpRequest) -> dict[str, Any] | None:
    """The invitation for the visit that has just ended, for the resident's eyes."""
    number = request.GET.get("rate", "")
    if not number.isdigit():
        return None
    ticket = Ticket.objects.filter(pk=int(number), clerk=who_of(request).id).first()
    if ticket is None or ticket.status != TicketStatus.FINISHED:
        return None
    return {"ticket": ticket, "url": _rate_url(ticket)}


def _finished_here(request: HttpRequest, ticket_id: int) -> Ticket:
    return get_object_or_404(
        Ticket.objects.select_related("window"),
        pk=ticket_id,
        clerk=who_of(request).id,
        status=TicketStatus.FINISHED,
    )


def _rate_url(ticket: Ticket) -> str:
    return rating_url(feedback.invitation_of(ticket))

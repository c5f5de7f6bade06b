"""The hall: taking a ticket, windows, calling and serving, the board. `/board/stream` is served by the screen door."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.sign_in import Principal
from yichuang.ground import clock, trail
from yichuang.rooms.feedback import queries as feedback
from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.actions import Wish
from yichuang.rooms.hall.models import Channel, Ticket, Window

from .api import router
from .schemas import Asked, Code, Moment, Told, found, who_asks
from .told_trail import TrailTold, trail_told

calls = router("大厅")

Priority = Literal["", "elder", "disabled", "pregnant", "soldier"]


class TicketWish(Asked):
    queue: str | None = Field(None, max_length=20, description="排哪一队；不说就按事项定，默认综合队")
    items: list[Code] | None = Field(None, max_length=20, description="想办的事项编码，可以不选")
    list_code: str | None = Field(None, max_length=400, description="存过的清单的清单号，事项照清单")
    id_number: str | None = Field(None, max_length=30, description="身份证号，70 岁以上自动优先")
    phone: str | None = Field(None, max_length=30, description="电话")
    priority: Priority | None = Field(
        None, description="优先：elder 老人，disabled 残疾人，pregnant 孕妇或带婴儿，soldier 军人"
    )


class TicketTaken(Told):
    id: int
    number: str = Field(description="票号，例如 A034")
    queue: str
    queue_name: str
    ahead: int = Field(description="前面还有几个人")
    wait_minutes: int = Field(description="大约等几分钟")
    track_url: str = Field(description="查排到哪里了")


class TicketTold(Told):
    id: int
    number: str
    queue: str
    status: str = Field(description="waiting 等候，called 已叫号，serving 正在办，finished 办完，missed 过号")
    priority: int = Field(description="1 是优先")
    items: list[str]
    list_code: str = Field(description="清单号，没有的是空的")
    window: int | None = Field(description="几号窗口")
    calls: int = Field(description="叫过几次")
    ahead: int
    wait_minutes: int
    taken_at: Moment
    called_at: Moment | None
    started_at: Moment | None
    finished_at: Moment | None
    trail: list[TrailTold] = Field(description="这个号发生过的事，早的在前")
    track_url: str


class TicketCalled(Told):
    id: int
    number: str
    queue: str
    queue_name: str
    window: int
    items: list[str]
    priority: int
    waited_minutes: int = Field(description="等了几分钟")


class TicketStep(Told):
    id: int
    number: str
    status: str
    window: int | None
    minutes: int = Field(description="办了几分钟")


class TicketFinished(TicketStep):
    invitation: str = Field(description="请评价：POST /ratings/{invitation}")


class PauseReason(Asked):
    reason: str = Field(min_length=1, max_length=40, description="为什么暂停，屏幕上会显示")


class InHand(Told):
    id: int
    number: str
    status: str = Field(description="called 已叫号，serving 正在办")


class WindowTold(Told):
    number: int
    name: str
    status: str = Field(description="closed 未开，open 开着，paused 暂停")
    reason: str = Field(description="暂停的原因")
    clerk: str = Field(description="谁在值守")
    ticket: InHand | None = Field(description="手上的号")
    changed_at: Moment | None


class CalledOnBoard(Told):
    number: str
    window: int | None
    queue: str
    status: str
    calls: int
    at: str


class QueueOnBoard(Told):
    key: str
    letter: str
    name: str
    hint: str
    waiting: int
    minutes: int = Field(description="现在取号大约等几分钟")


class WindowOnBoard(Told):
    number: int
    name: str
    status: str
    reason: str
    since: str | None


class HallOnBoard(Told):
    is_open: bool
    opens: str = Field(description="没开门时：下次开门，一句话")


class BoardTold(Told):
    at: str
    hall: HallOnBoard
    called: list[CalledOnBoard] = Field(description="最近叫的在前")
    queues: list[QueueOnBoard]
    windows: list[WindowOnBoard]
    waiting: int
    open_windows: int
    longest_wait_minutes: int


@calls.post("/tickets", response={201: TicketTaken}, summary="取号")
@audience("kiosk", "clerk", "hall_manager", hot=True)
def take_ticket(request: HttpRequest, body: TicketWish | None = None) -> Status:
    """取号。什么都可以不说；报身份证号的，70 岁以上自动优先。"""
    who, told = who_asks(request), body or TicketWish.model_validate({})
    wish = Wish(
        queue=told.queue or "",
        items=tuple(told.items or ()),
        id_number=told.id_number or "",
        phone=told.phone or "",
        priority=told.priority or "",
        list_code=told.list_code or "",
    )
    taken = actions.take_ticket(wish=wish, channel=_channel(who), by=who.row, asked=request.once)  # type: ignore[attr-defined]
    return Status(201, {**vars(taken), "track_url": _track_url(taken.track_token)})


def _channel(who: Principal) -> str:
    return Channel.KIOSK if who.kind == "device" else Channel.DESK


def _track_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/ticket/{token}"


@calls.get("/tickets/{row:ticket_id}", response=TicketTold, summary="一个号")
@audience("kiosk", "clerk", "hall_manager", "supervisor")
def ticket(request: HttpRequest, ticket_id: int) -> dict[str, Any]:
    """这个号现在怎么样，前面还有几个人。"""
    return _ticket_told(_ticket(ticket_id))


def _ticket(ticket_id: int) -> Ticket:
    return found(Ticket.objects.select_related("queue", "window").filter(pk=ticket_id).first())


def _ticket_told(ticket: Ticket) -> dict[str, Any]:
    estimate = queries.wait_estimate(ticket)
    return {
        **{
            name: getattr(ticket, name)
            for name in (
                "id",
                "number",
                "status",
                "priority",
                "items",
                "list_code",
                "calls",
                "taken_at",
                "called_at",
            )
        },
        "started_at": ticket.started_at,
        "finished_at": ticket.finished_at,
        "queue": ticket.queue.key,
        "window": ticket.window.number if ticket.window else None,
        "ahead": estimate.ahead,
        "wait_minutes": estimate.minutes,
        "trail": trail_told(trail.told_of(ticket)),
        "track_url": _track_url(ticket.track_token),
    }


@calls.post("/tickets/{row:ticket_id}/start", response=TicketStep, summary="开始办理")
@audience("clerk", hot=True)
def start(request: HttpRequest, ticket_id: int) -> actions.Step:
    """人到了窗口，开始办。"""
    return actions.start_serving(ticket=ticket_id, by=who_asks(request).staff, asked=request.once)  # type: ignore[attr-defined]


@calls.post("/tickets/{row:ticket_id}/finish", response=TicketFinished, summary="办完了")
@audience("clerk", hot=True)
def finish(request: HttpRequest, ticket_id: int) -> dict[str, Any]:
    """这一位办完了；给出请他评价的邀请。"""
    step = actions.finish_serving(ticket=ticket_id, by=who_asks(request).staff, asked=request.once)  # type: ignore[attr-defined]
    return {**vars(step), "invitation": feedback.invitation_of(Ticket(pk=step.id))}


@calls.post("/tickets/{row:ticket_id}/recall", response=TicketTold, summary="再叫一次")
@audience("clerk")
def recall(request: HttpRequest, ticket_id: int) -> dict[str, Any]:
    """再叫一次。"""
    return _ticket_told(actions.recall(ticket=_ticket(ticket_id), by=who_asks(request).staff))


@calls.post("/tickets/{row:ticket_id}/miss", response=TicketTold, summary="过号")
@audience("clerk")
def miss(request: HttpRequest, ticket_id: int) -> dict[str, Any]:
    """叫了没来，过号。"""
    return _ticket_told(actions.miss(ticket=_ticket(ticket_id), by=who_asks(request).staff))


@calls.get("/windows/{place:number}", response=WindowTold, summary="一个窗口")
@audience("clerk", "hall_manager")
def window(request: HttpRequest, number: int) -> dict[str, Any]:
    """窗口现在的样子，手上是哪个号。"""
    return _window_told(_window(number))


@calls.post("/windows/{place:number}/open", response=WindowTold, summary="开窗")
@audience("clerk")
def open_window(request: HttpRequest, number: int) -> dict[str, Any]:
    """开窗，自己值守；在别的窗口开着的，那边自动关。"""
    return _window_told(actions.open_window(window=_window(number), by=who_asks(request).staff))


@calls.post("/windows/{place:number}/pause", response=WindowTold, summary="暂停服务")
@audience("clerk")
def pause(request: HttpRequest, number: int, body: PauseReason) -> dict[str, Any]:
    """暂停服务，写明原因。"""
    window = actions.pause_window(window=_window(number), reason=body.reason, by=who_asks(request).staff)
    return _window_told(window)


@calls.post("/windows/{place:number}/resume", response=WindowTold, summary="恢复服务")
@audience("clerk")
def resume(request: HttpRequest, number: int) -> dict[str, Any]:
    """恢复服务。"""
    return _window_told(actions.resume_window(window=_window(number), by=who_asks(request).staff))


@calls.post("/windows/{place:number}/close", response=WindowTold, summary="关窗")
@audience("clerk")
def close(request: HttpRequest, number: int) -> dict[str, Any]:
    """关窗。"""
    return _window_told(actions.close_window(window=_window(number), by=who_asks(request).staff))


@calls.post("/windows/{place:number}/call-next", response={200: TicketCalled, 204: None}, summary="叫下一位")
@audience("clerk", hot=True)
def call_next(request: HttpRequest, number: int) -> Status:
    """叫下一位；没人等候时回答 204。"""
    called = actions.call_next(window=number, by=who_asks(request).staff, asked=request.once)  # type: ignore[attr-defined]
    return Status(200, called) if called else Status(204, None)


def _window(number: int) -> Window:
    return found(Window.objects.select_related("clerk").filter(number=number).first())


def _window_told(window: Window) -> dict[str, Any]:
    return {
        "number": window.number,
        "name": window.name,
        "status": window.status,
        "reason": window.pause_reason,
        "clerk": window.clerk.name if window.clerk else "",
        "ticket": queries.in_hand(window, clock.day_of(clock.now())),
        "changed_at": window.changed_at,
    }


@calls.get("/board", response=BoardTold, summary="大厅显示屏")
@audience("public")
def board(request: HttpRequest) -> dict[str, Any]:
    """大厅现在的样子：叫到几号、各队几人、各窗口的状态。没有个人信息。"""
    return queries.board_lately()

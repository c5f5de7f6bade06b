"""The lives of a ticket and of a window."""

from __future__ import annotations

from django.db import models

from yichuang.ground.moves import Moves


class TicketStatus(models.TextChoices):
    WAITING = "waiting", "等候"
    CALLED = "called", "已叫号"
    SERVING = "serving", "正在办理"
    FINISHED = "finished", "已办完"
    MISSED = "missed", "过号"


class WindowStatus(models.TextChoices):
    CLOSED = "closed", "未开"
    OPEN = "open", "开着"
    PAUSED = "paused", "暂停"


# call_next, start_serving and finish_serving move in SQL (verbs.sql); a test holds both to this table.
TICKET_MOVES: Moves = {
    "call_next": ({TicketStatus.WAITING}, TicketStatus.CALLED),
    "recall": ({TicketStatus.CALLED}, TicketStatus.CALLED),
    "miss": ({TicketStatus.CALLED}, TicketStatus.MISSED),
    "start_serving": ({TicketStatus.CALLED}, TicketStatus.SERVING),
    "finish_serving": ({TicketStatus.SERVING}, TicketStatus.FINISHED),
}

WINDOW_MOVES: Moves = {
    "open_window": ({WindowStatus.CLOSED}, WindowStatus.OPEN),
    "pause_window": ({WindowStatus.OPEN}, WindowStatus.PAUSED),
    "resume_window": ({WindowStatus.PAUSED}, WindowStatus.OPEN),
    "close_window": ({WindowStatus.OPEN, WindowStatus.PAUSED}, WindowStatus.CLOSED),
}

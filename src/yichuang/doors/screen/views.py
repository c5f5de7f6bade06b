"""The pages on the wall. For everybody: what they show is what anybody in the hall may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.rooms.hall import queries

from . import big_screen


@audience("public")
def board(request: HttpRequest) -> HttpResponse:
    """叫号屏。"""
    return render(request, "screen/board.html", _board())


@audience("public")
def board_now(request: HttpRequest) -> HttpResponse:
    """The part of the board that the stream keeps fresh."""
    return render(request, "screen/board_now.html", _board())


def _board() -> dict[str, Any]:
    board = queries.board_lately()
    calls = board["called"]
    return {
        "hall": board["hall"],
        "newest": calls[0] if calls else None,
        "earlier": calls[1:],
        "queues": board["queues"],
        "paused": [window for window in board["windows"] if window["status"] == "paused"],
        "open_windows": board["open_windows"],
    }


@audience("public")
def screen(request: HttpRequest) -> HttpResponse:
    """大屏：办件、来访、满意度。"""
    return render(request, "screen/screen.html", big_screen.told(clock.now()))


@audience("public")
def screen_now(request: HttpRequest) -> HttpResponse:
    """The part of the big screen that is fetched again every five seconds."""
    return render(request, "screen/screen_now.html", big_screen.told(clock.now()))

"""The pages on the wall. For everybody: what they show is what anybody in the hall may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.rooms.hall import queries


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

"""In the hall: being called. Others may wait too, and other walks may go on at the same windows."""

from __future__ import annotations

import time
from typing import Any

from .caller import Caller
from .people import Cast
from .steps import Fallen, given, must, refused

PATIENCE = 120.0  # seconds until the number must have been called
COMES_WITHIN = 1.5  # how long somebody else who was called may take to come; then their number is passed over


class Calling:
    """Calls the next number at one window after another until a certain ticket is called somewhere."""

    def __init__(self, caller: Caller, cast: Cast, first: int) -> None:
        self.caller, self.cast, self.first = caller, cast, first
        self.passed: list[str] = []  # the numbers of others that were called and did not come
        self.waited_for: list[tuple[dict[str, Any], str, float]] = []  # called, the clerk's token, until when

    def until_called(self, ticket: int) -> dict[str, Any]:
        """The ticket once it is called: its status and window. It may be another walk's clerk who called it."""
        deadline = time.monotonic() + PATIENCE + self.caller.patience
        while time.monotonic() < deadline:
            now = given(self.caller.get(f"/tickets/{ticket}", self.cast.device("kiosk")), 200)
            if now["status"] != "waiting":
                return dict(now)
            if not self._call_one(ticket):
                time.sleep(0.3)
        raise Fallen("等了两分钟还没有叫到，各窗口都在忙")

    def clerk_at(self, window: int) -> tuple[str, ...]:
        """Whose account stands for this window's clerk."""
        for number, seat in self.cast.clerks(self.first):
            if number == window:
                return seat
        raise Fallen(f"演示账号里没有{window}号窗口的工作人员")

    def _call_one(self, mine: int) -> bool:
        """Call one number at the first window that is free; False when none is or nobody waits."""
        for number, seat in self.cast.clerks(self.first):
            token = self.cast.staff(*seat)
            if not self._is_ready(number, seat, token):
                continue
            answer = self.caller.post(f"/windows/{number}/call-next", token=token)
            if answer.status == 200:
                called = answer.json
                if called["id"] != mine:
                    self._wait_for(called, token, mine)
                return True
            if answer.status == 204:
                return False
            refused(answer, 409)  # somebody was faster at this window
        return False

    def _is_ready(self, number: int, seat: tuple[str, ...], token: str) -> bool:
        """Whether the clerk's own window is open and free; one that nobody has opened is opened."""
        window = given(self.caller.get(f"/windows/{number}", token), 200)
        if window["status"] == "closed":
            return self.caller.post(f"/windows/{number}/open", token=token).ok
        is_own = window["clerk"] == self.cast.account(*seat).get("name")
        return window["status"] == "open" and is_own and window["ticket"] is None

    def _wait_for(self, called: dict[str, Any], token: str, mine: int) -> None:
        """Somebody else was called: wait whether they come. Once our own number is called we go, and see to it later."""
        self.waited_for.append((called, token, time.monotonic() + COMES_WITHIN + self.caller.patience / 3))
        while self._status(mine, self.cast.device("kiosk")) == "waiting":
            if self.settle(now=False):
                return
            time.sleep(0.2)

    def settle(self, *, now: bool = True) -> bool:
        """Those who were called and did not come in time are passed over politely; True when none is left."""
        while self.waited_for:
            called, token, until = self.waited_for[-1]
            if self._status(called["id"], token) == "called":
                if time.monotonic() < until:
                    if not now:
                        return False
                    time.sleep(0.2)
                    continue
                answer = self.caller.post(f"/tickets/{called['id']}/miss", token=token)
                if answer.ok:
                    self.passed.append(called["number"])
                else:
                    refused(answer, 409)  # they came after all
            self.waited_for.pop()
        return True

    def _status(self, ticket: int, token: str) -> str:
        return str(given(self.caller.get(f"/tickets/{ticket}", token), 200)["status"])

    def shown_on_board(self, number: str, window: int) -> bool:
        """Whether the board shows the call, at once or within a few seconds."""
        until = time.monotonic() + 5 + self.caller.patience
        while time.monotonic() < until:
            board = given(self.caller.get("/board"), 200)
            if any(call["number"] == number and call["window"] == window for call in board["called"]):
                return True
            time.sleep(0.1)
        must(False, f"大厅显示屏上没有{number}")
        return False

"""One reader a town: polls the settled trail while somebody listens, and publishes the same text to all listeners.

A listener never waits for another. Each holds the number of the last piece it was sent; the newest pieces are kept
for all. Who falls behind them is told to resume from the trail. Heartbeats stop when the database does not answer, so
that a board knows by itself that its data is old.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

from yichuang.ground import clock, towns, trail
from yichuang.ground.trail import Cursor, Event
from yichuang.rooms.hall import queries

POLL_SECONDS = 0.15
HEARTBEAT_SECONDS = 5.0
KEPT_PIECES = 256
BATCH = 500
MOST_REPLAYED = 200  # a board that was away longer shows the present anyway
FIGURES = {  # what moves the big screen besides the hall
    "cases.accepted",
    "cases.decided_on_the_spot",
    "cases.deemed_accepted",
    "feedback.rated",
    "issuing.handed_over",
}

log = logging.getLogger("yichuang.screen")
_threads = ThreadPoolExecutor(2, thread_name_prefix="board")
_Answer = TypeVar("_Answer")


async def in_thread(work: Callable[..., _Answer], *values: Any) -> _Answer:
    """Ask the database outside the event loop, on a connection that is kept."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _safely, work, *values)


def _safely(work: Callable[..., _Answer], *values: Any) -> _Answer:
    try:
        return work(*values)
    except Exception:
        connection.close()  # broken or not, the next question begins with a new one
        raise


def message(event: str, told: Any, id: Cursor | None = None) -> str:
    """One server-sent event."""
    named = f"id: {id}\n" if id else ""
    return f"{named}event: {event}\ndata: {json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n\n"


def told(event: Event) -> str:
    """A trail event as listeners hear it: hall events by name, others only as a sign that figures moved."""
    if event.kind.startswith("hall."):
        at = event.at.astimezone(clock.TOWN_TIME).isoformat(timespec="milliseconds")
        return message(
            event.kind.removeprefix("hall."), {"kind": event.kind, "at": at, **event.facts}, event.cursor
        )
    return message("figures", {"kind": event.kind}, event.cursor) if event.kind in FIGURES else ""


@dataclass(frozen=True)
class Reading:
    """What one poll found."""

    cursor: Cursor
    text: str
    board: dict[str, Any] | None  # None: nothing that would change it


def read_newest(town: int) -> Reading:
    """Where a new reader begins: the present board, and the place in the trail it belongs to."""
    turn = queries.board_turn(town)
    with towns.within(town):
        cursor = trail.newest()  # before the board: an event in between is told again, never lost
        board = queries.board()
    queries.keep_board(town, board, turn)
    return Reading(cursor, "", board)


def read_on(town: int, cursor: Cursor, anew: bool) -> Reading:
    """What has settled since; `anew` looks at the board even if nothing has (minutes pass, the hall opens)."""
    turn = queries.board_turn(town)
    with towns.within(town):
        events = trail.since(cursor, limit=BATCH)
        changed = any(event.kind.startswith("hall.") for event in events)
        board = queries.board() if changed or anew else None
    if board is not None:
        queries.keep_board(town, board, turn)
    place = events[-1].cursor if events else cursor
    return Reading(place, "".join(told(event) for event in events), board)


def read_missed(town: int, after: Cursor, until: Cursor) -> str:
    """The hall events a listener missed, in order; the newest of them when there are very many."""
    pieces: deque[str] = deque(maxlen=MOST_REPLAYED)
    with towns.within(town):
        while after < until:
            events = trail.since(after, limit=BATCH)
            pieces.extend(text for event in events if event.cursor <= until and (text := told(event)))
            if len(events) < BATCH:
                break
            after = events[-1].cursor
    return "".join(pieces)


class Feed:
    """One town's reader and the pieces it has published."""

    def __init__(self, town: int) -> None:
        self.town = town
        self.cursor = Cursor.START
        self.board: dict[str, Any] = {}
        self.present = (
            ""  # the board as it stands, named by its place in the trail: what a new listener hears first
        )
        self.pieces: deque[tuple[int, str]] = deque(maxlen=KEPT_PIECES)
        self.number = 0
        self.listeners = 0
        self.ready = asyncio.Event()
        self.news = asyncio.Event()
        self.task = asyncio.ensure_future(self._read())

    def publish(self, text: str) -> None:
        """Hand a piece to every listener."""
        self.number += 1
        self.pieces.append((self.number, text))
        self.news.set()
        self.news = asyncio.Event()

    def after(self, number: int) -> str | None:
        """What was published after a piece; None when some of it is no longer kept."""
        if self.pieces and self.pieces[0][0] > number + 1:
            return None
        return "".join(text for at, text in self.pieces if at > number)

    async def _read(self) -> None:
        """Poll until cancelled; a database that does not answer is asked again, and silence tells the boards."""
        beat, failing = time.monotonic(), False
        while True:
            due = time.monotonic() - beat >= HEARTBEAT_SECONDS
            try:
                if self.ready.is_set():
                    self._take(await in_thread(read_on, self.town, self.cursor, due))
                else:
                    self._take(await in_thread(read_newest, self.town))
                    self.ready.set()
                if due:
                    self.publish(message("heartbeat", {"at": clock.now().isoformat(timespec="seconds")}))
                    beat = time.monotonic()
                failing = False
            except Exception as problem:
                if not failing:
                    log.warning("the board of town %s cannot read: %s", self.town, problem)
                failing = True
                await asyncio.sleep(1)
            await asyncio.sleep(POLL_SECONDS)

    def _take(self, reading: Reading) -> None:
        text, place = reading.text, reading.cursor
        changed = reading.board is not None and _without_clock(reading.board) != _without_clock(self.board)
        if reading.board is not None and (text or changed):
            self.board = reading.board
            text += message("board", self.board, place)
        if text or place != self.cursor:
            self.present = message("board", self.board, place)
        self.cursor = place
        if text and self.ready.is_set():
            self.publish(text)


def _without_clock(board: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in board.items() if name != "at"}


_feeds: dict[tuple[int, int], Feed] = {}  # by event loop and town


def join(town: int) -> Feed:
    """The town's feed; the first listener starts its reader."""
    key = (id(asyncio.get_running_loop()), town)
    feed = _feeds.get(key)
    if feed is None:
        feed = _feeds[key] = Feed(town)
    feed.listeners += 1
    return feed


def leave(feed: Feed) -> None:
    """The last listener stops the reader."""
    feed.listeners -= 1
    if feed.listeners == 0:
        feed.task.cancel()
        for key in [key for key, known in _feeds.items() if known is feed]:
            del _feeds[key]


def listeners() -> int:
    """How many listen now, over all towns."""
    return sum(feed.listeners for feed in _feeds.values())

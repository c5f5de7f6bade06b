"""Server-sent events of the hall, answered in the event loop (config/rsgi.py finds STREAMS by path).

| event | data |
|---|---|
| `board` | the whole board (hall.queries.board), first and after every change |
| `ticket_called`, `ticket_taken`, `serving_finished`, `window_paused` … | each hall event as the trail tells it |
| `figures` | something that the big screen counts has happened |
| `heartbeat` | every five seconds while the database answers |

`id` is a place in the settled trail: a listener that comes back with `Last-Event-ID` first hears, in order, what it
missed. Public: nothing personal is on a board.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from yichuang.ground.towns import Town
from yichuang.ground.trail import Cursor

from . import feed as feeds

Send = Callable[[str], Awaitable[None]]
MOST_LISTENERS = 19_500  # below the server's own limit of open connections
_KEPT_SECONDS = 5.0
_towns: dict[str, tuple[float, int | None]] = {}


async def board(host: str, last_event_id: str, send: Send) -> None:
    """Listen to the hall of the town that the host names, until the listener goes."""
    town = await _town_of(host)
    if town is None:
        await send(feeds.message("refused", {"code": "no_town"}))
        return
    feed = feeds.join(town)
    try:
        await feed.ready.wait()
        number, heard, text = await _present(feed, Cursor.parse(last_event_id))
        await send(text)
        while True:
            news, more = feed.news, feed.after(number)
            if more is None:
                number, heard, more = await _present(feed, heard)
            else:
                number, heard = feed.number, feed.cursor
            if more:
                await send(more)
            else:
                await news.wait()
    finally:
        feeds.leave(feed)


async def _present(feed: feeds.Feed, after: Cursor | None) -> tuple[int, Cursor, str]:
    """What was missed after a place, then the board; and the piece and place from which to go on."""
    number, until, present = feed.number, feed.cursor, feed.present
    missed = ""
    if after is not None and after < until:
        missed = await feeds.in_thread(feeds.read_missed, feed.town, after, until)
    return number, until, missed + present


def has_room() -> bool:
    """Whether one more may listen; the bridge answers 503 otherwise."""
    return feeds.listeners() < MOST_LISTENERS


async def _town_of(host: str) -> int | None:
    """The town of a host's first label, else the first one, as for pages; remembered for a moment."""
    label = host.split(":")[0].split(".")[0]
    until, known = _towns.get(label, (0.0, None))
    if time.monotonic() < until:
        return known
    found = await feeds.in_thread(_find_town, label)
    if len(_towns) > 1_000:
        _towns.clear()
    _towns[label] = (time.monotonic() + _KEPT_SECONDS, found)
    return found


def _find_town(label: str) -> int | None:
    town = Town.objects.filter(key=label).first() or Town.objects.order_by("pk").first()
    return town.pk if town else None


board.has_room = has_room  # type: ignore[attr-defined]
STREAMS: dict[str, Any] = {"/board/stream": board, "/api/v1/board/stream": board}

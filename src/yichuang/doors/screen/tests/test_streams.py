"""The board's stream: the present first, then each call within a second, nothing lost over a break."""

from __future__ import annotations

import asyncio
import json
import re
import time

import pytest

from yichuang.doors.screen import feed as feeds
from yichuang.doors.screen import streams
from yichuang.ground import towns, trail
from yichuang.rooms.hall import actions
from yichuang.rooms.hall.tests import make


@pytest.fixture
def town(committed):
    town = make.a_town()
    with towns.within(town):
        make.a_hall()
    streams._towns.clear()
    yield town
    assert not feeds._feeds, "the last listener stops the reader"


class Listener:
    """A board that keeps what it hears."""

    def __init__(self, town, last_event_id=""):
        self.heard: list[tuple[str, str, dict]] = []
        self.more = asyncio.Event()
        self.reads = asyncio.Event()  # cleared: a slow line, nothing gets through
        self.reads.set()
        self.task = asyncio.ensure_future(
            streams.board(f"{town.key}.localhost:8000", last_event_id, self.send)
        )

    async def send(self, text):
        for piece in text.strip().split("\n\n"):
            fields = dict(line.split(": ", 1) for line in piece.split("\n"))
            self.heard.append((fields["event"], fields.get("id", ""), json.loads(fields["data"])))
        self.more.set()
        await self.reads.wait()

    async def until(self, found, seconds=5.0):
        """Wait until something heard fits."""
        deadline = time.monotonic() + seconds
        while not any(found(*each) for each in self.heard):
            self.more.clear()
            await asyncio.wait_for(self.more.wait(), deadline - time.monotonic())
        return next(each for each in self.heard if found(*each))

    async def go(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    def numbers(self, event):
        return [told["number"] for name, _, told in self.heard if name == event]


async def in_hall(town, work, *values, **options):
    """A verb in a thread, as a page would run it."""

    def run():
        with towns.within(town):
            return work(*values, **options)

    return await feeds.in_thread(run)


def is_board(event, _id, _told):
    return event == "board"


def calls_of(number):
    return lambda event, _id, told: event == "ticket_called" and told["number"] == number


def test_a_listener_gets_the_present_board_first(town):
    async def listen():
        await in_hall(town, make.take)
        listener = Listener(town)
        _, id, board = await listener.until(is_board)
        await listener.go()
        return id, board

    id, board = asyncio.run(listen())
    assert re.fullmatch(r"\d+\.\d+\.\d+", id)
    assert board["waiting"] == 1 and len(board["windows"]) == 8


def test_a_call_is_heard_within_a_second_and_the_board_follows(town):
    async def listen():
        await in_hall(town, make.take)
        number, clerk = await in_hall(town, make.an_open_window, 4)
        listener = Listener(town)
        await listener.until(is_board)
        begun = time.monotonic()
        await in_hall(town, actions.call_next, window=number, by=clerk)
        _, _, told = await listener.until(calls_of("A001"))
        took = time.monotonic() - begun
        _, _, board = await listener.until(lambda event, _, told: event == "board" and told["called"])
        await listener.go()
        return told, took, board

    told, took, board = asyncio.run(listen())
    assert (told["window"], told["queue"]) == (4, "general")
    assert board["called"][0]["number"] == "A001"
    assert took < 1


def test_every_listener_hears_the_same(town):
    async def listen():
        listeners = [Listener(town) for _ in range(50)]
        for listener in listeners:
            await listener.until(is_board)
        await in_hall(town, make.take)
        for listener in listeners:
            await listener.until(lambda event, _, told: event == "ticket_taken")
        polls = len(feeds._feeds)
        for listener in listeners:
            await listener.go()
        return polls

    assert asyncio.run(listen()) == 1


def test_who_comes_back_hears_what_was_missed_in_order_and_nothing_twice(town):
    async def listen():
        number, clerk = await in_hall(town, make.an_open_window, 4)
        first = Listener(town)
        await first.until(is_board)
        await first.go()
        last = [id for _, id, _ in first.heard if id][-1]

        def serve_three():
            for _ in range(3):
                make.take()
                called = actions.call_next(window=number, by=clerk)
                actions.start_serving(ticket=called.id, by=clerk)
                actions.finish_serving(ticket=called.id, by=clerk)

        await in_hall(town, serve_three)
        second = Listener(town, last)
        await second.until(is_board)
        await in_hall(town, make.take)
        await in_hall(town, actions.call_next, window=number, by=clerk)
        await second.until(calls_of("A004"))
        await second.go()
        return second

    heard = asyncio.run(listen())
    assert heard.numbers("ticket_called") == ["A001", "A002", "A003", "A004"]
    assert heard.numbers("serving_finished") == ["A001", "A002", "A003"]


def test_a_listener_that_fell_behind_is_brought_up_to_date_from_the_trail(town, monkeypatch):
    monkeypatch.setattr(feeds, "KEPT_PIECES", 2)

    async def listen():
        listener = Listener(town)
        await listener.until(is_board)
        listener.reads.clear()
        for _ in range(6):
            await in_hall(town, make.take)
            await asyncio.sleep(0.3)
        listener.reads.set()
        await listener.until(lambda event, _, told: event == "ticket_taken" and told["number"] == "A006")
        await listener.go()
        return listener

    heard = asyncio.run(listen())
    assert heard.numbers("ticket_taken") == [f"A00{serial}" for serial in range(1, 7)]


def test_another_towns_hall_is_not_heard(town, committed):
    async def listen():
        other = await feeds.in_thread(make.a_town)
        listener = Listener(other)
        await listener.until(is_board)
        await in_hall(town, make.take)
        await asyncio.sleep(0.5)
        await listener.go()
        return listener.heard

    assert [event for event, _, _ in asyncio.run(listen())] == ["board"]


def test_a_heartbeat_comes_while_the_database_answers_and_stops_when_not(town, monkeypatch):
    monkeypatch.setattr(feeds, "HEARTBEAT_SECONDS", 0.2)

    async def listen():
        listener = Listener(town)
        await listener.until(lambda event, *_: event == "heartbeat")

        def fail(*_):
            raise OSError("no database")

        monkeypatch.setattr(feeds, "read_on", fail)
        await asyncio.sleep(0.5)
        before = len(listener.heard)
        await asyncio.sleep(0.8)
        silent = len(listener.heard) == before
        await listener.go()
        return silent

    assert asyncio.run(listen())


def test_a_rating_or_an_acceptance_moves_the_figures(town):
    event = trail.Event(
        trail.Cursor(1, 2, 3),
        town.pk,
        make.MONDAY,
        "feedback.rated",
        "feedback.rating",
        1,
        "system",
        None,
        {"x": 1},
    )
    assert feeds.told(event) == 'id: 1.2.3\nevent: figures\ndata: {"kind":"feedback.rated"}\n\n'


def test_only_so_many_may_listen(town, monkeypatch):
    async def listen():
        monkeypatch.setattr(streams, "MOST_LISTENERS", 1)
        assert streams.has_room()
        listener = Listener(town)
        await listener.until(is_board)
        full = streams.has_room()
        await listener.go()
        return full

    assert asyncio.run(listen()) is False
    assert streams.board.has_room is streams.has_room

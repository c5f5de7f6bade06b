"""Many at once, on real connections with real commits."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from yichuang.ground import once, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.actions import Wish
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.tests import make

THREADS = 16


@pytest.fixture
def town(committed):
    town = make.a_town()
    with towns.within(town):
        make.a_hall(windows=THREADS)
    return town


def _all_at_once(work, times):
    """Run work(number) many times on 16 threads; each thread closes its connection at the end."""

    def one(number):
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(times)))


def test_four_hundred_tickets_have_no_double_and_no_gap(town):
    def take(number):
        with towns.acting_for(town):
            return make.take(("general", "quick", "enterprise", "general")[number % 4])

    taken = _all_at_once(take, 400)
    given = Counter(ticket.queue for ticket in taken)
    expected = {f"{letter}{serial:03d}" for letter, key in zip("ABC", ("general", "quick", "enterprise"), strict=True)
                for serial in range(1, given[key] + 1)}  # fmt: skip
    assert {ticket.number for ticket in taken} == expected and len(expected) == 400
    with towns.within(town):
        line = [
            ticket
            for ticket in queries.waiting(Ticket.objects.latest("id").day)
            if ticket.queue.key == "general"
        ]
        assert [ticket.serial for ticket in line] == list(range(1, 201))


def test_two_hundred_calls_call_nobody_twice(town):
    with towns.within(town):
        clerks = [make.an_open_window(number)[1] for number in range(1, THREADS + 1)]
        for _ in range(200):
            make.take()

    def serve(window):
        called = []
        with towns.acting_for(town):
            while (told := actions.call_next(window=window + 1, by=clerks[window])) is not None:
                called.append(told.number)
                actions.start_serving(ticket=told.id, by=clerks[window])
                actions.finish_serving(ticket=told.id, by=clerks[window])
        return called

    called = [number for each in _all_at_once(serve, THREADS) for number in each]
    assert sorted(called) == [f"A{serial:03d}" for serial in range(1, 201)]
    with towns.within(town):
        assert Ticket.objects.filter(status="finished").count() == 200
        told = Counter(event.kind for event in trail.since(trail.Cursor.START, limit=2000))
    assert told["hall.ticket_called"] == told["hall.serving_finished"] == told["hall.ticket_taken"] == 200


def test_many_presses_with_one_key_make_one_ticket(town):
    asked = once.Request("device:1", "/kiosk/take/", "one-press", "d" * 64)

    def take(_):
        with towns.acting_for(town):
            return actions.take_ticket(wish=Wish(), channel="kiosk", by=None, asked=asked)

    assert len(set(_all_at_once(take, 32))) == 1
    with towns.within(town):
        assert Ticket.objects.count() == 1


def test_many_presses_at_one_window_call_one_person(town):
    with towns.within(town):
        number, clerk = make.an_open_window(1)
        for _ in range(20):
            make.take()

    def call(_):
        with towns.acting_for(town):
            try:
                return actions.call_next(window=number, by=clerk)
            except Refused as refused:
                return refused.code

    answers = _all_at_once(call, 16)
    assert answers.count("window_busy") == 15
    with towns.within(town):
        assert Ticket.objects.filter(status="called").count() == 1


def test_the_database_itself_keeps_a_second_ticket_from_a_window(hall):
    first, clerk = make.a_called_ticket(4)
    second = Ticket.objects.get(pk=make.take().id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=second.pk).update(
            status="called",
            window=first.window,
            clerk=clerk,
            called_at=make.MONDAY,
            last_called_at=make.MONDAY,
        )

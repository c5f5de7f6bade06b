"""The trail tells everything once, in an order that late commits cannot break."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yichuang.ground import towns, trail
from yichuang.ground.tests.make import a_town
from yichuang.ground.trail import Cursor

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KIND = "people.signed_in"


def tell(town, **facts):
    return trail.record(KIND, town, by=None, at=AT, **facts)


def read_all(town, cursor=Cursor.START, limit=3):
    """Read as a sweep does, in small bites, until nothing is left."""
    told = []
    for _ in range(1_000):
        with towns.within(town):
            bite = trail.since(cursor, limit=limit)
        if not bite:
            return told, cursor
        told += bite
        cursor = bite[-1].cursor
    raise AssertionError("the trail does not end")


def test_it_tells_events_in_order_with_their_facts(committed):
    town = a_town()
    with towns.within(town):
        tell(town, number="A001", names=["户口簿", "身份证"])
        tell(town, number="A002")
    told, _ = read_all(town)
    assert [event.facts["number"] for event in told] == ["A001", "A002"]
    assert told[0].sentence == "登录"
    assert told[0].actor_kind == "system"


def test_an_unknown_kind_is_a_programming_error(db):
    town = a_town()
    with towns.within(town), pytest.raises(ValueError, match="no Chinese sentence"):
        trail.record("people.danced", town, by=None, at=AT)


def test_a_late_commit_is_told_after_all(committed):
    """The row with the lower id commits last: a reader by id alone would never see it."""
    town = a_town()
    began, may_end = threading.Event(), threading.Event()

    def slow_writer():
        with towns.within(town):
            tell(town, who="slow")
            began.set()
            assert may_end.wait(20)
        connections.close_all()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert began.wait(20)
    with towns.within(town):
        tell(town, who="fast")
    early, cursor = read_all(town)
    assert [event.facts["who"] for event in early] == []
    may_end.set()
    writer.join()
    told, _ = read_all(town, cursor)
    assert [event.facts["who"] for event in early + told] == ["slow", "fast"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), writers=st.integers(2, 5), each=st.integers(1, 8))
def test_concurrent_writers_with_rollbacks_are_each_told_exactly_once(committed, seed, writers, each):
    town = a_town()
    kept: list[str] = []

    def write(number):
        chance = random.Random(seed * 100 + number)
        for turn in range(each):
            name = f"{number}.{turn}"
            with towns.within(town):
                tell(town, name=name)
                if chance.random() < 0.3:
                    transaction.set_rollback(True)
                else:
                    kept.append(name)
        connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    told, cursor = [], Cursor.START
    while any(thread.is_alive() for thread in threads):
        more, cursor = read_all(town, cursor, limit=2)
        told += more
    more, cursor = read_all(town, cursor, limit=2)
    told += more
    names = [event.facts["name"] for event in told]
    assert sorted(names) == sorted(kept)
    assert [event.cursor for event in told] == sorted(event.cursor for event in told)


def test_a_restored_database_begins_a_new_era_that_sorts_after_the_old(committed):
    """Transaction ids begin anew after a restore; the era keeps the order."""
    assert Cursor(1, 900, 50) < Cursor(2, 10, 7)


def test_another_town_hears_nothing(committed):
    ours, theirs = a_town(), a_town()
    with towns.within(ours):
        tell(ours)
    assert read_all(theirs)[0] == []


def test_the_newest_place_is_where_a_new_reader_begins(committed):
    town = a_town()
    with towns.within(town):
        tell(town, number=1)
    with towns.within(town):
        place = trail.newest()
    with towns.within(town):
        tell(town, number=2)
    assert [event.facts["number"] for event in read_all(town, place)[0]] == [2]


@pytest.mark.parametrize(
    "text", ["", "1", "1.2", "1.2.3.4", "a.b.c", "-1.2.3", "1.2.99999999999999999999", "１.2.3"]
)
def test_a_cursor_that_is_none_is_told_apart(text):
    assert Cursor.parse(text) is None


@given(st.builds(Cursor, *[st.integers(0, 10**15)] * 3))
def test_a_cursor_survives_being_written_down(cursor):
    assert Cursor.parse(str(cursor)) == cursor


def test_the_application_cannot_change_what_was_told(db):
    town = a_town()
    with towns.within(town):
        tell(town)
        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as database,
        ):
            database.execute("update ground_trail set kind = 'x'")

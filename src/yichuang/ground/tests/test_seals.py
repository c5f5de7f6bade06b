"""The chain of seals shows what somebody with every right in the database has done."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection

from tests.harness import environment
from yichuang.ground import seals, towns, trail
from yichuang.ground.tests.make import a_town

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def sealed_town(committed):
    """A town with three seals over nine events."""
    town = a_town()
    for batch in range(3):
        with towns.within(town):
            for number in range(3):
                trail.record("people.signed_in", town, by=None, at=AT, number=batch * 3 + number)
        seal_all(town)
    return town


def seal_all(town):
    with towns.within(town):
        return seals.seal_settled(now=AT)


def check(town):
    with towns.within(town):
        return seals.check()


def as_superuser(statement, *values):
    url = environment.server().superuser_url(connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as database:
        return database.execute(statement, values).rowcount


def test_an_untouched_trail_checks_out(sealed_town):
    assert check(sealed_town) == seals.Check(events=9, seals=3, first_bad=None)


def test_nothing_new_makes_no_seal(sealed_town):
    assert seal_all(sealed_town) == 0


@pytest.mark.parametrize(
    ("attack", "seal"),
    [
        ("update ground_trail set facts = '{\"number\": 99}' where ", 2),
        ("update ground_trail set at = at + interval '1 second' where ", 2),
        ("update ground_trail set actor_id = 7 where ", 2),
        ("delete from ground_trail where ", 2),
        # It takes a new id, so it sorts behind its transaction's rows: into the run of the next seal.
        (
            "insert into ground_trail (xid, town_id, at, kind, subject_kind, subject_id, actor_kind, facts)"
            " select xid, town_id, at, kind, subject_kind, subject_id, actor_kind, facts from ground_trail where ",
            3,
        ),
    ],
    ids=["facts", "moment", "who", "deletion", "insertion"],
)
def test_a_manipulated_row_is_found_in_its_seal(sealed_town, attack, seal):
    assert as_superuser(f"{attack} town_id = %s and (facts->>'number')::int = 4", sealed_town.pk) == 1
    assert check(sealed_town).first_bad["seal"] == seal


def test_two_events_that_changed_places_are_found(sealed_town):
    as_superuser(
        "update ground_trail set facts = jsonb_build_object('number', 9 - (facts->>'number')::int)"
        " where town_id = %s and (facts->>'number')::int in (4, 5)",
        sealed_town.pk,
    )
    assert check(sealed_town).first_bad["seal"] == 2


def test_cutting_off_the_end_with_its_seal_is_found_by_the_heads_outside_the_database(sealed_town):
    as_superuser("delete from ground_seal where town_id = %s and number = 3", sealed_town.pk)
    as_superuser(
        "delete from ground_trail where town_id = %s and (facts->>'number')::int >= 6", sealed_town.pk
    )
    assert check(sealed_town).first_bad["seal"] == 3


def test_a_seal_made_without_the_key_is_found(sealed_town):
    as_superuser(
        "update ground_seal set signature = repeat('0', 64) where town_id = %s and number = 1", sealed_town.pk
    )
    assert check(sealed_town).first_bad["seal"] == 1

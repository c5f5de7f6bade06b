"""Two walls around a town: the manager, and the database itself."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from yichuang.ground import towns
from yichuang.ground.models import Counter
from yichuang.ground.tests.make import a_town


def test_it_refuses_to_read_when_no_town_is_set(db):
    with pytest.raises(towns.NoTown):
        Counter.objects.count()


def test_a_town_sees_only_its_own_rows(db):
    ours, theirs = a_town(), a_town()
    with towns.within(ours):
        Counter.objects.create(name="试验", day="2026-11-23", last=1)
    with towns.within(theirs):
        assert Counter.objects.count() == 0
    with towns.within(ours):
        assert Counter.objects.count() == 1


def test_without_our_filters_the_database_still_keeps_towns_apart(db):
    ours, theirs = a_town(), a_town()
    with towns.within(ours):
        Counter.objects.create(name="试验", day="2026-11-23", last=1)
    with towns.within(theirs), connection.cursor() as database:
        database.execute("select count(*) from ground_counter where town_id = %s", [ours.pk])
        assert database.fetchone() == (0,)


def test_a_row_of_another_town_cannot_be_written_even_by_raw_sql(db):
    ours, theirs = a_town(), a_town()
    with (
        pytest.raises(Exception, match="row-level security"),
        towns.within(theirs),
        connection.cursor() as database,
    ):
        database.execute(
            "insert into ground_counter (town_id, name, day, last) values (%s, '试验', '2026-11-23', 1)",
            [ours.pk],
        )


def test_the_database_forgets_the_town_when_the_transaction_ends(committed):
    town = a_town()
    with towns.within(town):
        Counter.objects.create(name="试验", day="2026-11-23", last=1)
    with connection.cursor() as database:
        database.execute(
            "select current_setting('yichuang.town', true), (select count(*) from ground_counter)"
        )
        setting, seen = database.fetchone()
    assert not setting
    assert seen == 0


def test_one_town_cannot_be_entered_from_another(db):
    ours, theirs = a_town(), a_town()
    with towns.within(ours), pytest.raises(towns.NoTown), towns.within(theirs):
        pass


def test_every_table_with_a_town_is_walled_also_for_its_owner(db):
    with connection.cursor() as database:
        database.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'town_id'"
            " where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace"
            " and not (c.relrowsecurity and c.relforcerowsecurity and exists"
            " (select 1 from pg_policy p where p.polrelid = c.oid))"
        )
        assert [name for (name,) in database.fetchall()] == []


def test_every_unique_constraint_of_a_town_holds_the_town():
    for model in apps.get_models():
        if not issubclass(model, towns.TownOwned):
            continue
        for constraint in model._meta.total_unique_constraints:
            assert constraint.fields[0] == "town", f"{model._meta.label}.{constraint.name}"
        alone = [field.name for field in model._meta.local_fields if field.unique and not field.primary_key]
        links = {field.name for field in model._meta.local_fields if field.one_to_one}
        assert set(alone) <= links, f"{model._meta.label}: {alone}"


def test_the_application_neither_owns_its_tables_nor_may_change_the_trail(db):
    with connection.cursor() as database:
        database.execute(
            "select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user"
        )
        assert database.fetchone() == (0,)
        database.execute(
            "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"
        )
        assert database.fetchone() == (False, False, False, False)
        for table in ("ground_trail", "ground_seal"):
            for right in ("update", "delete", "truncate"):
                database.execute("select has_table_privilege(%s, %s)", [table, right])
                assert database.fetchone() == (False,), (table, right)


def test_a_wrong_password_does_not_reach_the_database(db):
    database = settings.DATABASES["default"]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            host=database["HOST"],
            port=database["PORT"] or None,
            dbname=connection.settings_dict["NAME"],
            user=database["USER"],
            password="wrong",
        )

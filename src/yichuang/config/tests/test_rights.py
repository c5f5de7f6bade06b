"""A server of the town's own (DATABASE_URL): checked first, then used as the embedded one is."""

import urllib.request

import psycopg
import pytest

from tests.harness import system
from yichuang.config import keys, place, rights
from yichuang.config.postgres import Embedded
from yichuang.config.trouble import Trouble


@pytest.fixture(scope="module")
def outside():
    """A server that knows nothing of us yet; its address as superuser."""
    home = system.new_home()
    keys.ensure(home)
    server = Embedded(home)
    server.start()
    yield server
    server.stop()
    system.remove(home)


@pytest.fixture
def clean(outside):
    """The same server with a fresh database and without our role."""
    with psycopg.connect(outside.superuser_url(), autocommit=True) as superuser:
        superuser.execute("drop database if exists hall")
        superuser.execute("drop role if exists yichuang_app")
        superuser.execute("drop role if exists builder")
        superuser.execute("create database hall")
        yield superuser


def test_it_makes_the_applications_role_and_gives_its_address(outside, clean):
    address = rights.prepare_outside(outside.superuser_url("hall"), "secret")
    with psycopg.connect(address) as app:
        assert app.execute("select current_user, current_database()").fetchone() == ("yichuang_app", "hall")
    assert rights.prepare_outside(outside.superuser_url("hall"), "secret") == address


def test_a_role_with_another_password_is_left_alone_and_named(outside, clean):
    rights.prepare_outside(outside.superuser_url("hall"), "secret")
    with pytest.raises(Trouble, match=r"密码与 HOME/keys/postgres\.app 不符"):
        rights.prepare_outside(outside.superuser_url("hall"), "another")
    rights.prepare_outside(outside.superuser_url("hall"), "secret")


def test_a_role_that_may_too_much_is_refused(outside, clean):
    clean.execute("create role yichuang_app login superuser password 'secret'")
    with pytest.raises(Trouble, match="权限太大"):
        rights.prepare_outside(outside.superuser_url("hall"), "secret")


def test_an_owner_who_may_not_make_roles_is_told_what_to_ask_for(outside, clean):
    clean.execute("create role builder login password 'b'")
    clean.execute("alter database hall owner to builder")
    with pytest.raises(Trouble, match="CREATE ROLE yichuang_app"):
        rights.prepare_outside(outside.place.url("builder", "b", "hall"), "secret")
    clean.execute("create role yichuang_app login password 'secret'")
    assert "yichuang_app" in rights.prepare_outside(outside.place.url("builder", "b", "hall"), "secret")
    clean.execute("drop database hall")


def test_a_role_that_may_not_make_tables_is_refused(outside, clean):
    clean.execute("create role builder login password 'b'")
    with pytest.raises(Trouble, match="不能建表"):
        rights.prepare_outside(outside.place.url("builder", "b", "hall"), "secret")


def test_a_database_that_cannot_hold_chinese_is_refused(outside, clean):
    clean.execute("drop database hall")
    clean.execute(
        "create database hall template template0 encoding 'SQL_ASCII' locale 'C' locale_provider libc"
    )
    with pytest.raises(Trouble, match="存不了中文"):
        rights.prepare_outside(outside.superuser_url("hall"), "secret")


def test_an_address_nobody_answers_at_is_named(outside):
    with pytest.raises(Trouble, match="连不上 DATABASE_URL"):
        rights.prepare_outside("postgresql://a:b@/hall?host=/nowhere", "secret")


def test_a_verb_that_cannot_be_loaded_is_named(outside, clean, tmp_path):
    (tmp_path / "rooms" / "hall").mkdir(parents=True)
    (tmp_path / "rooms" / "hall" / "verbs.sql").write_text("create or replace nonsense")
    with pytest.raises(Trouble, match=r"verbs\.sql（hall）"):
        rights.load_verbs(clean, tmp_path)


def test_a_month_is_made_once_and_years_turn(outside, clean):
    with psycopg.connect(outside.superuser_url("hall"), autocommit=True) as owner:
        owner.execute("create table ground_trail (at timestamptz, id bigint) partition by range (at)")
        owner.execute("create table ground_trail_rest partition of ground_trail default")
        assert rights.ensure_partitions(owner, "2026-11", 3) == [
            "ground_trail_2026_11",
            "ground_trail_2026_12",
            "ground_trail_2027_01",
        ]
        assert rights.ensure_partitions(owner, "2026-11", 3) == []
        # Midnight in the town, not in London, parts two months.
        owner.execute(
            "insert into ground_trail values ('2026-11-30 23:59+08', 1), ('2026-12-01 00:00+08', 2)"
        )
        assert owner.execute("select id from ground_trail_2026_12").fetchall() == [(2,)]
        # Events that came before their month was made stay where they are.
        owner.execute("insert into ground_trail values ('2027-03-05 09:00+08', 3)")
        assert rights.ensure_partitions(owner, "2027-02", 3) == [
            "ground_trail_2027_02",
            "ground_trail_2027_04",
        ]
        assert owner.execute("select count(*) from ground_trail").fetchone() == (3,)
    clean.execute("drop database hall")


def test_the_whole_system_runs_on_it(outside, clean):
    home = system.new_home()
    started = system.start(home, "--empty", DATABASE_URL=outside.superuser_url("hall"))
    try:
        with urllib.request.urlopen(f"{started.url}/healthz", timeout=5) as answer:
            assert answer.status == 200
        assert not (home / "postgres.place").exists(), "no embedded server was made"
        address = outside.place.url("yichuang_app", place.password(home, "postgres.app"), "hall")
        with psycopg.connect(address) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("delete from ground_trail")
    finally:
        system.stop(started)
        system.remove(home)
        clean.execute("drop database hall")

"""The doctor finds what is wrong and says what to do."""

import psycopg
import pytest

from tests.harness import environment, system
from yichuang.cli import doctor
from yichuang.config import keys


@pytest.fixture
def home():
    made = system.new_home()
    keys.ensure(made)
    yield made
    system.remove(made)


def findings(home, port=None):
    return {each.name: each for each in doctor.examine(home, "127.0.0.1", port or system.free_port())}


def test_a_home_that_was_never_started_is_good(home):
    bad = [each.name for each in findings(home).values() if not each.good]
    assert bad == []


def test_it_names_keys_that_others_can_read(home):
    (home / "keys" / "seal.key").chmod(0o644)
    found = findings(home)["密钥文件"]
    assert not found.good
    assert found.todo == f"chmod 600 {home}/keys/*"


def test_it_names_a_home_that_others_can_enter(home):
    home.chmod(0o755)
    assert findings(home)["数据目录"].todo == f"chmod 700 {home}"


def test_it_names_a_port_in_use(home):
    import socket

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        assert not findings(home, busy.getsockname()[1])["端口"].good


def test_it_leaves_with_1_when_something_is_wrong(home, capsys):
    port = str(system.free_port())
    assert doctor.main(["--home", str(home), "--port", port]) == 0
    home.chmod(0o755)
    assert doctor.main(["--home", str(home), "--port", port]) == 1
    assert "不好 数据目录" in capsys.readouterr().out


def test_a_good_database_passes(committed):
    found = {each.name: each for each in doctor._asked(environment.database_url("app"))}
    # The tests' own server may lose data when the power fails, and nothing else.
    assert {name for name, each in found.items() if not each.good} == {"断电不丢数据", "断电不坏页"}


def test_it_names_a_role_that_may_too_much(committed):
    found = {
        each.name: each
        for each in doctor._asked(environment.server().superuser_url(environment.database_name()))
    }
    assert not found["数据库账号"].good
    assert not found["留痕"].good


def test_it_names_a_table_without_its_wall(committed):
    with psycopg.connect(environment.database_url("owner"), autocommit=True) as owner:
        owner.execute("create table open_to_all (id int, town_id bigint)")
        try:
            found = {each.name: each for each in doctor._asked(environment.database_url("app"))}
        finally:
            owner.execute("drop table open_to_all")
    assert not found["各镇数据"].good
    assert "open_to_all" in found["各镇数据"].found

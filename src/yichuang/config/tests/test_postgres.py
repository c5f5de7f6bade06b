"""The embedded server: reachable by nobody else, careful with folders that are not its own, back after any death."""

import os
import signal
import stat
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.harness import environment, system
from yichuang.config import keys, place, rights
from yichuang.config.postgres import Embedded
from yichuang.config.trouble import Trouble

AS_ROOT = os.geteuid() == 0
NOBODY = 65534


@pytest.fixture
def home():
    made = system.new_home()
    keys.ensure(made)
    yield made
    system.remove(made)


@pytest.fixture
def server(home):
    running = Embedded(home)
    running.start()
    running.prepare()
    yield running
    running.stop()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def run_as(user, code, *arguments):
    """Run a piece of Python as another user of this machine; its exit code and what it said."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
        try:
            sys.argv = ["", *map(str, arguments)]
            exec(code, {})
            os._exit(0)
        except BaseException as problem:
            os.write(writer, repr(problem).encode())
            os._exit(1)
    os.close(writer)
    said = os.read(reader, 10_000).decode()
    os.close(reader)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def test_it_listens_on_no_network_port(server):
    with psycopg.connect(server.superuser_url()) as superuser:
        assert superuser.execute("show listen_addresses").fetchone() == ("",)


def test_nobody_enters_without_a_password(server):
    for url in (server.superuser_url(), server.app_url()):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(url.replace(url.split(":")[2].split("@")[0], "guess"))


def test_another_user_of_the_machine_cannot_even_reach_the_socket(server):
    if not AS_ROOT:  # whoever is not root cannot act as another: the closed folder is what keeps others out
        assert mode(server.place.sockets) == mode(server.place.data) == 0o700
        return
    reach = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    code, said = run_as(NOBODY, reach, server.place.sockets / ".s.PGSQL.5432")
    assert code != 0
    assert "Permission denied" in said
    look = "import os, sys; os.listdir(sys.argv[1])"
    for folder in (server.place.data, server.place.sockets):
        assert "Permission denied" in run_as(NOBODY, look, folder)[1]


def test_passwords_and_folders_are_closed_to_others(server, home):
    assert mode(home / "keys") == 0o700
    assert all(mode(file) == 0o600 for file in (home / "keys").iterdir())
    assert mode(server.place.data) == 0o700
    assert mode(server.place.sockets) == 0o700
    assert mode(home / "logs") == 0o700


def test_folders_that_are_not_ours_keep_their_mode(home):
    above = [*home.parents]
    before = {folder: mode(folder) for folder in above}
    running = Embedded(home)
    running.start()
    running.stop()
    assert {folder: mode(folder) for folder in above} == before


def test_the_server_does_not_run_as_root(server):
    status = Path(f"/proc/{server.child.pid}/status").read_text()
    uid = int(status.split("Uid:")[1].split()[0])
    assert uid != 0


def test_the_application_may_do_its_work_and_no_more(server):
    with psycopg.connect(server.superuser_url()) as superuser:
        found = superuser.execute(
            "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = any(%s)",
            [[rights.APP, rights.OWNER]],
        ).fetchall()
    assert found == [(False,) * 4] * 2
    with psycopg.connect(server.app_url()) as app:
        assert app.execute("show statement_timeout").fetchone() == ("30s",)
        assert app.execute("show lock_timeout").fetchone() == ("10s",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table mine (id int)")


def test_killed_under_work_it_is_back_with_every_committed_row(server):
    with psycopg.connect(server.owner_url(), autocommit=True) as owner:
        owner.execute("create table kept (id int)")
        owner.execute("insert into kept select generate_series(1, 100)")
        server.child.send_signal(signal.SIGKILL)
        server.child.wait()
        begun = time.monotonic()
        server.start()
    assert time.monotonic() - begun < 10
    with psycopg.connect(server.owner_url()) as owner:
        assert owner.execute("select count(*) from kept").fetchone() == (100,)


def test_a_server_left_by_a_killed_supervisor_is_replaced(server, home):
    old = server.child
    later = Embedded(home)  # the same home, a new supervisor
    later.start()
    assert old.wait(1) is not None
    later.stop()


def test_a_lock_file_that_names_a_stranger_is_dropped(server, home):
    server.child.send_signal(signal.SIGKILL)
    server.child.wait()
    lock = server.place.data / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    server.start()
    assert server.is_running()


def test_an_interrupted_first_start_is_begun_again(home):
    running = Embedded(home)
    place.own_folder(running.place.data, running.place.account)
    (running.place.data / "half").write_text("")
    running.start()
    running.stop()
    assert not (running.place.data / "half").exists()


def test_two_homes_run_side_by_side(server):
    other = system.new_home()
    keys.ensure(other)
    second = Embedded(other)
    try:
        second.start()
        assert second.is_running()
        assert server.is_running()
        assert second.place.data != server.place.data
    finally:
        second.stop()
        system.remove(other)


def test_an_ordinary_user_keeps_everything_in_the_home():
    folder = system.new_home()
    folder.mkdir(parents=True)
    report = folder / "report"
    if AS_ROOT:
        folder.parent.chmod(0o755)
        os.chown(folder, NOBODY, NOBODY)
    # A fork, not a new program: this machine's Python may lie where that user cannot read it.
    if (child := os.fork()) == 0:
        try:
            if AS_ROOT:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            home = folder / ("deep" * 25)  # too long for a socket's address
            keys.ensure(home)
            server = Embedded(home)
            server.start()
            server.prepare()
            psycopg.connect(server.app_url()).close()
            server.stop()
            report.write_text(f"{server.place.data} {server.place.sockets} {server.place.account}")
            place.remove(home)
        except BaseException as problem:
            report.write_text(repr(problem))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    told = report.read_text()
    system.remove(folder)
    data, sockets, account = told.split()
    assert data.startswith(str(folder)), told
    assert len(f"{sockets}/.s.PGSQL.5432") < 104
    assert account == "None"


def test_a_folder_that_belongs_to_somebody_else_is_refused(tmp_path):
    if AS_ROOT:
        os.chown(tmp_path, NOBODY, NOBODY)
        with pytest.raises(Trouble, match="不属于"):
            place.own_folder(tmp_path, None)
    else:
        with pytest.raises(Trouble, match="不属于"):
            place.own_folder(Path("/"), None)


def test_data_of_an_erased_home_are_not_taken_over(home):
    first = Embedded(home).place.data
    (home / "postgres.place").unlink()
    (first.parent if AS_ROOT else first).mkdir(exist_ok=True)
    second = Embedded(home).place.data
    assert (first != second) == AS_ROOT
    if AS_ROOT:
        environment.shutil.rmtree(first.parent)

"""`up`, as a person at a terminal meets it: start, a second start, Ctrl-C, and deaths of its parts."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.harness import system

HERE = {name: value for name, value in os.environ.items() if not name.startswith(("YICHUANG_", "DJANGO_"))}


@pytest.fixture(scope="module")
def home():
    """One home for all of them: built by the first start, started again by the others."""
    made = system.new_home()
    yield made
    system.remove(made)


@pytest.fixture
def running(home):
    started = system.start(home, "--empty")
    yield started
    if started.process.poll() is None:
        system.stop(started)


def health(url):
    with suppress(OSError):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            return json.load(refused)
    return {}


def wait_for(true, seconds=10.0):
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, "it took too long"
        time.sleep(0.05)
    return time.monotonic() - begun


def ours(home):
    """Numbers of living processes that belong to this home, by what they were told."""
    data = (home / "postgres.place").read_text().split()[0]
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            told = (folder / "environ").read_bytes().decode(errors="replace")
            if f"YICHUANG_HOME={home}\0" in told or data in words or str(home) in words:
                found[int(folder.name)] = words
    return found


def test_it_is_healthy_and_says_where_it_is(running):
    said = (running.home.parent / "home.out").read_text()
    assert running.url in said
    wait_for(lambda: health(running.url).get("worker") == "ok")
    told = health(running.url)
    assert told["status"] == "ok"
    assert told["database"] == "ok"
    assert abs(told["clock_skew_ms"]) < 1000
    assert set(told) == {"status", "version", "database", "worker", "clock_skew_ms"}
    assert stat.S_IMODE(running.home.stat().st_mode) == 0o700


def test_a_second_up_on_the_same_home_says_so_and_leaves(running):
    second = subprocess.run(
        [sys.executable, "-m", "yichuang.cli", "up", "--home", str(running.home), "--port", "1"],
        capture_output=True,
        text=True,
        env=HERE,
    )
    assert second.returncode == 3
    assert running.url in second.stderr
    assert health(running.url)["database"] == "ok"


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_within_ten_seconds_and_leaves_nothing(running, order):
    assert len(ours(running.home)) > 3
    seconds = system.stop(running, order)
    assert seconds < 10
    assert running.process.returncode == 0
    assert ours(running.home) == {}


def test_when_it_is_killed_its_children_end_and_the_next_start_works(running):
    running.process.kill()
    running.process.wait()
    wait_for(lambda: not ours(running.home))
    again = system.start(running.home, "--empty")
    assert health(again.url)["database"] == "ok"
    system.stop(again)


def pid_of(home, word):
    return next(number for number, words in ours(home).items() if word in words)


def test_a_killed_database_is_back_and_pages_go_on(running):
    wait_for(lambda: health(running.url).get("worker") == "ok")
    os.kill(pid_of(running.home, "bin/postgres"), signal.SIGKILL)
    seconds = wait_for(lambda: all(health(running.url).get("database") == "ok" for _ in range(20)))
    assert seconds < 10


@pytest.mark.parametrize("word", [" web ", " worker"])
def test_a_killed_child_is_started_again(running, word):
    old = pid_of(running.home, word)
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: any(word in words for number, words in ours(running.home).items() if number != old))
    wait_for(lambda: health(running.url).get("status") == "ok", 20)


def test_the_application_cannot_touch_what_the_trail_holds(running):
    password = (running.home / "keys" / "postgres.app").read_text().strip()
    sockets = f"{(running.home / 'postgres.place').read_text().split()[0]}/run"
    if os.geteuid():
        sockets = (running.home / "postgres.place").read_text().split()[1]
    with psycopg.connect(
        f"postgresql://yichuang_app:{password}@/yichuang?host={sockets}", autocommit=True
    ) as app:
        for order in (
            "update ground_trail set kind = 'x'",
            "delete from ground_trail",
            "truncate ground_trail",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(order)
        partitions = [
            name
            for (name,) in app.execute("select relname from pg_class where relispartition and relkind = 'r'")
        ]
        assert len(partitions) > 24
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(f"select * from {partitions[0]}")


def test_a_port_in_use_is_named(running, home):
    other = system.new_home()
    port = running.url.rsplit(":", 1)[1]
    refused = subprocess.run(
        [sys.executable, "-m", "yichuang.cli", "up", "--home", str(other), "--port", port],
        capture_output=True,
        text=True,
        env=HERE,
    )
    system.remove(other)
    assert refused.returncode == 1
    assert f"端口 {port} 用不了" in refused.stderr


def test_two_web_processes_share_the_port(home):
    started = system.start(home, "--empty", "--workers", "2")
    try:
        webs = [number for number, words in ours(home).items() if " web " in words]
        assert len(webs) == 2
        os.kill(webs[0], signal.SIGKILL)
        wait_for(lambda: all(health(started.url).get("database") == "ok" for _ in range(5)))
    finally:
        system.stop(started)


def test_a_home_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    refused = subprocess.run(
        [sys.executable, "-m", "yichuang.cli", "up", "--home", str(tmp_path / "file" / "home")],
        capture_output=True,
        text=True,
        env=HERE,
    )
    assert refused.returncode == 1
    assert "用不了" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_https_is_trusted_through_the_homes_own_authority(home):
    import ssl

    started = system.start(home, "--empty", "--tls")
    try:
        trust = ssl.create_default_context(cafile=str(home / "tls" / "ca.crt"))
        with urllib.request.urlopen(f"{started.url}/healthz", timeout=5, context=trust) as answer:
            assert answer.status == 200
    finally:
        system.stop(started)


def test_a_wrong_moment_is_refused_in_plain_words(home):
    refused = subprocess.run(
        [sys.executable, "-m", "yichuang.cli", "up", "--home", str(home)],
        capture_output=True,
        text=True,
        env={**HERE, "YICHUANG_NOW": "yesterday"},
    )
    assert refused.returncode == 1
    assert "YICHUANG_NOW 写得不对" in refused.stderr


def test_production_has_no_demo_clock(home):
    refused = subprocess.run(
        [sys.executable, "-m", "yichuang.cli", "up", "--home", str(home)],
        capture_output=True,
        text=True,
        env={**HERE, "YICHUANG_NOW": "2026-11-23T09:00+08:00", "YICHUANG_MODE": "production"},
    )
    assert refused.returncode == 1
    assert "不能调时钟" in refused.stderr

"""A whole running system for tests: the real `up` in a home and on a port of its own, on a Monday morning."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tests.harness import environment
from yichuang.config import place

NOW = "2026-11-23T09:00+08:00"  # a Monday, the hall is open


@dataclass
class System:
    """`url`, `home` and `accounts` (what demo-accounts.json holds) of a running system."""

    url: str
    home: Path
    process: subprocess.Popen[str]

    @cached_property
    def accounts(self) -> dict[str, Any]:
        return json.loads((self.home / "demo-accounts.json").read_text(encoding="utf-8"))


def start(
    home: Path, *options: str, port: int | None = None, patience: float = 180, **variables: str
) -> System:
    """Run `up` and wait until it says that it is there."""
    port = port or free_port()
    words = (home.parent / f"{home.name}.out").open("w+")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("YICHUANG_", "DJANGO_"))
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "yichuang.cli", "up", "--home", str(home), "--port", str(port), *options],
        env={**kept, "PYTHONUNBUFFERED": "1", **variables},
        stdin=subprocess.DEVNULL,
        stdout=words,
        stderr=subprocess.STDOUT,
        process_group=0,
        text=True,
    )
    deadline = time.monotonic() + patience
    while "已启动" not in (said := Path(words.name).read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise AssertionError(f"up did not start:\n{said}")
        time.sleep(0.05)
    return System(f"{'https' if '--tls' in options else 'http'}://127.0.0.1:{port}", home, process)


def stop(system: System, order: signal.Signals = signal.SIGTERM) -> float:
    """End it; the seconds that took."""
    begun = time.monotonic()
    with suppress(ProcessLookupError):
        system.process.send_signal(order)
    system.process.wait(15)
    return time.monotonic() - begun


def new_home() -> Path:
    return Path(tempfile.mkdtemp(prefix=f"{environment.PREFIX}{os.getpid()}-")).resolve() / "home"


def remove(home: Path) -> None:
    place.remove(home)
    shutil.rmtree(home.parent, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """The whole system with its demo town, from Monday 09:00 on; one for all tests of this worker."""
    home = new_home()
    running = start(home, YICHUANG_NOW=NOW)
    yield running
    stop(running)
    remove(home)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # All tests of the running system go to one worker (--dist loadgroup), so that it starts once.
    for item in items:
        if "system" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("system"))

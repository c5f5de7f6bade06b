"""A system of the drill's own, in a home of its own: started, watched, struck, and cleared away."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yichuang.cli.walking.caller import Caller, Unanswered
from yichuang.config import place
from yichuang.config.trouble import Trouble

START_SECONDS = 240.0
VICTIMS = {"web": "yichuang.cli web", "worker": "yichuang.cli worker", "database": "/postgres "}


@dataclass
class OwnSystem:
    """A running `./yichuang up`."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    first_day: str = ""

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def accounts(self) -> dict[str, Any]:
        return dict(json.loads((self.home / "demo-accounts.json").read_text(encoding="utf-8")))

    def is_well(self) -> bool:
        """Pages answer and the background worker works."""
        try:
            answer = Caller(self.url, timeout=2).page("/healthz")
            return answer.ok and answer.json["worker"] == "ok"
        except (Unanswered, ValueError):
            return False

    def wait_until_well(self, seconds: float) -> float:
        """Seconds until it is well again; as many as given when it is not."""
        begun = time.monotonic()
        while not self.is_well():
            if self.process.poll() is not None:
                raise Trouble(f"系统自己停了：\n{self.said}", f"The system ended by itself:\n{self.said}")
            if time.monotonic() - begun > seconds:
                return seconds
            time.sleep(0.05)
        return time.monotonic() - begun

    @property
    def said(self) -> str:
        return (self.folder / "up.out").read_text(encoding="utf-8", errors="replace")[-2000:]

    def wait_until_back(self, victim: str, killed: int, seconds: float) -> float:
        """Seconds until another one stands in its place and all is well."""
        begun, wall = time.monotonic(), time.time()
        while (taken := time.monotonic() - begun) < seconds:
            others = [pid for pid, command in _children(self.process.pid) if VICTIMS[victim] in command]
            if (
                others
                and killed not in others
                and self.is_well()
                and (victim != "worker" or self._beats(wall))
            ):
                return taken
            time.sleep(0.05)
        return seconds

    def _beats(self, since: float) -> bool:
        """Whether the background worker has shown itself since then."""
        with suppress(OSError):
            return (self.home / "worker.heartbeat").stat().st_mtime > since
        return False

    def messages(self) -> list[tuple[str, str]]:
        """Every message that went out: to whom and what."""
        with suppress(OSError):
            lines = (self.home / "sent" / "sms.jsonl").read_text(encoding="utf-8").splitlines()
            return [(told["phone"], told["text"]) for told in map(json.loads, filter(None, lines))]
        return []

    def kill(self, victim: str) -> int:
        """kill -9 of one of our own children; its process id, 0 when it is not there at the moment."""
        for pid, command in _children(self.process.pid):
            if VICTIMS[victim] in command:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    return pid
        return 0

    def stop(self, *, keep: bool = False) -> None:
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if not keep:
            place.remove(self.home)
            shutil.rmtree(self.folder, ignore_errors=True)


def start(*options: str) -> OwnSystem:
    """Start `up` in a new folder on a free port and wait until it is well."""
    folder = Path(tempfile.mkdtemp(prefix="yichuang-drill-")).resolve()
    port = _free_port()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("YICHUANG_", "DJANGO_"))
    }
    kept.pop("DATABASE_URL", None)
    command = [
        sys.executable,
        "-m",
        "yichuang.cli",
        "up",
        "--home",
        str(folder / "home"),
        "--port",
        str(port),
        *options,
    ]
    with (folder / "up.out").open("wb") as out:
        process = subprocess.Popen(  # noqa: S603
            command, env=kept, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, process_group=0
        )
    system = OwnSystem(folder, port, process)
    if system.wait_until_well(START_SECONDS) >= START_SECONDS:
        said = system.said
        system.stop()
        raise Trouble(f"系统没有启动成功：\n{said}", f"The system did not start:\n{said}")
    system.first_day = Caller(system.url).get("/board").json["at"][:10]
    return system


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(parent: int) -> list[tuple[int, str]]:
    """Process ids and commands of the processes that this one started."""
    if not Path("/proc/self/stat").exists():
        listed = subprocess.run(["ps", "-axo", "pid=,ppid=,command="], capture_output=True, text=True).stdout  # noqa: S607
        rows = [line.split(None, 2) for line in listed.splitlines()]
        return [(int(row[0]), row[2]) for row in rows if len(row) == 3 and row[1] == str(parent)]
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, ValueError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    found.append((int(entry.name), command))
    return found

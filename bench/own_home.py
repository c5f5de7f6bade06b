"""A home of the measurement's own: database, demo town and one web process as `up` runs them, and nothing else.

No background worker: its rounds would be measured with the pages. All of it ends with the measurement: the
children hang on this process (also by kill -9), the folder is cleared away by `close`.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path
from types import TracebackType

import psycopg

from yichuang.cli import assets, children
from yichuang.cli.children import Child
from yichuang.config import keys, place, postgres
from yichuang.config.trouble import Trouble

from . import processor

PREFIX = "yichuang-bench-"
START_SECONDS = 60.0
STOP_SECONDS = 5.0


class OwnHome:
    """`with OwnHome() as home`: ready once entered, gone once left; Django of this process is set up on it."""

    def __init__(self) -> None:
        _clear_after_killed_runs()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")).resolve()
        self.home = self.folder / "home"
        self.port = _free_port()
        self.server: postgres.Embedded | None = None
        self.web: Child | None = None

    def __enter__(self) -> OwnHome:
        for order in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(order, _interrupted)
        try:
            self._start()
        except BaseException as problem:
            self.close()
            if isinstance(problem, RuntimeError):
                raise Trouble(
                    f"测速用的系统没有准备好：\n{problem}", "The system was not prepared."
                ) from problem
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End what was started and clear the folders away; a second Ctrl-C does not disturb that."""
        for order in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(order, signal.SIG_IGN)
        if self.web:
            self.web.ask_to_stop()
            self.web.make_stop(STOP_SECONDS)
        if self.server:
            self.server.stop()
        _remove(self.folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for order in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(order, signal.SIG_DFL)

    @property
    def superuser(self) -> psycopg.Connection:
        """A connection that sees the rows of every town."""
        assert self.server is not None
        return psycopg.connect(self.server.superuser_url(place.DATABASE), autocommit=True)

    def processes(self) -> list[int]:
        """The numbers of the web process and of the database server's processes, the web process first."""
        assert self.web is not None and self.web.process is not None
        assert self.server is not None and self.server.child is not None
        return [self.web.process.pid, self.server.child.pid, *processor.started_by(self.server.child.pid)]

    def _start(self) -> None:
        assets.ensure()
        keys.ensure(self.home)
        (self.home / "logs").mkdir(mode=0o700, exist_ok=True)
        self.server = postgres.Embedded(self.home)
        self.server.start()
        self.server.prepare()
        for name in [name for name in os.environ if name.startswith(("YICHUANG_", "DJANGO_"))]:
            del os.environ[name]
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {
            "YICHUANG_HOME": str(self.home),
            "YICHUANG_DEMO": "1",
            "YICHUANG_DATABASE": self.server.app_url(),
            "YICHUANG_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "yichuang.config.settings",
        }
        as_owner = {**os.environ, "YICHUANG_DATABASE": self.server.owner_url()}
        children.run("yichuang.cli.schema", as_owner, ["--static"])
        children.run("yichuang.cli.seed", dict(os.environ))
        log = self.home / "logs" / "web.log"
        self.web = Child(
            "web", ["web", "--host", "127.0.0.1", "--port", str(self.port)], dict(os.environ), log
        )
        self.web.start()
        self._wait_until_answered(log)
        import django

        django.setup()

    def _wait_until_answered(self, log: Path) -> None:
        assert self.web is not None
        deadline = time.monotonic() + START_SECONDS
        while not _answers(self.port):
            if not self.web.is_running() or time.monotonic() > deadline:
                said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise Trouble(f"网页没有启动成功：\n{said}", "The web process did not start.")
            time.sleep(0.05)


def _remove(folder: Path) -> None:
    place.remove(folder / "home")
    shutil.rmtree(folder, ignore_errors=True)


def _clear_after_killed_runs() -> None:
    """A run that was killed outright left its folders; they carry the number of its process."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(ValueError, PermissionError):
            try:
                os.kill(int(old.name.removeprefix(PREFIX).split("-")[0]), 0)
            except ProcessLookupError:
                _remove(old)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

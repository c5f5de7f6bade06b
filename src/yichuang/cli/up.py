"""`./yichuang up`: set up what is missing, start everything, stay in the foreground, leave nothing running."""

import argparse
import contextlib
import fcntl
import http.client
import os
import select
import signal
import socket
import ssl
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from yichuang.cli import assets, children
from yichuang.cli.children import Child
from yichuang.config import keys, place, postgres, rights
from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]
STOP_SECONDS = 5.0  # for web and worker; the database needs less than a second more


class AskedToStop(BaseException):
    """SIGTERM or Ctrl-C."""


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    home: Path = options.home
    try:
        fresh = not home.exists()
        keys.ensure(home)
        if fresh or (home / "up.lock").exists():
            home.chmod(0o700)
    except OSError as problem:
        raise Trouble(
            f"数据目录 {home} 用不了：{problem.strerror}。请检查磁盘空间和权限，或用 --home 换一个。",
            f"The home {home} cannot be used ({problem.strerror}): check space and rights, or take another.",
        ) from problem
    with (home / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            where = lock.read().strip() or home
            print(
                f"这里已经在运行了：{where}",
                f"Already running on this home: {where}",
                sep="\n",
                file=sys.stderr,
            )
            return 3
        system = System(options)
        lock.truncate(0)
        lock.write(f"{system.address} (pid {os.getpid()})\n")
        lock.flush()
        try:
            system.run()
        except AskedToStop:
            pass
        finally:
            system.stop()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./yichuang up", description="启动全部  start everything")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("YICHUANG_HOME", PROJECT / "var")))
    parser.add_argument("--host", default=os.environ.get("YICHUANG_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=os.environ.get("YICHUANG_PORT", "8000"))
    parser.add_argument("--empty", action="store_true", help="不装演示数据  without the demo town")
    parser.add_argument("--workers", type=int, default=1, help="网页进程数  number of web processes")
    parser.add_argument(
        "--tls", action="store_true", help="https，使用演示证书  https with a demo certificate"
    )
    options = parser.parse_args(arguments)
    options.home = options.home.expanduser().resolve()
    return options


class System:
    """Everything that belongs to one home while it runs."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.home: Path = options.home
        self.production = os.environ.get("YICHUANG_MODE") == "production"
        self.scheme = "https" if options.tls else "http"
        shown = options.host if options.host not in ("0.0.0.0", "::", "") else _own_address()  # noqa: S104
        self.address = f"{self.scheme}://{f'[{shown}]' if ':' in shown else shown}:{options.port}"
        self.environment = self._environment()
        self.server: postgres.Embedded | None = None
        self.children: list[Child] = []

    def run(self) -> None:
        """Start, say where it is, and watch until told to stop."""
        begun = time.monotonic()
        wake = _listen_for_signals()
        _require_free_port(self.options.host, self.options.port)
        assets.ensure()
        (self.home / "logs").mkdir(mode=0o700, exist_ok=True)
        (self.home / "worker.heartbeat").unlink(missing_ok=True)
        owner_url = self._start_database()
        self._build(owner_url)
        self._start_children()
        self._wait_until_healthy()
        self._introduce(time.monotonic() - begun)
        self._watch(wake)

    def stop(self) -> None:
        """End all of it: pages first, then the database. Never longer than ten seconds."""
        for order in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(order, signal.SIG_IGN)
        if self.children or self.server:
            print("正在停止。  Stopping.")
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.make_stop(deadline - time.monotonic())
        if self.server:
            self.server.stop(patience=3)

    def _environment(self) -> dict[str, str]:
        """What the children need to know; Django reads nothing else."""
        given = {
            **os.environ,
            "YICHUANG_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "yichuang.config.settings",
        }
        given.pop("DATABASE_URL", None)  # the owner's address is not for the application
        given["YICHUANG_DEMO"] = "0" if self.production else "1"
        given.setdefault("YICHUANG_PUBLIC_URL", self.address)
        given["PYTHONUNBUFFERED"] = "1"
        if wanted := os.environ.get("YICHUANG_NOW"):
            given["YICHUANG_CLOCK_OFFSET"] = str(self._clock_offset(wanted))
        return given

    def _clock_offset(self, wanted: str) -> float:
        if self.production:
            raise Trouble(
                "正式运行时不能调时钟，请去掉 YICHUANG_NOW。", "YICHUANG_NOW is for the demo only: unset it."
            )
        try:
            moment = datetime.fromisoformat(wanted)
        except ValueError:
            raise Trouble(
                f"YICHUANG_NOW 写得不对：{wanted}。请写成 2026-11-23T09:00+08:00 的样子。",
                f"YICHUANG_NOW is not a moment: {wanted}. Write it like 2026-11-23T09:00+08:00.",
            ) from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone(timedelta(hours=8)))
        return round((moment - datetime.now(moment.tzinfo)).total_seconds(), 3)

    def _start_database(self) -> str:
        """The owner's address, for the building step; the application's goes into the environment."""
        if outside := os.environ.get("DATABASE_URL"):
            print("正在连接数据库。  Connecting to the database.")
            self.environment["YICHUANG_DATABASE"] = rights.prepare_outside(
                outside, place.password(self.home, "postgres.app")
            )
            return outside
        print("正在启动数据库。  Starting the database.")
        self.server = postgres.Embedded(self.home)
        self.server.start()
        self.server.prepare()
        self.environment["YICHUANG_DATABASE"] = self.server.app_url()
        return self.server.owner_url()

    def _build(self, owner_url: str) -> None:
        print("正在核对数据表和页面文件。  Checking tables and static files.")
        try:
            as_owner = {**self.environment, "YICHUANG_DATABASE": owner_url}
            towns = int(children.run("yichuang.cli.schema", as_owner, ["--static"]).split()[-1])
            accounts = self.home / "demo-accounts.json"
            if not (self.options.empty or self.production) and not (towns and accounts.exists()):
                print("正在装入演示镇。  Loading the demo town.")
                children.run("yichuang.cli.seed", self.environment)
        except RuntimeError as problem:
            raise Trouble(
                f"准备数据时出错，没有启动。下面是原因：\n{problem}",
                "Preparing the data failed; the cause is above.",
            ) from problem

    def _start_children(self) -> None:
        print("正在启动网页和后台。  Starting pages and background work.")
        web = ["web", "--host", self.options.host, "--port", str(self.options.port)]
        if self.options.tls:
            from yichuang.cli.tls import ensure as ensure_certificate

            certificate, key = ensure_certificate(self.home, self.options.host, _own_address())
            web += ["--certificate", str(certificate), "--key", str(key)]
        logs = self.home / "logs"
        for number in range(self.options.workers):
            self.children.append(Child(f"web {number + 1}", web, self.environment, logs / "web.log"))
        self.children.append(Child("worker", ["worker"], self.environment, logs / "worker.log"))
        for child in self.children:
            child.start()

    def _wait_until_healthy(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not _answers(self.options.host, self.options.port, self.scheme):
            for child in self.children:
                if not child.is_running():
                    raise Trouble(
                        f"{child.name} 没有启动成功，原因写在 {child.log} 的末尾。",
                        f"{child.name} did not start; the end of {child.log} says why.",
                    )
            if time.monotonic() > deadline:
                raise Trouble(
                    "网页一直没有回应，已停止。",
                    f"No answer within {seconds:.0f} s; see {self.home / 'logs'}.",
                )
            time.sleep(0.05)

    def _introduce(self, seconds: float) -> None:
        demo = self.home / "demo-accounts.json"
        lines = [
            "",
            f"一窗已启动（{seconds:.1f} 秒）。按 Ctrl-C 停止。  Up in {seconds:.1f} s. Ctrl-C stops it.",
            f"  群众网页 portal    {self.address}/",
            f"  自助机   kiosk     {self.address}/kiosk/",
            f"  大厅显示屏 board   {self.address}/board/",
            f"  窗口     desk      {self.address}/desk/",
            f"  管理     office    {self.address}/office/",
            f"  接口说明 API       {self.address}/api/v1/openapi.json",
        ]
        if demo.exists() and not self.production:
            lines += [f"  演示账号 accounts  {demo}", *_accounts(demo)]
        if self.options.tls:
            lines.append(
                f"  证书     trust     把 {self.home / 'tls' / 'ca.crt'} 导入浏览器的“受信任的根证书”。"
            )
        print(*lines, "", sep="\n")

    def _watch(self, wake: int) -> None:
        """Start again what ends. Woken by signals (a child's end is one), otherwise once a second."""
        trimmed_at = time.monotonic()
        while True:
            select.select([wake], [], [], 1.0 if self._all_running() else 0.05)
            with contextlib.suppress(BlockingIOError):
                os.read(wake, 1000)
            if self.server and not self.server.is_running():
                print("数据库意外停止，正在重新启动。  The database ended; starting it again.")
                with contextlib.suppress(Trouble):
                    self.server.start()
            for child in self.children:
                if child.watch():
                    print(f"{child.name} 意外停止，已重新启动。  {child.name} ended; started again.")
            if time.monotonic() - trimmed_at > 60:
                trimmed_at = time.monotonic()
                for log in (self.home / "logs").glob("*.log"):
                    children.trim(log)

    def _all_running(self) -> bool:
        return all(child.is_running() for child in self.children) and (
            not self.server or self.server.is_running()
        )


def _listen_for_signals() -> int:
    """SIGTERM and Ctrl-C raise AskedToStop wherever we are; a child's end wakes the watch at once."""
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    def stop(*_: object) -> None:
        for order in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(order, signal.SIG_IGN)
        raise AskedToStop

    for order in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(order, stop)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reader


def _require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Trouble(
                f"端口 {port} 用不了（{problem.strerror}）。请换一个，例如 ./yichuang up --port {port + 1}",
                f"Port {port} cannot be used ({problem.strerror}): take another with --port.",
            ) from problem


def _answers(host: str, port: int, scheme: str) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    connection: http.client.HTTPConnection
    if scheme == "https":  # our own certificate, asked on our own machine
        unchecked = ssl._create_unverified_context()  # noqa: S323
        connection = http.client.HTTPSConnection(target, port, timeout=5, context=unchecked)
    else:
        connection = http.client.HTTPConnection(target, port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def _own_address() -> str:
    """This machine's address in the local network, else the loopback address; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return "127.0.0.1"


def _accounts(path: Path) -> list[str]:
    """The demo's accounts as lines, whatever the file holds."""
    import json

    with contextlib.suppress(ValueError, OSError, AttributeError):
        staff = json.loads(path.read_text(encoding="utf-8")).get("staff", {})
        named = [(role, one) for role, one in staff.items() if "username" in one]
        return [f"    {role:18} {one['username']} / {one['password']}" for role, one in named]
    return []

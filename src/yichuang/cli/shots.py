"""`./yichuang shots`: a picture of every page at the sizes its door is used at, with people in it.

Matters are played first (shooting/scene.py): people waiting, a called ticket, a case with missing papers, a tray to
review, a sheet to sign, results, messages, figures. Without --url it starts a system of its own and ends it again.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from yichuang.cli.shooting import camera
from yichuang.cli.shooting.scene import Morning
from yichuang.cli.shooting.views import VIEWS, View
from yichuang.cli.walking.caller import Caller
from yichuang.config import place
from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]
NOW = "2026-11-23T09:00+08:00"  # a Monday, the hall is open
STARTS_WITHIN = 180.0  # seconds


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    wanted = _wanted(options.names)
    camera.chromium()  # before anything is started
    out: Path = options.out or options.home / "shots"
    begun = time.monotonic()
    with _system(options) as (url, home):
        morning = Morning(Caller(url), home)
        morning.play()
        files = camera.photograph(morning, wanted, out)
        morning.leave()
    camera.write_index(out, files)
    seconds = time.monotonic() - begun
    print(f"拍了 {len(files)} 张，{seconds:.0f} 秒，在 {out}。  {len(files)} pictures, see index.html there.")
    return 0


def _wanted(names: list[str]) -> list[View]:
    known = {view.name for view in VIEWS}
    if unknown := [name for name in names if name not in known]:
        told = " ".join(sorted(known))
        raise Trouble(f"没有叫 {'、'.join(unknown)} 的照片。有这些：{told}", "No such picture.")
    return [view for view in VIEWS if not names or view.name in names]


@contextlib.contextmanager
def _system(options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """The running system that was named, or one of our own that ends with us."""
    if options.url:
        yield options.url.rstrip("/"), options.home
        return
    folder = Path(tempfile.mkdtemp(prefix="yichuang-shots-"))
    home, port = folder / "home", _free_port()
    command = [sys.executable, "-m", "yichuang.cli", "up", "--home", str(home), "--port", str(port)]
    with (folder / "up.log").open("wb") as log:
        running = subprocess.Popen(  # noqa: S603
            command, env={**os.environ, "YICHUANG_NOW": NOW}, stdout=log, stderr=log, process_group=0
        )
    try:
        _wait_until_up(f"http://127.0.0.1:{port}", running)
        yield f"http://127.0.0.1:{port}", home
    finally:
        running.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(20)
        place.remove(home)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(url: str, running: subprocess.Popen[bytes]) -> None:
    caller, deadline = Caller(url, patience=1.0), time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and running.poll() is None:
        with contextlib.suppress(Exception):
            if caller.page("/healthz").json.get("worker") == "ok":
                return
        time.sleep(0.3)
    raise Trouble("系统没有启动成功，请先试 ./yichuang up。", "The system did not start: try ./yichuang up.")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./yichuang shots", description="给页面拍照  pictures of the pages")
    parser.add_argument(
        "--url", default="", help="运行着的系统；不写就临时起一个  a running system, else one of our own"
    )
    parser.add_argument(
        "--home",
        type=Path,
        default=Path(os.environ.get("YICHUANG_HOME", PROJECT / "var")),
        help="它的文件夹  its home",
    )
    parser.add_argument("--out", type=Path, help="照片放哪里，默认 HOME/shots  where the pictures go")
    parser.add_argument("names", nargs="*", help="只拍这些  only these, e.g. home desk review")
    return parser.parse_args(arguments)

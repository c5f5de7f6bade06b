"""`./yichuang shots`: a picture of every page at the sizes its door is used at, with people in it.

Matters are played first, so that each page has something to show: people waiting, a called ticket, a case with missing
papers, a tray to review, a sheet to sign, results, messages, figures.
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
from urllib.parse import urlsplit

from yichuang.cli.walking import people
from yichuang.cli.walking.caller import Caller
from yichuang.cli.walking.matter import Walk
from yichuang.cli.walking.pictures import FLAGS
from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]
NOW = "2026-11-23T09:00+08:00"  # a Monday, the hall is open
PHONE, SMALL, TABLET, WIDE = (360, 740), (320, 640), (768, 1024), (1366, 900)
DESK, DESK_WIDE, WALL, KIOSK = (1366, 768), (1920, 1080), (1920, 1080), (1080, 1920)
FIXED = {DESK, DESK_WIDE, KIOSK}  # seen as they are; all others to their end

Shot = tuple[str, str, str, list[tuple[int, int]]]  # name, address, token, sizes


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    with _system(options) as (url, home):
        caller = Caller(url)
        shots = [shot for shot in _play(caller, home) if not options.names or shot[0] in options.names]
        out = options.out or home / "shots"
        out.mkdir(parents=True, exist_ok=True)
        taken = _photograph(url, shots, out)
        (out / "index.html").write_text(_index(taken), encoding="utf-8")
    print(f"拍了 {len(taken)} 张，在 {out}。  {len(taken)} pictures.")
    return 0


def _play(caller: Caller, home: Path) -> list[Shot]:
    """Matters at four points of their way, and what to photograph."""
    accounts = people.accounts(home)
    ended = _walk(caller, accounts, "核对留痕")
    to_sign = _walk(caller, accounts, "窗口办完")
    to_review = _walk(caller, accounts, "村主任签字")
    for number in range(6):
        asked = {"queue": ("general", "general", "quick", "enterprise", "general", "quick")[number]}
        caller.post("/tickets", asked, accounts["devices"]["kiosk"])
    at_desk = _walk(caller, accounts, "提交")
    staff = at_desk.cast.staff
    head, reviewer = staff("village_heads", "V04"), staff("reviewers", "MZ")
    task = caller.get("/reviews/tray", reviewer).json["tasks"][0]["id"]
    sheet = caller.get("/signing/tray", head).json["tasks"][0]["id"]
    ticket = at_desk.ticket["track_url"].rpartition("/")[2]
    track = ended.case["track_url"].rpartition("/")[2]
    underway = to_review.case["track_url"].rpartition("/")[2]
    case = f"/desk/case/{at_desk.number}/"
    return [
        ("home", "/", "", [PHONE, TABLET, WIDE]),
        ("items", "/items/", "", [PHONE, WIDE]),
        ("search", "/search?q=农村医保怎么交", "", [PHONE, WIDE]),
        ("search-nothing", "/search?q=造火箭", "", [PHONE]),
        ("guide", "/guide/MZ-010", "", [SMALL, PHONE, WIDE]),
        ("event", "/event/newborn", "", [PHONE, WIDE]),
        ("track", f"/track/{underway}", "", [PHONE, WIDE]),
        ("track-done", f"/track/{track}", "", [PHONE]),
        ("verify", f"/verify/{ended.results[0]['check_code']}", "", [PHONE]),
        ("verify-unknown", "/verify/AAAA-BBBB-CCCC-DDDD", "", [PHONE]),
        ("rate", f"/rate/{to_sign.invitations['ticket']}", "", [PHONE]),
        ("rate-done", f"/rate/{ended.invitations['case']}", "", [PHONE]),
        ("ticket", f"/ticket/{ticket}", "", [PHONE]),
        ("lost", "/guide/XX-999", "", [PHONE, WIDE]),
        ("kiosk", "/kiosk/", "", [KIOSK]),
        ("kiosk-items", "/kiosk/items/", "", [KIOSK]),
        ("kiosk-number", "/kiosk/number/?queue=general&by=id", "", [KIOSK]),
        ("kiosk-ticket", f"/kiosk/ticket/{ticket}", "", [KIOSK]),
        ("board", "/board/", "", [WALL]),
        ("screen", "/screen/", "", [WALL]),
        ("sent", "/sent/", "", [WIDE]),
        ("sign-in", "/office/sign-in/", "", [PHONE, WIDE]),
        ("office", "/office/", staff("hall_manager"), [WIDE]),
        ("figures", "/office/figures/", staff("supervisor"), [WIDE]),
        ("records", "/office/figures/accepted_cases/", staff("supervisor"), [WIDE]),
        ("letters", "/office/letters/", staff("hall_manager"), [WIDE]),
        ("components", "/office/components/", "", [WIDE]),
        ("windows", "/desk/", staff("clerks", "7"), [DESK]),
        ("desk", "/desk/", at_desk.clerk, [DESK]),
        ("desk-case", case, at_desk.clerk, [DESK, DESK_WIDE]),
        ("desk-open", "/desk/open/", at_desk.clerk, [DESK]),
        ("review", "/desk/review/", reviewer, [DESK]),
        ("review-task", f"/desk/review/{task}/", reviewer, [DESK, DESK_WIDE]),
        ("sign", "/desk/sign/", head, [PHONE]),
        ("sign-task", f"/desk/sign/{sheet}/", head, [PHONE]),
    ]


def _walk(caller: Caller, accounts: dict, until: str) -> Walk:
    """A matter played up to a step, by its title."""
    walk = Walk(caller, accounts)
    for step in walk.steps():
        if step.title == until:
            return walk
    raise Trouble(f"走一遍里没有“{until}”这一步。", f"The walk has no step {until}.")


def _photograph(url: str, shots: list[Shot], out: Path) -> list[str]:
    from playwright.sync_api import sync_playwright

    taken = []
    path = os.environ.get("YICHUANG_BROWSER") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name, address, token, sizes in shots:
            for size in sizes:
                for elder in (False, True) if size in (PHONE, KIOSK) else (False,):
                    context = browser.new_context(
                        base_url=url,
                        viewport={"width": size[0], "height": size[1]},
                        locale="zh-CN",
                        timezone_id="Asia/Shanghai",
                        ignore_https_errors=True,
                    )
                    host = urlsplit(url).hostname or ""
                    kept = {"yichuang_who": token, "elder": "22" if elder else ""}
                    context.add_cookies(
                        [
                            {"name": cookie, "value": value, "domain": host, "path": "/"}
                            for cookie, value in kept.items()
                            if value
                        ]
                    )
                    page = context.new_page()
                    page.goto(address, wait_until="load", timeout=20_000)
                    page.wait_for_timeout(250)  # fonts, and what scripts put in
                    file = f"{name}-{size[0]}{'-elder' if elder else ''}.png"
                    page.screenshot(path=out / file, full_page=size not in FIXED)
                    taken.append(file)
                    context.close()
        browser.close()
    return taken


def _index(files: list[str]) -> str:
    figures = "\n".join(
        f'<figure><img src="{file}" loading="lazy" alt="{file}"><figcaption>{file}</figcaption></figure>'
        for file in files
    )
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>一窗的页面</title>\n{figures}\n'


@contextlib.contextmanager
def _system(options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """The running system that was named, or one of our own that ends with us."""
    if options.url:
        yield options.url.rstrip("/"), options.home
        return
    with tempfile.TemporaryDirectory(prefix="yichuang-shots-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        home = Path(folder) / "home"
        command = [sys.executable, "-m", "yichuang.cli", "up", "--home", str(home), "--port", str(port)]
        running = subprocess.Popen(  # noqa: S603
            command, env={**os.environ, "YICHUANG_NOW": NOW}, stdout=subprocess.DEVNULL, process_group=0
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_up(url, running)
            options.out = options.out or PROJECT / "var" / "shots"
            yield url, home
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(20)
            _forget(home)


def _wait_until_up(url: str, running: subprocess.Popen[bytes]) -> None:
    caller, deadline = Caller(url, patience=1.0), time.monotonic() + 180
    while time.monotonic() < deadline and running.poll() is None:
        with contextlib.suppress(Exception):
            if caller.page("/healthz").json.get("worker") == "ok":
                return
        time.sleep(0.3)
    raise Trouble(
        "系统没有启动成功，请先试 ./yichuang up。", "The system did not start: try ./yichuang up first."
    )


def _forget(home: Path) -> None:
    from yichuang.config import place

    place.remove(home)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./yichuang shots", description="给页面拍照")
    parser.add_argument("--url", default="", help="运行着的系统；不写就临时起一个  a running system")
    parser.add_argument(
        "--home",
        type=Path,
        default=Path(os.environ.get("YICHUANG_HOME", PROJECT / "var")),
        help="它的文件夹  its home",
    )
    parser.add_argument("--out", type=Path, help="照片放哪里  where the pictures go")
    parser.add_argument("names", nargs="*", help="只拍这些  only these")
    return parser.parse_args(arguments)

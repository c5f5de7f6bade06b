"""The camera: one browser, every view on every glass of its door."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from yichuang.cli.walking.pictures import FLAGS, NAMES
from yichuang.config.trouble import Trouble

from .scene import Morning
from .views import Size, View

ELDER = "22"
PATIENCE = 20_000  # milliseconds a page may take


def photograph(morning: Morning, views: list[View], out: Path) -> list[str]:
    """Take every picture; the names of the files."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        # Date fields are written as the browser's own language has it.
        environment: dict[str, Any] = {**os.environ, "LANGUAGE": "zh_CN"}
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS, env=environment)
        taken = [_take(browser, morning, shot, out) for view in views for shot in _shots(view)]
        browser.close()
    return taken


def chromium() -> str:
    """The browser of this machine."""
    found = os.environ.get("YICHUANG_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise Trouble(
            "没有找到 Chromium，拍不了照。请装一个，或用 YICHUANG_BROWSER 指出它。",
            "No Chromium: install one, or name it with YICHUANG_BROWSER.",
        )
    return found


def _shots(view: View) -> Iterator[tuple[View, Size, str]]:
    for size in view.door.sizes:
        yield view, size, ""
    if view.door.elder:
        yield view, view.door.sizes[0], ELDER


def _take(browser: Any, morning: Morning, shot: tuple[View, Size, str], out: Path) -> str:
    view, (width, height), elder = shot
    url = morning.caller.url
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        ignore_https_errors=True,
    )
    try:
        context.add_cookies(cookies(url, morning.token(view), elder))
        page = context.new_page()
        page.goto(morning.path(view), wait_until="load", timeout=PATIENCE)
        if view.opens:
            page.evaluate("id => document.getElementById(id).showModal()", view.opens)
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(250)  # what scripts put in
        if view.door.is_whole:  # a taller glass, so that what sticks to its lower edge stands at the end
            height = max(height, page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": height})
        file = f"{view.name}-{width}{'-elder' if elder else ''}.png"
        page.screenshot(path=out / file)
    finally:
        context.close()
    return file


def cookies(url: str, token: str, elder: str) -> list[Any]:
    """What a browser holds after signing in and choosing the size of letters."""
    kept = {"yichuang_who": token, "elder": elder}
    host = urlsplit(url).hostname or ""
    return [
        {"name": name, "value": value, "domain": host, "path": "/"} for name, value in kept.items() if value
    ]


def write_index(out: Path, files: list[str]) -> None:
    """A page with all pictures, for a look at the whole house."""
    figures = "\n".join(
        f'<figure><a href="{escape(file)}"><img src="{escape(file)}" loading="lazy" height="480" alt=""></a>'
        f"<figcaption>{escape(file)}</figcaption></figure>"
        for file in files
    )
    page = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>一窗的页面</title>\n{figures}\n'
    (out / "index.html").write_text(page, encoding="utf-8")

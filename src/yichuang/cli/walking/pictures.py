"""Pictures of the pages people see during the walk, when a Chromium is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from .steps import Page

SCREENS: dict[str, tuple[int, int, float]] = {  # width, height, scale
    "desk": (1280, 800, 1.0),
    "phone": (390, 780, 1.5),
    "wall": (1920, 1080, 0.75),
    "kiosk": (1080, 1500, 0.75),
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--lang=zh-CN",  # fields of dates as people here see them
    "--disable-background-networking",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Camera:
    """A browser that looks at pages as this or that person."""

    def __init__(self, browser: Any, url: str) -> None:
        self.browser, self.url = browser, url

    def picture(self, page: Page) -> bytes:
        """A JPEG of the page, or nothing where the page cannot be shown."""
        width, height, scale = SCREENS[page.screen]
        context = self.browser.new_context(
            base_url=self.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            ignore_https_errors=True,
        )
        try:
            if page.token:
                host = urlsplit(self.url).hostname
                context.add_cookies(
                    [{"name": "yichuang_who", "value": page.token, "domain": host, "path": "/"}]
                )
            opened = context.new_page()
            answer = opened.goto(page.path, wait_until="load", timeout=10_000)
            if answer is None or answer.status >= 500:
                return b""
            opened.wait_for_timeout(300)  # fonts and what scripts put in
            return bytes(opened.screenshot(type="jpeg", quality=72))
        except Exception as problem:  # Playwright's own errors; a missing picture stops no walk
            print(f"     （没有拍到 {page.path}：{str(problem).splitlines()[0]}）")
            return b""
        finally:
            context.close()


@contextmanager
def camera(url: str, *, wanted: bool) -> Iterator[Camera | None]:
    """A camera when pictures are wanted and a Chromium is there; else None, and the walk goes on without."""
    path = os.environ.get("YICHUANG_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if not wanted:
        yield None
        return
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if not path:
        print("没有找到 Chromium，报告里没有图（用 YICHUANG_BROWSER 指出它）。  No Chromium: no pictures.")
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield Camera(browser, url)
        finally:
            browser.close()

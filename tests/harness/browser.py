"""A real Chromium for tests marked `browser`: the system's own, driven by playwright against a running system.

Pages with a stream are never "network idle": wait for what should be seen instead. No ORM in these tests.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.harness.system import System

CHROMIUM = os.environ.get("YICHUANG_BROWSER", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a module: while playwright is open, Django takes this thread for an event loop and refuses the ORM."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, system: System) -> Iterator[Page]:
    """A fresh page of a fresh visitor; addresses are relative to the system: `page.goto("/kiosk/")`."""
    context = chromium.new_context(base_url=system.url, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(10_000)
    opened = context.new_page()
    yield opened
    context.close()

"""Every guide there is, by machine: the four publics, no sideways scroll on a narrow phone, one sheet of A4.

Which guides were also read as pictures is drawn by the seed below.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.harness.system import System
from yichuang.rooms.catalog.tests.make import the_items

pytestmark = pytest.mark.browser
SEED = 20261124
CODES = sorted(the_items())
DRAWN = random.Random(SEED).sample(CODES, 20)
HEADINGS = ("您要带的", "怎么办下来", "在哪里办", "比以前省了什么")
FACTS = ("地点", "时间", "电话", "渠道", "收费", "结果", "依据")
FIRST_LOAD_BYTES = 100_000
READ = """() => ({
    title: document.querySelector("h1")?.innerText ?? "",
    headings: [...document.querySelectorAll("h2")].map((each) => each.innerText),
    figures: [...document.querySelectorAll("#figures dt")].map((each) => each.innerText),
    facts: [...document.querySelectorAll(".where dt")].map((each) => each.innerText),
    blanks: [...document.querySelectorAll(".where dd")].filter((each) => !each.innerText.trim()).length,
    codes: document.querySelectorAll("svg.qr").length,
})"""
LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, each) => sum + each.transferSize, 0)"""


@pytest.fixture(scope="module")
def one_page(chromium: Browser, system: System) -> Iterator[Page]:
    """One page for all guides."""
    context = chromium.new_context(base_url=system.url, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def width(page: Page, pixels: int) -> int:
    page.set_viewport_size({"width": pixels, "height": 740})
    return page.evaluate("document.documentElement.scrollWidth")


def test_every_guide_shows_the_four_publics_fits_a_phone_and_prints_on_one_sheet(one_page):
    faults = []
    for code in CODES:
        one_page.set_viewport_size({"width": 320, "height": 740})
        one_page.goto(f"/guide/{code}")
        read = one_page.evaluate(READ)
        said = [each for each in HEADINGS if not any(each in heading for heading in read["headings"])]
        said += [each for each in FACTS if each not in read["facts"]]
        if read["title"] != the_items()[code].name or said or read["blanks"] or read["codes"] != 1:
            faults.append((code, read["title"], said, read["blanks"]))
        if read["figures"] not in (
            ["承诺办结", "最多要跑", "收费", "要带"],
            ["承诺办结", "要跑", "收费", "要带"],
        ):
            faults.append((code, read["figures"]))
        faults += [
            (code, pixels, wide) for pixels in (320, 360) if (wide := width(one_page, pixels)) > pixels
        ]
        sheets = len(PdfReader(io.BytesIO(one_page.pdf(format="A4", prefer_css_page_size=True))).pages)
        if sheets != 1:
            faults.append((code, "A4", sheets))
    assert faults == []


@pytest.mark.parametrize("code", DRAWN)
def test_in_large_type_nothing_is_pushed_aside_and_the_sheet_stays_one(chromium, system, code):
    context = chromium.new_context(
        base_url=system.url, viewport={"width": 320, "height": 740}, locale="zh-CN"
    )
    context.add_cookies([{"name": "elder", "value": "30", "url": system.url}])
    page = context.new_page()
    page.goto(f"/guide/{code}")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert width(page, 320) <= 320
    context.close()


def test_a_form_filled_in_is_printed_on_a_sheet_of_its_own_when_it_was_opened(one_page):
    one_page.goto("/guide/MZ-010")
    one_page.locator(".sample > summary").click()
    sheets = PdfReader(io.BytesIO(one_page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(sheets) == 2
    assert "张建国" in sheets[1].extract_text() and "张建国" not in sheets[0].extract_text()


@pytest.mark.parametrize("path", [f"/guide/{code}" for code in DRAWN[:4]] + ["/event/newborn", "/"])
def test_the_first_load_is_light_and_from_one_host(chromium, system, path):
    context = chromium.new_context(base_url=system.url, viewport={"width": 360, "height": 740})
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    assert page.evaluate(LOADED) <= FIRST_LOAD_BYTES
    assert all(url.startswith((system.url, "data:")) for url in asked)
    context.close()

"""The residents' pages as a browser shows them: narrow, large, printed, without scripts, by everybody."""

from __future__ import annotations

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

pytestmark = pytest.mark.browser
PAGES = [
    "/",
    "/items/",
    "/search?q=gaoling",
    "/search?q=zzzz",
    "/guide/MZ-010",
    "/guide/TY-008",
    "/event/newborn",
]
LONGEST = ["TY-008", "CW-007", "NY-001", "MZ-003", "SB-017", "CL-004"]


@pytest.fixture(params=["plain", "elder"])
def look(request, page, system):
    if request.param == "elder":
        page.context.add_cookies([{"name": "elder", "value": "30", "url": system.url}])
    return page


@pytest.mark.parametrize("path", PAGES)
def test_nobody_scrolls_sideways_at_320_pixels(look, path):
    look.set_viewport_size({"width": 320, "height": 640})
    look.goto(path)
    assert look.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(look, path):
    look.set_viewport_size({"width": 360, "height": 740})
    look.goto(path)
    found = Axe().run(look)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("code", LONGEST)
def test_a_guide_prints_on_one_sheet(page, code):
    page.goto(f"/guide/{code}")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(PdfReader(io.BytesIO(printed)).pages) == 1


def test_an_answer_changes_the_list_at_once_and_the_address_keeps_it(page):
    page.goto("/guide/MZ-010")
    assert "代办人居民身份证" not in page.locator("#materials .materials").inner_text()
    page.get_by_label("替别人办").check()
    page.locator("#materials .materials", has_text="代办人居民身份证").wait_for()
    assert "还有 1 个问题没答" in page.locator("#figures").inner_text()
    page.reload()
    assert page.get_by_label("替别人办").is_checked()


def test_without_scripts_a_button_does_the_same(chromium, system):
    context = chromium.new_context(base_url=system.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/guide/MZ-010")
    page.get_by_label("替别人办").check()
    page.get_by_role("button", name="按我的情形算").click()
    assert "代办人居民身份证" in page.locator("#materials .materials").inner_text()
    context.close()


def test_a_guide_is_three_taps_from_home(page):
    page.goto("/")
    page.get_by_role("link", name="退休养老").click()
    page.get_by_role("link", name="高龄津贴申领").click()
    assert page.get_by_role("heading", level=1).inner_text() == "高龄津贴申领"


def test_nothing_is_fetched_from_another_host(page, system):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(path)
    assert asked and all(url.startswith((system.url, "data:", "blob:")) for url in asked)

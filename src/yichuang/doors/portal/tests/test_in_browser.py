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
    "/event/small_restaurant",
    "/list/",
    "/list/AAAA2222",
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


def test_the_verdict_follows_an_answer_at_once(page):
    page.goto("/guide/MZ-010")
    page.get_by_label("不在", exact=True).check()
    page.locator("#verdict", has_text="请到老人户口所在地的民政窗口申请").wait_for()
    assert page.locator("#verdict .light").inner_text() == "办不了"
    page.get_by_label("在", exact=True).check()
    page.get_by_label("满了").check()
    page.locator("#verdict", has_text="可以来办").wait_for()


def test_thanks_stand_where_the_question_stood_and_it_is_asked_once_a_day(page):
    page.goto("/guide/MZ-009")
    page.get_by_role("button", name="看懂了").click()
    page.locator("#understood", has_text="谢谢您告诉我们").wait_for()
    assert page.get_by_role("button", name="看懂了").count() == 0
    page.reload()
    assert page.get_by_text("您今天已经告诉过我们").is_visible()
    assert not page.get_by_role("button", name="看懂了").is_visible()


def test_without_scripts_one_can_still_say_where_one_is_stuck_and_save_the_list(chromium, system):
    context = chromium.new_context(base_url=system.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/guide/MZ-008")
    page.get_by_text("有地方没看懂").click()
    page.get_by_label("要带什么").check()
    page.get_by_role("button", name="告诉我们").click()
    assert "写指南的人会改" in page.locator("#understood").inner_text()
    page.get_by_role("button", name="存下这份清单").click()
    assert page.get_by_role("heading", level=1).inner_text() == "您的清单"
    context.close()


def test_a_saved_list_has_todays_answers_keeps_its_ticks_and_prints_on_one_sheet(page):
    page.goto("/guide/MZ-010")
    page.get_by_label("替别人办").check()
    page.locator("#materials .materials", has_text="代办人居民身份证").wait_for()
    page.get_by_role("button", name="存下这份清单").click()
    page.get_by_label("代办人居民身份证").check()
    page.reload()
    assert page.get_by_label("代办人居民身份证").is_checked()
    assert Axe().run(page).violations_count == 0
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(PdfReader(io.BytesIO(printed)).pages) == 1


def test_suggestions_are_chosen_by_keyboard_and_escape_puts_them_away(page):
    page.goto("/")
    box = page.get_by_role("combobox", name="办什么事")
    box.press_sequentially("高龄", delay=20)
    first = page.get_by_role("option").first
    first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "高龄"
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("ArrowUp")
    assert first.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert Axe().run(page).violations_count == 0
    box.press("Enter")
    page.wait_for_url("**/guide/MZ-010")


def test_one_pause_in_typing_asks_once(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/search")
    page.get_by_role("combobox").press_sequentially("gaolingjintie", delay=15)
    page.get_by_role("option").first.wait_for()
    assert sum("/search/suggest" in url for url in asked) <= 2


@pytest.mark.parametrize(
    ("voice", "offered"), [("zh-CN", True), ("zh_CN", True), ("en-US", False), ("zh-CN remote", False)]
)
def test_reading_aloud_is_offered_only_with_a_chinese_voice_of_the_device(page, voice, offered):
    language, _, remote = voice.partition(" ")
    page.add_init_script(
        f"""speechSynthesis.getVoices = () => [{{ lang: "{language}", localService: {str(not remote).lower()} }}]"""
    )
    page.goto("/guide/MZ-010")
    assert page.get_by_role("button", name="朗读").is_visible() is offered


def test_a_saved_list_fits_a_narrow_phone_in_the_largest_type(page, system):
    page.goto("/guide/MZ-010")
    page.get_by_role("button", name="存下这份清单").click()
    page.context.add_cookies([{"name": "elder", "value": "30", "url": system.url}])
    page.set_viewport_size({"width": 320, "height": 640})
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

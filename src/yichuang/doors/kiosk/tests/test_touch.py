"""The kiosk, the phone and the board in a real browser."""

from __future__ import annotations

import json
import re
import urllib.request
from contextlib import suppress
from urllib.error import HTTPError

import pytest

pytestmark = pytest.mark.browser


def ask(system, path, token, **body):
    """A call of the machine API."""
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(
        f"{system.url}/api/v1{path}", json.dumps(body).encode(), head, method="POST"
    )
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or "null")


@pytest.fixture
def kiosk(page):
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto("/kiosk/")
    return page


def test_two_touches_give_a_ticket_and_its_slip(kiosk):
    kiosk.evaluate("window.print = () => { document.title = 'printed'; }")
    kiosk.get_by_role("button", name="直接取号").click()
    kiosk.wait_for_url("**/kiosk/ticket/*")
    assert re.fullmatch(r"A\d{3,}", kiosk.locator(".given .called-number").inner_text())
    kiosk.evaluate("window.print = () => { document.title = 'printed'; }")
    kiosk.get_by_role("button", name="打印小票").click()
    assert kiosk.title() == "printed"


def test_the_keys_write_the_number_in_groups_and_take_it_back(kiosk):
    kiosk.get_by_role("button", name="输身份证号取号").click()
    for digit in "34990019540308":
        kiosk.locator(f'[data-types="{digit}"]').click()
    assert kiosk.locator("#typed").input_value() == "349 9001 9540 308"
    kiosk.get_by_role("button", name="删一位").click()
    assert kiosk.locator("#typed").input_value() == "349 9001 9540 30"
    assert kiosk.locator("[data-count]").inner_text() == "已输 13 位"


def test_the_idle_wipe_leaves_nothing_of_what_was_typed(kiosk):
    kiosk.clock.install()
    kiosk.goto("/kiosk/number/?way=id")
    kiosk.locator("#typed").fill("349900195403080021")
    kiosk.clock.run_for(31_000)
    assert kiosk.get_by_text("您还在吗").is_visible()
    kiosk.clock.run_for(11_000)
    kiosk.wait_for_url("**/kiosk/")
    kiosk.get_by_role("heading", name="您好，请取号").wait_for()
    kept = kiosk.evaluate(
        "JSON.stringify([document.documentElement.outerHTML, {...sessionStorage}, {...localStorage}, document.cookie])"
    )
    assert "349900" not in kept and "1954" not in kept


def test_five_rapid_presses_make_one_ticket(kiosk, system):
    before = kiosk.locator('[data-told="waiting"]').inner_text()
    kiosk.evaluate(
        """() => { const button = [...document.querySelectorAll('button')].find((each) => each.textContent.includes('直接取号'));
        for (let press = 0; press < 5; press += 1) button.click(); }"""
    )
    kiosk.wait_for_url("**/kiosk/ticket/*")
    kiosk.goto("/kiosk/")
    assert int(kiosk.locator('[data-told="waiting"]').inner_text()) == int(before) + 1


def test_the_keyboard_alone_takes_a_ticket(kiosk):
    kiosk.locator("body").press("Tab")
    for _ in range(30):
        if "直接取号" in kiosk.evaluate("document.activeElement.textContent"):
            break
        kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    kiosk.wait_for_url("**/kiosk/ticket/*")


def test_a_call_reaches_the_board_and_the_phone_within_a_second_or_two(kiosk, system, chromium):
    kiosk.get_by_role("button", name="直接取号").click()
    kiosk.wait_for_url("**/kiosk/ticket/*")
    number = kiosk.locator(".given .called-number").inner_text()
    phone = kiosk.context.new_page()
    phone.goto(kiosk.url.replace("/kiosk/ticket/", "/ticket/"))
    board = kiosk.context.new_page()
    board.goto("/board/")
    clerk = system.accounts["staff"]["clerks"]["8"]
    token = ask(system, "/sessions", "", username=clerk["username"], password=clerk["password"])["token"]
    with suppress(HTTPError):  # open already: the running system is shared with other tests
        ask(system, "/windows/8/open", token)
    called = {}
    while called.get("number") != number:
        called = ask(system, "/windows/8/call-next", token)
        ask(system, f"/tickets/{called['id']}/start", token)
        if called["number"] != number:
            ask(system, f"/tickets/{called['id']}/finish", token)
    board.locator(".newest").get_by_text(number).wait_for(timeout=2_000)
    phone.get_by_text("正在 8 号窗口办理").wait_for(timeout=2_000)
    ask(system, f"/tickets/{called['id']}/finish", token)
    phone.get_by_role("link", name="说说办得怎么样").wait_for(timeout=2_000)
    ask(system, "/windows/8/close", token)


def test_without_script_the_keyboard_and_plain_forms_still_take_a_ticket(chromium, system):
    context = chromium.new_context(base_url=system.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/kiosk/")
    page.get_by_role("button", name="输手机号取号").click()
    page.get_by_label("手机号").fill("139 0000 0001")
    page.get_by_role("button", name="取号").last.click()
    assert re.search(r"/kiosk/ticket/", page.url)
    assert page.get_by_text("排在您前面").is_visible()
    context.close()


@pytest.fixture
def list_code(kiosk):
    """The code of a list saved at home, from a guide."""
    kiosk.goto("/guide/MZ-010")
    token = kiosk.locator("[name=csrfmiddlewaretoken]").first.input_value()
    kiosk.request.post(
        "/guide/MZ-010/save", form={"csrfmiddlewaretoken": token}, headers={"Referer": kiosk.url}
    )
    answer = kiosk.request.post(
        "/guide/MZ-010/save",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": kiosk.url},
        max_redirects=0,
    )
    kiosk.goto("/kiosk/")
    return answer.headers["location"].rpartition("/")[2]


def test_a_list_from_home_is_typed_with_a_finger_and_becomes_a_ticket(kiosk, list_code):
    kiosk.get_by_role("link", name="我有清单号").click()
    for sign in list_code:
        kiosk.locator(f'[data-types="{sign}"]').click()
    assert kiosk.locator("#typed").input_value() == f"{list_code[:4]} {list_code[4:]}"
    kiosk.get_by_role("button", name="看清单").click()
    kiosk.get_by_role("heading", name="您的清单").wait_for()
    kiosk.get_by_role("button", name="取号 窗口看得到清单").click()
    kiosk.wait_for_url("**/kiosk/ticket/*")
    kiosk.locator(".bring").get_by_text(f"{list_code[:4]} {list_code[4:]}").wait_for()


def test_a_scanner_types_the_list_and_presses_enter(kiosk, list_code, system):
    kiosk.goto("/kiosk/list/")
    kiosk.keyboard.type(f"{system.url}/list/{list_code}")
    kiosk.keyboard.press("Enter")
    kiosk.get_by_role("heading", name="您的清单").wait_for()


def test_a_long_list_scrolls_and_the_way_back_stays_on_the_glass(kiosk):
    for letters in ("", "22"):
        kiosk.context.add_cookies([{"name": "elder", "value": letters, "url": kiosk.url}])
        kiosk.goto("/kiosk/items/?office=MZ&items=SB-001&items=SB-002")
        back = kiosk.get_by_role("link", name="不选了，返回").bounding_box()
        assert back["y"] + back["height"] <= 1920
        assert kiosk.evaluate("document.documentElement.scrollHeight") <= 1920


def test_the_idle_wipe_takes_the_language_away_too(kiosk):
    kiosk.get_by_role("button", name="English").click()
    kiosk.get_by_role("heading", name="Please take a ticket").wait_for()
    kiosk.clock.install()
    kiosk.goto("/kiosk/items/")
    kiosk.clock.run_for(31_000)
    assert kiosk.get_by_text("Are you still there?").is_visible()
    kiosk.clock.run_for(11_000)
    kiosk.get_by_role("heading", name="您好，请取号").wait_for()

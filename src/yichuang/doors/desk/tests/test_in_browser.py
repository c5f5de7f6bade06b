"""The desk in a real browser: by keyboard alone, on a clerk's screen, on a phone, without scripts."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from yichuang.doors.desk.tests.make import ALLOWANCE, ANSWERS, FIELDS, PNG
from yichuang.ground.identity import make_id_number

pytestmark = pytest.mark.browser
LI = make_id_number("349900", date(1954, 3, 8), 102)  # 李桂芳 of the demo town
expect.set_options(timeout=15_000)
SCREEN, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
FILLED_IN = {
    "supporter_name": "李强",
    "supporter_phone": "13900000001",
    "bank_account": "6217001234567890387",
}


class Keys:
    """Presses keys and counts them; what is typed into fields is not a command."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1

    def focused(self) -> dict[str, str]:
        return self.page.evaluate(
            "(({id, tagName, type, value}) => ({id, tagName, type, value}))(document.activeElement)"
        )


def sign_in(page: Page, account: dict[str, str], to: str) -> None:
    page.set_default_timeout(30_000)  # other tests may keep the machine busy
    page.goto(f"/office/sign-in/?next={to}")
    page.get_by_label("用户名").fill(account["username"])
    page.get_by_label("密码").fill(account["password"])
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{to}")


@pytest.fixture
def desk(page, system) -> Page:
    """小王 at window 4, nobody in hand."""
    page.set_viewport_size(SCREEN)
    sign_in(page, system.accounts["staff"]["clerk"], "/desk/")
    if page.get_by_role("button", name="开4号窗").is_visible():
        page.get_by_role("button", name="开4号窗").click()
    if page.get_by_text("正在办理").is_visible():
        page.keyboard.press("F8")
    expect(page.get_by_text("手上没有号")).to_be_visible()
    return page


def a_ticket(page: Page, system, **wish) -> str:
    headers = {
        "Authorization": f"Bearer {system.accounts['devices']['kiosk']}",
        "Idempotency-Key": str(uuid.uuid4()),
    }
    return page.request.post("/api/v1/tickets", data=wish, headers=headers).json()["number"]


def an_accepted_case(page: Page, system, name: str, serial: int) -> None:
    """高龄津贴 of a man of 磨滩村, taken in through the machine door: it waits for the village's signature."""
    clerk = system.accounts["staff"]["clerk"]
    told = page.request.post("/api/v1/sessions", data={key: clerk[key] for key in ("username", "password")})
    headers = {"Authorization": f"Bearer {told.json()['token']}"}

    def post(path: str, **sent) -> dict:
        return page.request.post(f"/api/v1/cases{path}", headers=headers, **sent).json()

    person = {"name": name, "id_number": make_id_number("349900", date(1944, 1, 2), serial), "village": "V04"}
    opening = {"items": [ALLOWANCE], "applicant": person, "answers": ANSWERS, "fields": FIELDS}
    case = post("", data=opening)
    for paper in case["missing"]:
        scan = {"name": "证.png", "mimeType": "image/png", "buffer": PNG}
        sent = {"material": paper["name"], "person": paper["person"], "file": scan}
        post(f"/{case['number']}/documents", multipart=sent)
    post(f"/{case['number']}/submit", data={})
    post(f"/{case['number']}/accept", data={})


def signed_by_the_head(page: Page, system) -> None:
    """Everything that waits in 磨滩村 is signed, by PIN."""
    head = system.accounts["staff"]["village_heads"]["V04"]
    sign_in(page, head, "/desk/sign/")
    while page.locator("a.sheet").count():
        page.locator("a.sheet").first.click()
        page.get_by_label("签字密码").fill(head["pin"])
        page.get_by_role("button", name="同意并签字").click()
        page.wait_for_url("**/desk/sign/")


def call(keys: Keys, number: str) -> None:
    """Call until it is this number's turn; the others have not come."""
    while True:
        before = keys.count
        keys.press("F2")
        expect(keys.page.get_by_text("叫了，等人来")).to_be_visible()
        if keys.page.locator(".called-number").inner_text() == number:
            return
        keys.page.keyboard.press("F6")
        expect(keys.page.get_by_text("手上没有号")).to_be_visible()
        keys.count = before


def test_two_items_are_done_by_keyboard_alone_in_45_strokes(desk, system):
    number = a_ticket(desk, system, items=["MZ-010", "MZ-013"], id_number=LI)
    keys = Keys(desk)
    call(keys, number)
    keys.press("F3")
    expect(desk.get_by_text("正在办理")).to_be_visible()
    keys.press("Control+Enter")
    expect(desk.get_by_role("heading", name="李桂芳的办件")).to_be_visible()
    for place in range(desk.locator("#questions fieldset").count()):
        if place:
            keys.press("Tab")
        keys.press("Space")
    expect(desk.locator("[data-said]")).to_contain_text("草稿已存")
    keys.press("Alt+2")
    keys.press("Tab")
    for _ in range(desk.locator("#papers input").count()):
        box = keys.focused()["id"]
        if "missing" in (desk.locator(f"li:has(#{box})").get_attribute("class") or ""):
            keys.press("Space")
            expect(desk.locator(f"li:has(#{box})")).to_contain_text("收下")
        keys.press("Tab")
    fill_in(keys)
    expect(desk.locator(".act-line")).to_contain_text("材料齐了，可以受理")
    keys.press("F10")
    expect(desk.locator(".act-line")).to_contain_text("可以出件")
    keys.press("F10")
    expect(desk.locator(".act-line")).to_contain_text("等领取")
    keys.press("F8")
    expect(desk.get_by_role("img", name="评价的二维码")).to_be_visible()
    assert keys.count <= 45


def fill_in(keys: Keys) -> None:
    """Through the form by Tab: choose the first where nothing is chosen, type where nothing stands."""
    while (here := keys.focused())["id"].startswith("f-") and here["id"] != "f-paper":
        if here["tagName"] == "SELECT" and not here["value"]:
            keys.press("ArrowDown")
        elif here["type"] == "date":
            keys.page.keyboard.press("Tab"), keys.page.keyboard.press("Tab"), keys.page.keyboard.press("Tab")
        elif not here["value"]:
            keys.page.keyboard.type(FIELDS.get(here["id"].removeprefix("f-"), ""))
        keys.press("Tab")


def test_the_screen_never_scrolls_as_a_whole_and_axe_finds_nothing(desk, system):
    number = a_ticket(desk, system, items=["MZ-010"], id_number=LI)
    healthy(desk)
    call(Keys(desk), number)
    healthy(desk)
    desk.keyboard.press("F3")
    expect(desk.get_by_text("正在办理")).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("heading", name="李桂芳的办件")).to_be_visible()
    healthy(desk)
    desk.keyboard.press("F9")
    expect(desk.get_by_role("alert")).to_contain_text("个问题没有回答")
    healthy(desk)
    desk.set_viewport_size({"width": 1920, "height": 1080})
    healthy(desk)
    desk.keyboard.press("Control+k")
    desk.keyboard.type("李桂芳")
    expect(desk.locator(".find-hits")).to_contain_text("李桂芳")
    healthy(desk)


def healthy(page: Page) -> None:
    sizes = "[document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]"
    assert page.evaluate(sizes) == [0, 0]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_narrow_screen_reads_in_one_column(desk):
    for width in (320, 768):
        desk.set_viewport_size({"width": width, "height": 740})
        for path in ("/desk/", "/desk/open/", "/desk/find/"):
            desk.goto(path)
            assert desk.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_the_waiting_line_renews_itself_and_leaves_the_focus_alone(desk, system):
    desk.goto("/desk/open/")
    desk.get_by_label("姓名").first.focus()
    number = a_ticket(desk, system, items=["SB-018"])
    expect(desk.locator(".line")).to_contain_text(number, timeout=8_000)
    assert Keys(desk).focused()["id"] == "f-name"


def test_letters_sleep_while_one_writes(desk):
    desk.goto("/desk/open/")
    desk.get_by_label("住址").press_sequentially("S+")
    assert desk.get_by_label("住址").input_value() == "S+" and desk.url.endswith("/desk/open/")


def test_without_scripts_a_case_is_opened_and_saved_by_its_buttons(chromium, system, desk):
    context = chromium.new_context(base_url=system.url, java_script_enabled=False)
    context.add_cookies(desk.context.cookies())
    page = context.new_page()
    page.goto("/desk/open/")
    page.get_by_role("textbox", name="找事项").fill("社保卡")
    page.get_by_role("button", name="查", exact=True).first.click()
    page.locator(".picks input").first.check()
    page.get_by_label("身份证号").first.fill(LI)
    page.get_by_role("button", name="带出登记过的").click()
    assert page.get_by_label("姓名").first.input_value() == "李桂芳"
    page.locator(".act-line").get_by_role("button", name="收件").click()
    page.get_by_label("满了").check()
    page.get_by_role("button", name="存草稿").click()
    assert page.get_by_label("满了").is_checked() and "草稿存好了" in page.locator(".toast").inner_text()
    context.close()


def test_a_signature_fits_a_phone_without_scrolling(page, system):
    an_accepted_case(page, system, "余建国", 501)
    page.set_viewport_size(PHONE)
    head = system.accounts["staff"]["village_heads"]["V04"]
    sign_in(page, head, "/desk/sign/")
    healthy(page)
    page.locator("a.sheet").first.click()
    expect(page.get_by_role("button", name="同意并签字")).to_be_in_viewport(ratio=1)
    healthy(page)
    box = page.locator(".pad canvas").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 80, steps=5)
    page.mouse.up()
    page.get_by_label("签字密码").fill(head["pin"])
    page.get_by_role("button", name="同意并签字").click()
    expect(page.get_by_role("status")).to_contain_text("签好了")


def test_a_reviewer_decides_by_keyboard_and_the_next_one_opens(page, system):
    an_accepted_case(page, system, "许长根", 503)
    an_accepted_case(page, system, "陶秀山", 505)
    signed_by_the_head(page, system)
    page.set_viewport_size(SCREEN)
    page.context.clear_cookies()
    sign_in(page, system.accounts["staff"]["reviewers"]["MZ"], "/desk/review/")
    expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
    healthy(page)
    page.locator(".tray-row", has_text="许长根").click()
    expect(page.locator(".work-head")).to_contain_text("许长根")
    page.keyboard.press("2")
    expect(page.get_by_role("img", name="居民身份证")).to_be_visible()
    page.keyboard.press("Alt+d")
    expect(page.get_by_role("alert")).to_contain_text("没有写理由")
    page.keyboard.press("Alt+1")
    page.keyboard.press("Alt+a")
    expect(page.get_by_role("status")).to_contain_text("已同意：许长根")
    expect(page.locator(".tray-row[aria-current] .title")).to_have_text("陶秀山")
    healthy(page)

"""What people do at the pages of the house, as plain functions: each waits for what the person would wait to see."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from tests.harness.system import System
from yichuang.cli.walking.people import Resident, a_resident

TODAY = date(2026, 11, 23)
KIOSK, WALL, DESK, PHONE = (1080, 1920), (1920, 1080), (1366, 768), (360, 740)
SEEN = 10_000  # milliseconds a person waits for a page on a busy machine


@dataclass
class House:
    """The doors of a running system; everybody comes in with a browser of their own."""

    browser: Browser
    system: System
    contexts: list[BrowserContext]

    def enter(self, path: str, size: tuple[int, int], **options: Any) -> Page:
        """Open a page on a device of this size."""
        options = {"viewport": {"width": size[0], "height": size[1]}, "locale": "zh-CN"} | options
        context = self.browser.new_context(
            base_url=self.system.url, timezone_id="Asia/Shanghai", accept_downloads=True, **options
        )
        context.set_default_timeout(SEEN)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def account(self, *place: str) -> dict[str, str]:
        found: Any = self.system.accounts["staff"]
        for name in place:
            found = found[name]
        return dict(found)


def an_old_person() -> Resident:
    """Somebody invented, 72 years old, of 磨滩村, with a surname nobody else in the hall has."""
    resident = a_resident(TODAY)
    return replace(resident, name=f"欧阳{resident.name[1:]}")


# Everybody who works here


def sign_in(page: Page, account: dict[str, str]) -> None:
    """工作人员登录"""
    page.get_by_label("用户名").fill(account["username"])
    page.get_by_label("密码").fill(account["password"])
    page.get_by_role("button", name="登录").click()
    expect(page).not_to_have_url(re.compile("/office/sign-in/"))


def pdf_behind(page: Page, link: str) -> bytes:
    """The paper a link on this page opens, fetched as this browser would."""
    address = page.get_by_role("link", name=link).first.get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.ok and answer.headers["content-type"].startswith("application/pdf")
    return answer.body()


# At the kiosk and in the hall


def choose_item(kiosk: Page, office: str, item: str) -> None:
    """选要办的事"""
    kiosk.get_by_role("button", name="选要办的事").click()
    kiosk.get_by_role("button", name=office).click()
    found, further = kiosk.get_by_role("checkbox", name=item), kiosk.get_by_role("button", name="下一页")
    for _ in range(5):
        expect(found.or_(further).first).to_be_visible()
        if found.is_visible():
            break
        number = kiosk.locator(".pages .number").inner_text()
        further.click()
        expect(kiosk.locator(".pages .number")).not_to_have_text(number)
    found.check()
    kiosk.get_by_role("button", name="选好了").click()
    expect(kiosk.get_by_text("要办 1 件事")).to_be_visible()


def take_ticket(kiosk: Page, id_number: str) -> str:
    """输身份证号取号, with the keys on the screen; the number on the ticket."""
    kiosk.get_by_role("button", name="输身份证号取号").click()
    for key in id_number:
        kiosk.get_by_role("button", name=key, exact=True).click()
    expect(kiosk.get_by_text("已输 18 位")).to_be_visible()
    kiosk.get_by_role("button", name="取号", exact=True).click()
    number = kiosk.locator(".given .called-number")
    expect(number).to_have_text(re.compile(r"^A\d+$"))
    return number.inner_text()


# At the window


def take_seat(desk: Page, window: int) -> None:
    """开窗. Somebody left from an earlier visit is seen off first."""
    opener = desk.get_by_role("button", name=f"开{window}号窗")
    expect(opener.or_(desk.get_by_role("group", name="叫号")).first).to_be_visible()
    if opener.is_visible():
        opener.click()
    expect(desk.get_by_role("link", name=f"{window}号窗口")).to_be_visible()
    see_off(desk)


def see_off(desk: Page) -> None:
    """过号 or 结束, until nothing is in hand."""
    for name in ("开始", "结束"):
        button = desk.get_by_role("group", name="叫号").get_by_role("button", name=name)
        if button.is_enabled():
            button.click()
    expect(desk.get_by_text("手上没有号")).to_be_visible()


def call_until(desk: Page, number: str) -> None:
    """F2 until this number is called: others may have come before."""
    for _ in range(40):
        desk.keyboard.press("F2")
        called = desk.locator("section.ticket .called-number:not(.none)")
        expect(called).to_be_visible()
        if called.inner_text() == number:
            return
        see_off(desk)
    raise AssertionError(f"{number} was never called")


def start(desk: Page) -> None:
    """F3 开始"""
    desk.keyboard.press("F3")
    expect(desk.get_by_text("正在办理")).to_be_visible()


def add_item(desk: Page, words: str, name: str) -> None:
    """找事项, 回车加上第一个"""
    field = desk.get_by_role("textbox", name="找事项", exact=True)
    field.fill(words)
    field.press("Enter")
    expect(desk.get_by_role("list", name="选好的").get_by_role("checkbox", name=name)).to_be_checked()


def open_case(desk: Page, person: Resident, village: str) -> str:
    """收件: who it is for; the case's number."""
    form = desk.locator("#opening")
    expect(form.get_by_label("身份证号").first).to_have_value(person.id_number)  # read from the ticket
    form.get_by_label("姓名").first.fill(person.name)
    form.get_by_label("电话").first.fill(person.phone)
    form.get_by_label("住址").fill(person.address)
    form.get_by_label("所属村（社区）").select_option(village)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"{person.name}的办件")
    found = re.search(r"/desk/case/([\w-]+)/", desk.url)
    assert found
    return found.group(1)


def answer(desk: Page, question: str, said: str) -> None:
    """问情形"""
    desk.get_by_role("group", name=question).get_by_role("radio", name=said, exact=True).check()


def fill(desk: Page, label: str, value: str) -> None:
    """填一栏"""
    field = desk.locator("#form-fields").get_by_label(label)
    if field.evaluate("each => each.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def hand_in(desk: Page, paper: str, file: Path) -> None:
    """选文件、拍照或扫描: one paper, sent at once."""
    desk.get_by_label("是哪份材料").select_option(label=paper)
    desk.get_by_label("选文件、拍照或扫描").last.set_input_files(file)
    expect(desk.get_by_role("link", name=paper, exact=True)).to_be_visible()


def missing(desk: Page) -> list[str]:
    """The papers marked 缺."""
    return desk.locator("#papers li.missing label").all_inner_texts()


def press(desk: Page, key: str, seen: str) -> None:
    """A key of the desk, until its word is read."""
    desk.keyboard.press(key)
    expect(desk.get_by_text(seen).first).to_be_visible()


def give_out(desk: Page, name: str, last_four: str) -> None:
    """领取: 核对身份证"""
    desk.keyboard.press("F10")
    asked = desk.get_by_role("dialog", name="交给谁")
    expect(asked.get_by_label("领取人姓名")).to_have_value(name)
    asked.get_by_label("身份证后四位").fill(last_four)
    asked.get_by_role("button", name="交给他了").click()
    expect(desk.get_by_text(f"交给了{name}")).to_be_visible()


# Behind the hall


def sign(phone: Page, item: str, name: str, pin: str) -> str:
    """赵书记 reads, writes his name with a finger and gives his PIN; the words of the sheet."""
    phone.get_by_role("link", name=item).filter(has_text=name).click()
    words = phone.locator(".digest b").inner_text()
    write_name(phone)
    phone.get_by_label("签字密码").fill(pin)
    phone.get_by_role("button", name="同意并签字").click()
    expect(phone.get_by_text("签好了")).to_be_visible()
    return words


def write_name(phone: Page) -> None:
    """Two strokes in the box."""
    pad = phone.locator("signature-pad canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    left, top, width, height = box["x"], box["y"], box["width"], box["height"]
    for line in (((0.1, 0.3), (0.5, 0.6), (0.9, 0.2)), ((0.5, 0.1), (0.45, 0.5), (0.55, 0.9))):
        (x, y), *rest = line
        phone.mouse.move(left + width * x, top + height * y)
        phone.mouse.down()
        for x, y in rest:
            phone.mouse.move(left + width * x, top + height * y, steps=6)
        phone.mouse.up()
    expect(phone.locator("signature-pad[data-written]")).to_be_visible()


def agree(review: Page, number: str, name: str) -> None:
    """陈工 opens the case from the tray, uses a phrase, Alt+A."""
    review.get_by_role("link", name=name).first.click()
    expect(review.locator(".work-head").get_by_text(number)).to_be_visible()
    review.keyboard.press("Alt+1")
    expect(review.get_by_label("审核意见")).to_have_value("材料齐全，符合条件，同意。")
    review.keyboard.press("Alt+A")
    expect(review.get_by_text("已同意")).to_be_visible()


# The resident at home


def message_link(sent: Page, words: str) -> str:
    """The link in the newest message with these words; the page renews itself, and a minute is the promise."""
    link = sent.locator(".sent > li", has_text=words).first.get_by_role("link").first
    expect(link).to_be_visible(timeout=60_000)
    return str(link.get_attribute("href"))


def rate(phone: Page, face: str) -> None:
    """评价: two touches."""
    phone.get_by_role("radio", name=face, exact=True).check()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.get_by_role("heading", name="谢谢您，记下了")).to_be_visible()


def shown(screen: Page) -> dict[str, int]:
    """今日办件 and 今日来访 of the big screen."""
    hero = screen.locator(".hero > div")
    told = {}
    for label in ("今日办件", "今日来访"):
        value = hero.filter(has_text=label).locator(".figure-value").inner_text()
        told[label] = int("".join(filter(str.isdigit, value)))
    return told


def counted(office: Page) -> dict[str, int]:
    """办件, 来访 and how many ratings were given, as the supervisor reads them now."""
    office.reload()
    told = {}
    for label in ("办件", "来访"):
        figure = office.locator(".figure", has_text=label).locator(".figure-value").inner_text()
        told[label] = int("".join(filter(str.isdigit, figure)))
    beside = office.locator(".beside").inner_text()
    given = re.search(r"评了 (\d+) 次", beside)
    return told | {"评价": int(given.group(1)) if given else 0}


def look_up(phone: Page, code: str) -> None:
    """查真假"""
    phone.get_by_label("查验码").fill(code)
    phone.get_by_role("button", name="查").click()


def check_code(paper: bytes) -> str:
    """The code printed on a result."""
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    found = re.search(r"查验码[:：\s]*([0-9A-Za-z-]{6,})", text)
    assert found, text
    return found.group(1)

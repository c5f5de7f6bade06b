"""A browser whose scripts are off still does what people come for: plain forms, one page after another."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import people
from tests.browsers.people import DESK, KIOSK, PHONE, House
from yichuang.cli.walking.papers import a_picture

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(house: House):
    """Enter with scripts off."""
    return lambda path, size: house.enter(path, size, java_script_enabled=False)


def press(desk: Page, button: str, seen: str) -> None:
    """小王 presses a button with the mouse; keys need a script."""
    desk.get_by_role("button", name=button).first.click()
    expect(desk.get_by_text(seen).first).to_be_visible()


def test_a_resident_finds_a_guide_and_her_own_list(plain):
    phone = plain("/", PHONE)
    phone.get_by_label("办什么事").fill("老人钱")
    phone.get_by_role("button", name="查一查").click()
    phone.get_by_role("link", name="高龄津贴申领").click()
    phone.get_by_role("radio", name="替别人办").check()
    phone.get_by_role("button", name="按我的情形算").click()
    expect(phone.locator("#materials")).to_contain_text("代办人居民身份证")


def test_from_the_ticket_to_the_acceptance_and_the_rating(plain, house: House, tmp_path: Path):
    aunt, card = people.an_old_person(), tmp_path / "身份证.png"
    card.write_bytes(a_picture("身份证").content)

    kiosk = plain("/kiosk/", KIOSK)
    kiosk.get_by_role("button", name="输身份证号取号").click()
    kiosk.get_by_label("身份证号").fill(aunt.id_number)
    kiosk.get_by_role("button", name="取号", exact=True).click()
    number = kiosk.locator(".given .called-number").inner_text()

    desk = plain("/desk/", DESK)
    people.sign_in(desk, house.account("clerks", "6"))
    people.take_seat(desk, window=6)
    while True:
        press(desk, "叫下一个", "叫了，等人来")
        if desk.locator("section.ticket .called-number").inner_text() == number:
            break
        people.see_off(desk)
    press(desk, "开始", "正在办理")

    desk.get_by_label("找事项", exact=True).fill("养老资格认证")
    desk.get_by_role("button", name="查", exact=True).first.click()
    desk.get_by_role("checkbox", name="城乡居民基本养老保险待遇领取资格认证").check()
    desk.locator("#opening").get_by_label("姓名").first.fill(aunt.name)
    desk.get_by_role("button", name="收件").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"{aunt.name}的办件")
    people.answer(desk, "老人自己能来窗口或者用手机刷脸吗？", "能")
    people.answer(desk, "领取人现在住在国外或港澳台吗？", "不是")
    people.fill(desk, "认证方式", "窗口刷脸")
    people.fill(desk, "现居住地", "本镇")
    people.fill(desk, "自理能力", "能自理")
    press(desk, "存草稿", "草稿存好了")
    assert people.missing(desk) == ["居民身份证"]

    desk.get_by_label("是哪份材料").select_option(label="居民身份证")
    desk.locator("#f-file").set_input_files(card)
    press(desk, "传上去", "材料齐了，可以受理。")
    press(desk, "受理", "受理了，请打印受理回执交给居民")
    people.see_off(desk)

    ticket = plain(kiosk.url.split("/kiosk")[1].replace("/ticket", "/ticket", 1), PHONE)
    ticket.get_by_role("link", name="说说办得怎么样").click()
    people.rate(ticket, "满意")

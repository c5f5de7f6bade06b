"""A new item from the first word to the resident: written by one person, published by another, no code anywhere.

The item is retired at the end, so the hall has as many items afterwards as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import people
from tests.browsers.people import DESK, KIOSK, PHONE, House

NAME, SHORT, ALIAS = "百岁老人上门看望登记", "百岁看望", "百岁老人来人看望"
WAITING = 15_000  # milliseconds until a page that saves by itself has saved, on a busy machine


@pytest.fixture
def closed_down(house: House) -> Iterator[list[str]]:
    """Codes of items to retire when the test ends, however it ends."""
    codes: list[str] = []
    yield codes
    for code in codes:
        page = house.enter(f"/office/catalog/{code}/retire/", DESK)
        people.sign_in(page, house.account("publisher"))
        page.goto(f"/office/catalog/{code}/retire/")
        if page.url.endswith("/retire/"):
            page.get_by_role("button", name="停用").click()
            expect(page).to_have_url(re.compile(r"/office/catalog/\?done=retired"))


def test_an_item_with_three_situations_is_written_published_and_followed(
    house: House, closed_down: list[str]
):
    # 柳青，民政和养老的编辑，新写一个事项
    desk = house.enter("/office/catalog/new/", DESK)
    people.sign_in(desk, house.account("office_editors", "MZ"))
    desk.get_by_label("事项名称").fill(NAME)
    desk.get_by_label("为什么要有这个事项").fill("镇里新定的")
    desk.get_by_role("button", name="开始写").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(NAME)
    code = desk.url.split("/")[5]

    desk.get_by_label("简称").fill(SHORT)
    desk.get_by_label("什么人能办").fill("户籍在大圩镇、年满100周岁的老人。")
    desk.get_by_label("法律依据").fill("《老年人权益保障法》第三十三条")
    saved_by_itself(desk)

    go_to(desk, "时限和程序")
    desk.get_by_label("办成了得到什么").fill("看望登记回执")
    desk.get_by_label("有效期").fill("长期")
    saved_by_itself(desk)

    # 三种情形，一种是别的事项问过的
    go_to(desk, "情形问题")
    add(desk, "问题", "您是替别人办的吗？")
    ask(add(desk, "问题", "老人住在哪里？"), ["住在家里", "住在养老院"], different=1)
    ask(add(desk, "问题", "老人能自己签字吗？"), ["能", "不能"], different=1)
    saved_by_itself(desk)

    go_to(desk, "材料")
    expect(desk.get_by_text("还没有材料", exact=True)).to_be_visible()
    add(desk, "材料名称", "居民身份证")
    proxy = add(desk, "材料名称", "授权委托书")
    proxy.get_by_label("什么时候要").select_option(label="“您是替别人办的吗？”答替别人办")
    home = add(desk, "材料名称", "养老院入住协议")
    home.get_by_label("什么时候要").select_option(label="“老人住在哪里？”答住在养老院")
    home.get_by_label("去哪里拿、上面要有什么").fill("养老院盖过章的，写明房间号")
    finger = add(desk, "材料名称", "代签说明")
    finger.get_by_label("什么时候要").select_option(label="“老人能自己签字吗？”答不能")
    finger.get_by_label("这种情形怎么说").fill("老人不能自己签字时")
    saved_by_itself(desk)

    go_to(desk, "来之前先看看")
    before = add(desk, "问题", "老人满100周岁了吗？")
    before.get_by_label("第 1 个答案", exact=True).fill("满了")
    before.get_by_label("第 2 个答案", exact=True).fill("没满")
    before.get_by_label("第 2 个答案，能不能办").select_option("办不了")
    before.get_by_label("为什么").fill("满100周岁才登记。")
    before.get_by_label("那怎么办").fill("满了再来。")
    saved_by_itself(desk)

    go_to(desk, "查找")
    desk.get_by_label("俗称").fill(f"{ALIAS}、看望百岁老人、老寿星看望")
    desk.get_by_role("checkbox", name="养老").check()
    saved_by_itself(desk)
    go_to(desk, "改革前")
    for label, before_reform in {
        "跑几次": "3",
        "找几个部门": "2",
        "交几份材料": "6",
        "等几个工作日": "5",
    }.items():
        desk.get_by_label(label).fill(before_reform)
    saved_by_itself(desk)
    expect(desk.get_by_text("没有差错，可以提交")).to_be_visible()
    expect(desk.frame_locator("preview-box iframe").get_by_role("heading", level=1)).to_have_text(NAME)

    desk.get_by_role("button", name="提交发布").click()
    expect(desk).to_have_url(re.compile(rf"/office/catalog/{code}/"))

    # 常慎，发布人员，核对以后发布
    other = house.enter("/office/catalog/", DESK)
    people.sign_in(other, house.account("publisher"))
    other.goto(f"/office/catalog/{code}/1/")
    expect(other.get_by_text("养老院入住协议").first).to_be_visible()
    closed_down.append(code)
    other.get_by_role("button", name="核对过了，发布").click()
    expect(other).to_have_url(re.compile("done=published"))

    # 居民在手机上用俗话查到，答几个问题，就是自己的清单
    phone = house.enter(f"/search?q={ALIAS}", PHONE)
    phone.get_by_role("link", name=NAME).first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(NAME)
    answer(phone, "老人满100周岁了吗？", "没满")
    expect(phone.locator("#verdict")).to_contain_text("满100周岁才登记。")
    answer(phone, "老人满100周岁了吗？", "满了")
    answer(phone, "您是替别人办的吗？", "我自己办")
    answer(phone, "老人住在哪里？", "住在养老院")
    answer(phone, "老人能自己签字吗？", "能")
    expect(phone.locator("#verdict")).to_contain_text("可以办")
    expect_to_bring(phone, ["居民身份证", "养老院入住协议"])
    answer(phone, "老人能自己签字吗？", "不能")
    answer(phone, "老人住在哪里？", "住在家里")
    expect_to_bring(phone, ["居民身份证", "代签说明"])
    answer(phone, "您是替别人办的吗？", "替别人办")
    expect_to_bring(phone, ["居民身份证", "授权委托书", "代签说明"])

    # 取号机上也有
    kiosk = house.enter("/kiosk/", KIOSK)
    people.choose_item(kiosk, office="民政和养老", item=SHORT)


def test_what_cannot_be_kept_stays_and_is_named_and_a_row_comes_back(house: House):
    desk = house.enter("/office/catalog/new/", DESK)
    people.sign_in(desk, house.account("office_editors", "MZ"))
    desk.get_by_label("事项名称").fill("写到一半不要的事项")
    desk.get_by_label("为什么要有这个事项").fill("试一试")
    desk.get_by_role("button", name="开始写").click()
    go_to(desk, "材料")
    paper = add(desk, "材料名称", "葡萄架照片")
    saved_by_itself(desk)

    paper.get_by_label("份数").fill("两份")
    expect(paper.get_by_text("要填 0 到 20 的整数，现在是“两份”")).to_be_visible(timeout=WAITING)
    expect(paper.get_by_label("份数")).to_have_value("两份")
    paper.get_by_label("份数").fill("2")
    saved_by_itself(desk)
    expect(paper.get_by_text("要填 0 到 20 的整数")).to_have_count(0)

    # 全用键盘：去掉一份，再放回来
    desk.get_by_role("button", name="去掉 葡萄架照片").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("去掉了 葡萄架照片")).to_be_visible()
    desk.get_by_role("button", name="放回来").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="去掉 葡萄架照片")).to_be_visible()
    saved_by_itself(desk)

    # 提交不了：每一处都点得到
    desk.get_by_role("button", name="提交发布").click()
    expect(desk.get_by_role("heading", name=re.compile("这一版有 [0-9]+ 处不对"))).to_be_visible()
    desk.get_by_role("alert").get_by_role("link", name=re.compile("法律依据")).click()
    expect(desk.get_by_label("法律依据")).to_be_visible()

    # 放弃，要先问一句
    desk.get_by_role("link", name="放弃草稿").click()
    asked = desk.get_by_role("dialog", name="放弃这份草稿？")
    asked.get_by_role("button", name="放弃草稿").click()
    expect(desk).to_have_url(re.compile("/office/catalog/$"))
    expect(desk.get_by_text("写到一半不要的事项")).to_have_count(0)


def go_to(desk: Page, section: str) -> None:
    """换一节"""
    desk.get_by_role("navigation", name="章节").get_by_role("link", name=re.compile(f"^{section}")).click()
    expect(desk.get_by_role("heading", level=2, name=section, exact=True)).to_be_visible()


def add(desk: Page, label: str, words: str) -> Locator:
    """打名称，回车，接着写那一行"""
    field = desk.get_by_role("combobox", name=re.compile(f"^{label}，打几个字"))
    field.fill(words)
    field.press("Enter")
    row = desk.locator(
        ".entry", has=desk.locator("[data-title]", has_text=re.compile(f"^{re.escape(words)}$"))
    )
    expect(row.locator("details[open]")).to_be_visible(timeout=WAITING)
    return row


def ask(row: Locator, answers: list[str], *, different: int) -> None:
    """写答案，勾上哪一个材料不同"""
    for place, words in enumerate(answers, start=1):
        row.get_by_label(f"第 {place} 个答案", exact=True).fill(words)
    row.get_by_role("checkbox").nth(different).check()


def saved_by_itself(desk: Page) -> None:
    """停一停，就存好了"""
    keeper = desk.locator("draft-editor")
    expect(desk.locator("[data-said]")).to_have_text(re.compile(r"^已保存 \d+:\d\d$"), timeout=WAITING)
    keeper.evaluate(
        "each => new Promise((done) => { const look = () => each.dirty || each.saving ? setTimeout(look, 50) : done(); look(); })"
    )


def answer(phone: Page, question: str, said: str) -> None:
    """居民答一个问题"""
    phone.get_by_role("group", name=question).get_by_role("radio", name=said, exact=True).check()


def expect_to_bring(phone: Page, papers: list[str]) -> None:
    """清单上正好是这几份"""
    expect(phone.locator("#materials .materials > li > b")).to_have_text(papers)

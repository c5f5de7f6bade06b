"""One whole matter by clicks and keys, through every door, as people do it: no API, no database."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browsers import people
from tests.browsers.people import DESK, KIOSK, PHONE, WALL, House
from yichuang.cli.walking.papers import a_picture, a_scan

pytestmark = pytest.mark.browser

ALONE = "独居空巢情况说明"


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, Path]:
    """What 李阿姨 carries in her bag: a photo and a scan."""
    carried = {"居民身份证": a_picture("身份证"), ALONE: a_scan("情况说明")}
    for file in carried.values():
        (tmp_path / file.name).write_bytes(file.content)
    return {paper: tmp_path / file.name for paper, file in carried.items()}


def test_a_matter_goes_from_the_kiosk_to_the_rating(house: House, papers: dict[str, Path]):
    aunt = people.an_old_person()

    # 大屏和督办先看今天的数
    screen = house.enter("/screen/", WALL)
    office = house.enter("/office/figures/", DESK)
    people.sign_in(office, house.account("supervisor"))
    shown_before, counted_before = people.shown(screen), people.counted(office)

    # 李阿姨取号：选一件要办的事，用屏幕上的键输身份证号
    kiosk = house.enter("/kiosk/", KIOSK)
    people.choose_item(kiosk, office="民政和养老", item="居家养老服务")
    number = people.take_ticket(kiosk, aunt.id_number)

    # 小王开 4 号窗，F2 叫号，两秒内大厅看得到，F3 开始
    board = house.enter("/board/", WALL)
    desk = house.enter("/desk/", DESK)
    people.sign_in(desk, house.account("clerk"))
    people.take_seat(desk, window=4)
    people.call_until(desk, number)
    expect(board.locator(".newest")).to_contain_text(number, timeout=2_000)
    expect(board.locator(".newest .window")).to_contain_text("4")
    people.start(desk)

    # 收件：再加一件别的部门的即办件，两件合一份材料清单
    people.add_item(desk, words="养老资格认证", name="城乡居民基本养老保险待遇领取资格认证")
    case = people.open_case(desk, aunt, village="磨滩村")
    people.answer(desk, "老人日常生活需要别人照料吗？", "不用")
    people.answer(desk, "老人是自己住或老两口住、子女不在身边吗？", "是")
    people.answer(desk, "家里正在吃低保吗？", "没有")
    people.answer(desk, "您是替别人办的吗？", "我自己办")
    people.answer(desk, "老人自己能来窗口或者用手机刷脸吗？", "能")
    people.answer(desk, "领取人现在住在国外或港澳台吗？", "不是")
    people.fill(desk, "申请人类别", "独居空巢老人")
    people.fill(desk, "自理能力", "能自理")
    people.fill(desk, "每周希望服务时数", "4")
    people.fill(desk, "服务项目", "打扫")
    people.fill(desk, "方便上门时间", "每天上午")
    people.fill(desk, "紧急联系人", "李小明")
    people.fill(desk, "紧急联系电话", "13900000009")
    people.fill(desk, "认证方式", "窗口刷脸")
    people.fill(desk, "现居住地", "本镇")
    expect(desk.get_by_text("还缺 2 份")).to_be_visible()
    assert sorted(people.missing(desk)) == sorted(papers)

    # 材料没带全：F9 一次性告知，缺什么写什么
    people.hand_in(desk, "居民身份证", papers["居民身份证"])
    assert people.missing(desk) == [ALONE]
    people.press(desk, "F9", "一次性告知书出好了")
    expect(desk.get_by_text("已经一次性告知过")).to_be_visible()
    assert people.missing(desk) == [ALONE]
    notice = people.pdf_behind(desk, "打印告知书")
    told = "".join(page.extract_text() for page in PdfReader(BytesIO(notice)).pages)
    assert ALONE in told.replace("\n", "") and "居民身份证原件" not in told

    # 补齐，F10 受理，承诺哪天办好
    people.hand_in(desk, ALONE, papers[ALONE])
    assert people.missing(desk) == []
    expect(desk.locator(".act-line")).to_contain_text("最迟12月7日")  # ten workdays from 23 November
    people.press(desk, "F10", "受理了，请打印受理回执交给居民")
    expect(desk.locator(".underway", has_text="居家养老服务")).to_contain_text("12月7日")
    assert people.pdf_behind(desk, "受理回执").startswith(b"%PDF")

    # 赵书记在手机上写名字、输密码
    phone = house.enter("/desk/sign/", PHONE, has_touch=True, is_mobile=True)
    people.sign_in(phone, house.account("village_heads", "V04"))
    people.sign(phone, "居家养老服务", aunt.name, house.account("village_heads", "V04")["pin"])

    # 两级民政按先后审核
    for office_code in ("MZ", "QMZ"):
        review = house.enter("/desk/review/", DESK)
        people.sign_in(review, house.account("reviewers", office_code))
        people.agree(review, case, aunt.name)

    # 小王出件、交给本人，扫码查得到真假，F8 结束
    desk.reload()
    people.press(desk, "F10", "出了 2 份结果")
    assert people.pdf_behind(desk, "居家养老服务协议").startswith(b"%PDF")
    code = people.check_code(people.pdf_behind(desk, "居家养老服务协议"))
    people.give_out(desk, aunt.name, aunt.id_number[-4:])
    people.give_out(desk, aunt.name, aunt.id_number[-4:])
    checker = house.enter("/verify/", PHONE)
    people.look_up(checker, code)
    expect(checker.get_by_role("heading", name="这份结果是大圩镇为民服务中心发出的")).to_be_visible()
    desk.keyboard.press("F8")
    expect(desk.get_by_text(f"{number} 办完了")).to_be_visible()

    # 短信里的链接看得到进度，评价两下
    sent = house.enter("/sent/", PHONE)
    resident = house.enter(people.message_link(sent, f"{case}已受理"), PHONE)
    expect(resident.get_by_role("heading", level=1)).to_contain_text("办")
    assert aunt.name not in resident.content()
    resident.get_by_role("link", name="办得怎么样，评一评").click()
    people.rate(resident, "非常满意")

    # 三个数都多了，大屏自己更新
    more = str(shown_before["今日办件"] + 1)
    expect(screen.locator(".hero > div", has_text="今日办件").locator(".figure-value")).to_contain_text(more)
    shown, counted = people.shown(screen), people.counted(office)
    assert shown["今日来访"] == shown_before["今日来访"] + 1
    grown = {name: counted[name] - counted_before[name] for name in counted}
    assert grown == {"办件": 1, "来访": 1, "评价": 1}
    expect(screen.locator(".hero > div", has_text="群众满意度")).to_contain_text("主动评价")

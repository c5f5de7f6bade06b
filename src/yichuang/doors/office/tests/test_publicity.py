"""宣传：选一个事项，六样宣传品都在，扫码次数看得见。"""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from django.test import Client
from PIL import Image

from tests.cast import sign_in_as, staff
from yichuang.ground import clock
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.notices.actions import count_scan
from yichuang.rooms.notices.models import Channel, Target


@pytest.fixture
def browser(dawei, monday_morning):
    catalog.forget()
    return sign_in_as(Client(HTTP_HOST="dawei.localhost"), staff("hall-manager"))


def page(browser, address, status=200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_every_item_and_bundle_can_be_chosen(browser):
    told = page(browser, "/office/publicity/")
    for code in [*catalog.published(), *(bundle.key for bundle in catalog.life_events())]:
        assert f'href="/office/publicity/{code}/"' in told, code


def test_what_people_say_finds_the_item(browser):
    told = page(browser, "/office/publicity/?q=老年证")
    assert told.index("找到的") < told.index("/office/publicity/MZ-013/") < told.index("一件事</h2>")


def test_a_word_of_a_bundle_finds_it(browser):
    told = page(browser, "/office/publicity/?q=新生儿")
    assert told.index("找到的") < told.index("/office/publicity/newborn/") < told.index("一件事</h2>")


def test_nothing_found_is_said(browser):
    assert "没有找到" in page(browser, "/office/publicity/?q=？？？")


@pytest.mark.parametrize("code", ["MZ-010", "newborn", "mz-010"])
def test_one_page_shows_all_six_with_their_buttons(browser, code):
    told = page(browser, f"/office/publicity/{code}/")
    for file in ("poster.pdf", "poster-a4.pdf", "poster.png", "board.pdf", "board.png", "broadcast.txt", "wechat.txt",
                 "wechat.png", "video.txt", "text/broadcast/", "text/wechat/", "text/video/"):  # fmt: skip
        assert f"/{file}" in told, file
    assert "各位乡亲" in told and "谁能办" in told and "镜头" in told and "扫码次数" in told


@pytest.mark.parametrize("code", ["MZ-010", "newborn"])
@pytest.mark.parametrize("file", ["poster.pdf", "poster-a4.pdf", "board.pdf"])
def test_a_sheet_is_a_pdf(browser, code, file):
    answer = browser.get(f"/office/publicity/{code}/{file}?save=1")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%")
    assert len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) >= 1


@pytest.mark.parametrize("file", ["poster.png", "board.png", "wechat.png", "video.png"])
def test_a_picture_is_a_picture(browser, file):
    answer = browser.get(f"/office/publicity/MZ-010/{file}")
    assert Image.open(io.BytesIO(answer.content)).width > 200
    assert answer["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("file", ["broadcast.txt", "wechat.txt", "video.txt"])
def test_a_text_is_plain_text(browser, file):
    answer = browser.get(f"/office/publicity/newborn/{file}")
    assert answer["Content-Type"].startswith("text/plain") and "新生儿出生一件事" in answer.content.decode()


@pytest.mark.parametrize("product", ["broadcast", "wechat", "video"])
def test_a_text_has_a_page_for_the_printer(browser, product):
    told = page(browser, f"/office/publicity/MZ-010/text/{product}/")
    assert 'class="slip a4"' in told and "高龄津贴申领" in told and "第 1 版" in told


@pytest.mark.parametrize(
    "address",
    ["XX-999/", "MZ-010/poster.exe", "XX-999/poster.pdf", "MZ-010/text/poem/", "nobody/text/video/"],
)
def test_what_there_is_not_is_not_found(browser, address):
    page(browser, f"/office/publicity/{address}", 404)


def test_scans_are_shown_by_channel_for_a_week_a_month_and_a_year(browser):
    today = clock.day_of(clock.now())
    for days, channel in (
        (0, Channel.POSTER),
        (6, Channel.POSTER),
        (20, Channel.WECHAT),
        (300, Channel.POSTER),
    ):
        count_scan(channel=channel, target=Target.ITEM, code="MZ-010", day=today - timedelta(days=days))
    count_scan(channel=Channel.BOARD, target=Target.BUNDLE, code="newborn", day=today)
    one = "".join(page(browser, "/office/publicity/MZ-010/").split())
    assert '海报</th><tdclass="figures">2</td><tdclass="figures">2</td><tdclass="figures">3</td>' in one
    assert '合计</th><tdclass="figures">2</td><tdclass="figures">3</td><tdclass="figures">4</td>' in one
    whole = "".join(page(browser, "/office/publicity/").split())
    assert '合计</th><tdclass="figures">3</td><tdclass="figures">4</td><tdclass="figures">5</td>' in whole


def test_the_table_tells_which_sheets_bring_people(browser):
    today = clock.day_of(clock.now())
    for _ in range(3):
        count_scan(channel=Channel.WECHAT, target=Target.BUNDLE, code="newborn", day=today)
    count_scan(channel=Channel.POSTER, target=Target.ITEM, code="MZ-010", day=today - timedelta(days=10))
    count_scan(channel=Channel.POSTER, target=Target.ITEM, code="GONE-1", day=today)
    month = page(browser, "/office/publicity/")
    table = month[month.index("各事项的扫码次数") :]
    assert table.index("新生儿出生一件事") < table.index("高龄津贴申领")
    assert "GONE-1" in table and "已停用" in table
    assert "另外 117 个事项、一件事，最近 30 天没有人扫过" in table
    week = page(browser, "/office/publicity/?days=7")
    assert "高龄津贴申领" not in week[week.index("各事项的扫码次数") :]


@pytest.mark.parametrize("days", ["8", "-1", "x", "99999999999"])
def test_another_period_is_the_month(browser, days):
    assert 'href="?days=30#reach" aria-current="page"' in page(browser, f"/office/publicity/?days={days}")


def test_the_staffs_home_leads_there(browser):
    assert 'href="/office/publicity/"' in page(browser, "/office/")


def test_another_town_sees_its_own_items_only(outsider):
    from yichuang.ground import towns
    from yichuang.ground.towns import Town

    catalog.forget()
    with towns.within(Town.objects.get(key="linhu")):
        codes = set(catalog.published())
    assert "CL-005" not in codes
    with towns.within(Town.objects.get(key="linhu")):
        from yichuang.doors.office.publicity.subjects import subject_of

        assert subject_of("CL-005") is None
        assert {subject_of(code).hall.town for code in codes} <= {"临湖镇（演示）"}

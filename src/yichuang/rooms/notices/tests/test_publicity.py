"""海报、宣传栏、广播稿、公众号文章、短视频脚本：over all items and bundles of 大圩镇."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, time
from functools import cache

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.rooms.catalog.tests.make import a_paper, an_item, the_town
from yichuang.rooms.hall.rules import Hours
from yichuang.rooms.notices import papers
from yichuang.rooms.notices.publicity import (
    Hall,
    Subject,
    article,
    broadcast,
    of_bundle,
    of_item,
    seconds,
    signs,
    talk,
    video,
)

DAY = date(2026, 11, 24)
HOURS = "周一至周五 8:30 至 12:00，13:30 至 17:30；周六 9:00 至 12:00"
WEEK = (
    *(Hours(day, time(8, 30), time(12)) for day in range(5)),
    *(Hours(day, time(13, 30), time(17, 30)) for day in range(5)),
    Hours(5, time(9), time(12)),
)
HALL = Hall("大圩镇", "大圩镇为民服务中心", "金葡萄家园南门，从小区步行 70 米", "0551-63000100", WEEK)


@cache
def everything() -> dict[str, Subject]:
    """The 106 items and 13 bundles."""
    town = the_town()
    offices, items = {row.code: row for row in town.offices}, {item.code: item for item in town.items}
    told = [
        of_item(
            item,
            office=offices[item.office].name,
            phone=offices[item.office].phone,
            windows=[row.number for row in town.windows if item.office in row.main_offices],
            hall=HALL,
        )
        for item in town.items
    ] + [
        of_bundle(
            key=row.key, name=row.name, intro=row.intro, items=[items[code] for code in row.codes], hall=HALL
        )
        for row in town.bundles
    ]
    return {subject.code: subject for subject in told}


def text_of(pdf: bytes) -> tuple[int, str]:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return len(pages), "".join("".join(page.extract_text() for page in pages).split())


@cache
def poster_text(code: str, paper: str) -> tuple[int, str]:
    return text_of(papers.poster(everything()[code], day=DAY, paper=paper))


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_there_are_106_items_and_13_bundles():
    kinds = [subject.kind for subject in everything().values()]
    assert (kinds.count("item"), kinds.count("bundle")) == (106, 13)


@pytest.mark.parametrize("paper", papers.FORMATS)
def test_every_poster_is_one_page_and_says_the_four_publics(paper):
    for subject in everything().values():
        pages, text = poster_text(subject.code, paper)
        assert pages == 1, subject.code
        wanted = [
            subject.name, subject.who, "要带什么", "怎么办", "承诺几天", "在哪里", "扫码看自己的清单",
            subject.phone, HOURS, HALL.address, HALL.town, subject.version, "2026年11月24日", subject.limit.split()[-1],
            *(each.name for each in subject.always), *(step.name for step in subject.steps),
        ]  # fmt: skip
        if "另外" not in text and "样看情形，扫码看全" not in text:
            wanted += [each.name for each in subject.perhaps]
        missing = [words for words in wanted if squeezed(words).replace("当场办完", "办完") not in text]
        assert missing == [], subject.code


def test_few_posters_have_to_shorten_their_list():
    texts = [poster_text(code, "a3")[1] for code in everything()]
    assert sum("样看情形，扫码看全" in text for text in texts) <= 6


def test_an_a3_poster_is_a3_and_an_a4_one_a4():
    for paper, width in (("a3", 297), ("a4", 210)):
        pdf = papers.poster(everything()["MZ-010"], day=DAY, paper=paper)
        box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
        assert round(float(box.width) / 72 * 25.4) == width
        assert box.height > box.width


def test_a_poster_with_far_too_much_still_is_one_page_and_counts_what_it_leaves_out():
    plenty = [a_paper(f"第{number}种很长很长的证明材料的名字", condition_key="k", condition_text=f"第{number}种情形时")
              for number in range(80)]  # fmt: skip
    item = an_item("XX-001", a_paper(), *plenty)
    item = replace(item, questions=(replace(the_town().items[0].questions[0], key="k"),))
    subject = of_item(item, office="民政", phone="1", windows=[], hall=HALL)
    pages, text = text_of(papers.poster(subject, day=DAY))
    assert pages == 1
    left = int(re.search(r"(?:另外)?(\d+)样看情形，扫码看全", text)[1])
    assert left + len(set(re.findall(r"第(\d+)种情形时", text))) == 80


def test_the_board_sheet_has_a_row_and_a_code_for_each_item_of_an_office():
    rows = [subject for code, subject in everything().items() if code.startswith("SB-")]
    pages, text = text_of(papers.board("社保所的事", rows, day=DAY))
    assert pages == 3
    assert text.count("大圩镇为民服务中心") >= pages, "every page says where"
    assert all(squeezed(subject.code) in text and subject.phone in text for subject in rows)


def test_every_board_sheet_of_a_bundle_names_its_items():
    town = the_town()
    for row in town.bundles:
        subjects = [everything()[code] for code in row.codes]
        _, text = text_of(papers.board(row.name, subjects, day=DAY))
        assert all(code in text for code in row.codes), row.key


def test_every_broadcast_is_read_within_a_minute():
    times = {code: seconds(broadcast(subject)) for code, subject in everything().items()}
    assert {code: told for code, told in times.items() if not talk.SHORTEST <= told <= talk.LONGEST} == {}


def test_every_broadcast_has_nothing_that_cannot_be_read_aloud_and_tells_the_phone_twice():
    for subject in everything().values():
        told = broadcast(subject)
        assert re.findall(r"[^㐀-鿿，。；：、？“”\n]", told) == [], subject.code
        assert told.count(talk.digits(subject.phone)) == 2, subject.code
        assert "您" in told and talk.spoken(subject.name) in told and "金葡萄家园" in told, subject.code
        assert ("当场就办完" in told) == (subject.workdays == 0), subject.code


def test_most_broadcasts_name_every_paper():
    """What must be left out is counted; nobody comes thinking that the list was whole."""
    short = [subject.code for subject in everything().values() if "打电话一次给您说全" in broadcast(subject)]
    assert len(short) <= 12


@given(
    st.text("年满周岁的本镇居民，。、（）0123456789％%", max_size=200),
    st.lists(st.text("证明材料表", min_size=1, max_size=19), max_size=15, unique=True),
    st.integers(0, 60),
)
def test_whatever_an_editor_writes_the_broadcast_fits(condition, names, workdays):
    item = replace(
        an_item("XX-001", *(a_paper(name) for name in names)),
        condition=condition, mode="promised" if workdays else "on_the_spot", promised_workdays=workdays,
        statutory_workdays=workdays,
    )  # fmt: skip
    subject = of_item(item, office="民政", phone="0551-63000103", windows=[4], hall=HALL)
    assert talk.SHORTEST <= seconds(broadcast(subject)) <= talk.LONGEST
    assert 30 <= sum(scene.seconds for scene in video(subject)) <= 60


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("年满16周岁", "年满十六周岁"),
        ("2份、12份、20份", "两份、十二份、二十份"),
        ("2026年起，102人", "二零二六年起，一百零二人"),
        ("占80%以上", "占百分之八十以上"),
        ("0.5亩", "零点五亩"),
        ("3-6岁", "三到六岁"),
        ("70 米", "七十米"),
        ("10010元", "一万零一十元"),
    ],
)
def test_numbers_are_spoken_words(written, said):
    assert talk.spoken(written) == said


def test_a_telephone_number_is_read_digit_by_digit_with_a_breath():
    assert talk.digits("0551-63000103") == "零五五幺，六三零零，零幺零三"
    assert talk.digits("13800001234") == "幺三八，零零零零，幺二三四"


def test_signs_are_counted_as_they_are_read():
    assert signs("您好，12 个。") == 5
    assert seconds("一二三四五") == 2


def test_every_video_lasts_half_a_minute_to_a_minute_and_each_scene_long_enough_to_be_said():
    for subject in everything().values():
        scenes = video(subject)
        assert 30 <= sum(scene.seconds for scene in scenes) <= 60, subject.code
        assert all(signs(scene.words) <= 4 * scene.seconds for scene in scenes), subject.code
        assert [scene.number for scene in scenes] == list(range(1, len(scenes) + 1))


def test_every_article_says_everything():
    for subject in everything().values():
        text = article(subject, "https://example.invalid/go/wechat/X").text
        wanted = [
            subject.name,
            subject.who,
            HOURS,
            subject.phone,
            HOURS,
            HALL.address,
            "https://example.invalid/go/wechat/X",
        ]
        wanted += [each.name for each in (*subject.always, *subject.perhaps)]
        wanted += [step.name for step in subject.steps]
        assert [words for words in wanted if words not in text] == [], subject.code
        assert "！" not in text


def test_a_person_who_must_bring_nothing_is_told_so():
    subject = of_item(an_item(), office="民政", phone="1", windows=[], hall=HALL)
    assert "什么材料都不用带" in broadcast(subject)
    assert "什么材料都不用带" in article(subject, "").text
    assert "什么材料都不用带" in text_of(papers.poster(subject, day=DAY))[1]

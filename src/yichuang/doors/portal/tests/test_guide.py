"""办事指南和一件事：四公开，答几个问题就是自己的清单。"""

from __future__ import annotations

import gzip
import html
import re
from datetime import time
from urllib.parse import quote

import pytest

from yichuang.doors.shared import assets
from yichuang.doors.shared.guides import told, where
from yichuang.rooms.catalog.rules import checklist, savings, waits
from yichuang.rooms.catalog.tests.make import the_items, the_town
from yichuang.rooms.hall.rules import Hours

pytestmark = pytest.mark.django_db
FIRST_LOAD_BYTES = 100_000


def read(client, path: str, **answers) -> str:
    answer = client.get(path, answers)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def the_town_bundle(key: str):
    return next(bundle for bundle in the_town().bundles if bundle.key == key)


def test_every_guide_shows_the_four_publics_and_place_hours_fee_and_law(client):
    for code, item in the_items().items():
        page = read(client, f"/guide/{code}")
        assert item.name in page and item.condition in page, code
        for heading in ("您要带的", "怎么办下来", "承诺办结", "在哪里办", "比以前省了什么"):
            assert heading in page, (code, heading)
        for fact in (
            item.fee,
            told.channels_words(item),
            f"事项编码 {code}",
            item.legal_basis,
            item.result,
            "周一至周五 8:30 至 12:00，13:30 至 17:30；周六 9:00 至 12:00",
        ):
            assert fact in page, (code, fact)
        for material in item.materials:
            assert material.name in page, (code, material.name)
        for step, _ in item.procedure:
            assert step in page, (code, step)
        promised = f">{item.promised_workdays}<small>个工作日" if item.promised_workdays else ">当场<"
        assert promised in page and "大圩镇为民服务中心" in page, code


def test_a_small_code_finds_its_guide_too(client):
    assert "高龄津贴申领" in read(client, "/guide/mz-010")


def test_the_questions_turn_the_list_into_this_residents_list(client):
    unasked = read(client, "/guide/MZ-010")
    assert "先答两个问题" in unasked and "还有 2 个问题没答" in unasked and "份起" in unasked
    own = read(client, "/guide/MZ-010", proxy="我自己办", elder_dead="不是")
    other = read(client, "/guide/MZ-010", proxy="替别人办", elder_dead="不是")
    assert "您要带的 3 份材料" in own and "代办人居民身份证" not in own and "按您的情形算的" in own
    assert "您要带的 5 份材料" in other and "代办人居民身份证" in other
    assert 'value="替别人办" checked' in re.sub(r' id="[^"]*"', "", other)


def test_an_answer_nobody_offers_is_not_taken(client):
    page = read(client, "/guide/MZ-010", proxy="<b>", code="x" * 5000)
    assert "还有 2 个问题没答" in page and '<b>"' not in page


def test_alternatives_stand_together_and_count_as_one(client):
    page = read(client, "/guide/TY-008")
    assert "下面几样，有一样就行" in page and "3 选 1" in page and "您要带的 5 份材料" in page


def test_what_may_follow_later_is_marked(client):
    assert "可以后补" in read(client, "/guide/SB-001")


def test_the_qr_code_leads_to_the_configured_address(client, settings):
    settings.PUBLIC_URL = "https://hall.example"
    answer = client.get("/guide/MZ-010?proxy=我自己办&other=x", headers={"host": "evil.example"})
    assert answer.context["address"] == f"https://hall.example/guide/MZ-010?proxy={quote('我自己办')}"


def test_an_unknown_code_is_answered_in_plain_words(client):
    answer = client.get("/guide/ZZ-999")
    assert answer.status_code == 404 and "没有找到" in answer.content.decode()


def test_the_first_load_is_light(client):
    styles = len(gzip.compress(assets.sheet().encode())) + len(gzip.compress(assets.script().encode()))
    own = sum(len(path.read_bytes()) for path in (assets.SHARED / "guides").glob("*/guide.*"))
    for path in ("/", "/items/", "/guide/MZ-010", "/event/deceased"):
        assert len(client.get(path).content) + styles + own < FIRST_LOAD_BYTES, path


def test_every_event_asks_once_and_lists_each_document_once(client):
    for bundle in the_town().bundles:
        page = read(client, f"/event/{bundle.key}")
        items = [the_items()[code] for code in bundle.codes]
        listed = checklist(items, {})
        assert f"{len(items)} 件一起办" in page
        for asked in listed.questions:
            assert page.count(f"<legend>{asked.question}</legend>") == 1
        given = {wait.document for wait in waits(items, listed)}
        papers = told.papers(listed, {item.code: item for item in items}, given)
        assert f"您要带的 {papers.count} 份材料" in page


def test_of_an_event_only_some_items_may_be_wanted(client):
    page = read(client, "/event/newborn", do=["WJ-001", "YB-002"])
    assert re.search(r'value="YB-010">', page) and re.search(r'value="WJ-001" checked>', page)
    assert "分娩出院记录" not in page


def test_together_is_less_than_one_by_one(client):
    page = read(client, "/event/newborn")
    told_of = {
        what: (int(apart), int(together))
        for what, apart, together in re.findall(
            r"<th scope=\"row\">(\S+)</th><td[^>]*>(\d+) \S</td><td[^>]*>(?:<b>)?(\d+) \S", page
        )
    }
    counted = savings([the_items()[code] for code in the_town_bundle("newborn").codes], {})
    assert told_of["跑"] == counted.visits and told_of["填表"] == counted.forms
    assert told_of["交材料"] == counted.materials and told_of["交材料"][1] < told_of["交材料"][0]
    assert told_of["签字的表"] == counted.printed


def test_an_item_alone_is_compared_with_nothing(client):
    assert "一起办省了什么" not in read(client, "/event/newborn", do="WJ-001")


def test_what_waits_for_another_stands_behind_it(client):
    page = read(client, "/event/small_restaurant")
    order = page[page.index("哪件先办，哪件等") :]
    assert order.index("个体工商户设立登记") < order.index("小餐饮") and "拿到营业执照再接着办" in order
    assert "前一件办好就有的" in page and "有先后的加在一起算" in page
    alone = read(client, "/event/newborn")
    assert "哪件先办" not in alone


def test_the_precheck_says_can_cannot_and_perhaps(client):
    house, age = (asked.key for asked in the_items()["MZ-010"].prechecks)
    assert "答完就知道能不能办" in read(client, "/guide/MZ-010")
    assert "还差 1 个问题" in read(client, "/guide/MZ-010", **{house: "在"})
    can = read(client, "/guide/MZ-010", **{house: "在", age: "满了"})
    assert '<span class="light green">可以办</span>' in can
    cannot = read(client, "/guide/MZ-010", **{house: "不在", age: "满了"})
    assert (
        '<span class="light red">办不了</span>' in cannot and "请到老人户口所在地的民政窗口申请。" in cannot
    )
    perhaps = read(client, "/guide/MZ-010", **{house: "不清楚", age: "满了"})
    assert '<span class="light yellow">说不准</span>' in perhaps and "问一声再来" in perhaps


def test_a_question_of_the_precheck_that_the_list_asks_too_is_asked_once(client):
    page = read(client, "/guide/WJ-004")
    assert page.count("<legend>您现在有没有工作单位？</legend>") == 1
    refused = read(client, "/guide/WJ-004", employer="有单位且单位发放")
    assert "办不了" in refused and "请向自己的单位领取。" in refused


def test_what_people_get_wrong_and_a_form_filled_in_well_are_shown(client):
    item = the_items()["MZ-010"]
    page = read(client, "/guide/MZ-010")
    assert all(mistake in page for mistake in item.mistakes) and "大家常弄错的" in page
    assert "填写示范" in page and "6217 0000 0000 0000 012" in page and "1966年5月18日" in page


def test_the_map_marks_the_windows_of_the_office_and_says_so_in_words(client):
    page = read(client, "/guide/MZ-010")
    assert "标出来的是4号" in page and page.count('class="booth marked"') == 1
    assert "一楼大厅正中，低位服务台，轮椅可直达" in page


def test_the_days_of_the_procedure_are_counted_from_acceptance(client):
    page = read(client, "/guide/MZ-010")
    for words in (
        "1 个工作日内告诉您收下没有",
        "第 1 至 3 个工作日",
        "第 4 至 5 个工作日",
        "第 6 至 8 个工作日",
    ):
        assert words in page


def test_an_unknown_event_is_answered_in_plain_words(client):
    assert client.get("/event/nothing").status_code == 404


def test_hours_are_told_day_by_day_with_equal_days_together():
    hours = [Hours(day, time(8, 30), time(12)) for day in (0, 1, 3)] + [Hours(0, time(13, 30), time(17, 30))]
    assert (
        where.hours_words(hours)
        == "周一 8:30 至 12:00，13:30 至 17:30；周二 8:30 至 12:00；周四 8:30 至 12:00"
    )

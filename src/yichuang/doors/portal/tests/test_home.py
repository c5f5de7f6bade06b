"""首页、全部事项、查一查。"""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from yichuang.ground import clock
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.hall import queries as hall

pytestmark = pytest.mark.django_db
GUIDE = re.compile(r'href="/guide/([A-Z]+-[0-9]+)"')


def text_of(client, path: str, status: int = 200, **options) -> str:
    answer = client.get(path, **options)
    assert answer.status_code == status
    return answer.content.decode()


def test_home_asks_one_question_and_shows_eight_events(client):
    page = text_of(client, "/")
    assert "办什么事，说一句就行" in page and 'action="/search"' in page
    assert page.count('href="/event/') == 8
    assert "全部 13 件大事，106 个事项" in page and 'action="/track/"' in page


def test_what_people_say_leads_to_an_item(client):
    for said in re.findall(r'href="(/search\?q=[^"]+)"', text_of(client, "/")):
        assert GUIDE.search(text_of(client, said))


def test_home_says_that_nobody_waits_while_no_window_is_open(client, monday_morning):
    page = text_of(client, "/")
    assert "大厅开着" in page and "到 12:00，13:30 再开" in page and "没有人在等" in page


def test_a_closed_hall_says_when_it_opens(client, monkeypatch):
    opens = datetime(2026, 11, 30, 8, 30, tzinfo=clock.TOWN_TIME)
    monkeypatch.setattr(hall, "hall_state", lambda now: hall.HallState(is_open=False, opens_at=opens))
    page = text_of(client, "/")
    assert "大厅关着" in page and "下次开门是11月30日 周一 08:30" in page


def test_what_was_wanted_often_this_month_stands_on_the_first_page(client, monkeypatch):
    monkeypatch.setattr(cases, "often_asked", lambda since: ["MZ-010", "SB-018", "YB-001", "CW-001"])
    page = text_of(client, "/")
    assert "这个月办得多的" in page and GUIDE.findall(page)[:4] == ["MZ-010", "SB-018", "YB-001", "CW-001"]


def test_all_items_stand_on_one_page_by_office(client):
    page = text_of(client, "/items/")
    assert len(set(GUIDE.findall(page))) == 106
    assert page.count('href="/event/') == 13
    assert page.index("社保所") < page.index("医保服务站") < page.index("村居综合")


@pytest.mark.parametrize(
    ("query", "count"),
    [("for=organisation", 20), ("for=person", 102), ("about=养老", 22), ("for=x&about=养老", 22)],
)
def test_items_can_be_chosen_by_who_and_what(client, query, count):
    assert len(set(GUIDE.findall(text_of(client, f"/items/?{query}")))) == count


def test_nothing_fits_is_said_in_words(client):
    assert "没有这样的事项" in text_of(client, "/items/?about=钓鱼")


@pytest.mark.parametrize("said", ["高龄津贴", "gaolingjintie", "gljt", "80岁老人补贴", "MZ-010"])
def test_search_understands_what_was_meant(client, said):
    assert GUIDE.findall(text_of(client, "/search", data={"q": said}))[0] == "MZ-010"


def test_search_that_finds_nothing_says_what_else_to_try(client):
    page = text_of(client, "/search", data={"q": "造火箭"})
    assert "没有查到" in page and "换个说法" in page and "打电话问" in page and "按部门找" in page


def test_what_is_typed_is_completed_in_a_small_piece_of_a_page(client):
    piece = text_of(client, "/search/suggest", data={"q": "高龄"})
    assert 'data-to="/guide/MZ-010"' in piece and "<html" not in piece
    for typed in ("高", "g", "gaoling", "老人补贴", "x" * 500, ""):
        answer = client.get("/search/suggest", {"q": typed})
        assert len(answer.content) <= 3_000 and answer.headers["Cache-Control"] == "no-store"


def test_what_is_typed_is_never_part_of_the_suggestions_page(client):
    assert "<script>" not in text_of(client, "/search/suggest", data={"q": "<script>"})


def test_a_search_offers_a_bundle_and_a_way_out(client):
    page = text_of(client, "/search", data={"q": "生孩子"})
    assert 'href="/event/newborn"' in page and "都不是我要找的" in page
    thanks = client.post("/search/none", {"q": "生孩子", "client_key": "k1"}, follow=True).content.decode()
    assert "谢谢，记下了" in thanks and "都不是我要找的" not in thanks


def test_search_shows_what_was_typed_as_text_only(client):
    page = text_of(client, "/search", data={"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_another_town_shows_its_own_items_only(client):
    page = text_of(client, "/items/", HTTP_HOST="linhu.localhost")
    assert GUIDE.findall(page) == ["SB-001"] and "临湖镇为民服务中心" in page
    text_of(client, "/guide/MZ-010", status=404, HTTP_HOST="linhu.localhost")

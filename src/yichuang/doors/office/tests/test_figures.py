"""数字页、记录页、没发出去的短信。"""

from __future__ import annotations

import pytest
from django.test import Client

from yichuang.doors.shared import sign_in
from yichuang.ground import clock
from yichuang.rooms.cases import actions
from yichuang.rooms.cases.tests import make
from yichuang.rooms.feedback import queries as feedback
from yichuang.rooms.feedback.actions import Said, rate
from yichuang.rooms.notices.models import Message
from yichuang.rooms.notices.tests.make import a_message
from yichuang.rooms.supervision import queries


@pytest.fixture
def town(db):
    """The town and one accepted case of 李阿姨."""
    with make.in_a_town() as town:
        yield town, make.accepted(make.SHOP)


def browser_of(town, *roles: str) -> Client:
    sign_in.forget()
    browser = Client(HTTP_HOST=f"{town.key}.localhost")
    browser.cookies[sign_in.COOKIE] = sign_in.staff_token(make.a_staff(*roles))
    return browser


def page_of(browser, address, status=200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_shows_three_figures_each_with_its_definition_and_its_records(town):
    page = page_of(browser_of(town[0], "supervisor"), "/office/figures/")
    for name in ("accepted_cases", "visitors", "satisfaction", "rated_share"):
        assert f'href="/office/figures/{name}/?period=today"' in page
        assert queries.definition(name).words in page
    assert ">1<small>件" in page and "还没有" in page


def test_recounting_shows_that_it_agrees(town):
    page = page_of(browser_of(town[0], "auditor"), "/office/figures/?period=today&recount=1")
    assert "重新数过，全都一致" in page and page.count("重新数过，一致") == 4


def test_a_figure_that_does_not_agree_is_shown(town, monkeypatch):
    real = queries.figures
    monkeypatch.setattr(
        queries, "figures", lambda first, last: real(first.replace(year=2025), last.replace(year=2025))
    )
    page = page_of(browser_of(town[0], "auditor"), "/office/figures/?recount=1")
    assert "有的数不一致" in page and "重新数是 1，不一致" in page


@pytest.mark.parametrize("period", ["yesterday", "week", "month", "year"])
def test_another_period_is_kept_in_every_link(town, period):
    page = page_of(browser_of(town[0], "leader"), f"/office/figures/?period={period}")
    assert f"/office/figures/visitors/?period={period}" in page
    assert f'<input type="hidden" name="period" value="{period}">' in page


def test_own_days_are_counted(town):
    page = page_of(browser_of(town[0], "leader"), "/office/figures/?first=2026-11-01&last=2026-11-30")
    assert "?first=2026-11-01&amp;last=2026-11-30" in page and ">1<small>件" in page


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("first=2026-11-30&last=2026-11-01", 422, "开始的日期在结束的后面"),
        ("first=11月", 422, "要写成 2026-11-23 这样"),
        ("first=2001-01-01", 422, "一次最多看"),
        ("first=9999-12-31&last=9999-12-31", 422, "日期的年份不对"),
        ("period=decade", 200, "11月23日"),
    ],
)
def test_days_that_are_none_are_refused_in_words(town, query, status, sentence):
    assert sentence in page_of(browser_of(town[0], "leader"), f"/office/figures/?{query}", status)


def test_records_are_masked(town):
    page = page_of(browser_of(town[0], "auditor"), "/office/figures/accepted_cases/")
    assert town[1].number in page and "李*" in page and "李桂芳" not in page and "13900000001" not in page


def test_no_records_say_so(town):
    assert "这段时间还没有记录" in page_of(browser_of(town[0], "leader"), "/office/figures/visitors/?page=x")


def test_an_unknown_figure_is_not_there(town):
    assert "没有这个数字" in page_of(browser_of(town[0], "leader"), "/office/figures/smiles/", 404)


@pytest.mark.parametrize("role", ["clerk", "reviewer", "village_head"])
def test_clerks_see_neither_figures_nor_ratings(town, role):
    browser = browser_of(town[0], role)
    page_of(browser, "/office/figures/", 403)
    page_of(browser, "/office/figures/satisfaction/", 403)


def test_words_of_a_rating_are_shown_as_words(town):
    task = make.open_tasks(town[1])[0]
    actions.give_opinion(task=task, verdict="refuse", opinion="不符合。", by=make.decider_of(task))
    rate(invitation=feedback.invitation_of(town[1]), said=Said(1, words="<b>不好</b>"))
    page = page_of(browser_of(town[0], "supervisor"), "/office/figures/satisfaction/")
    assert "&lt;b&gt;不好&lt;/b&gt;" in page and "非常不满意" in page


def test_a_dead_letter_is_seen_masked_and_sent_again(town):
    letter = a_message(town[1], at=clock.now(), status="failed", tries=6, why="短信网关回答 500")
    browser = browser_of(town[0], "hall_manager")
    page = page_of(browser, "/office/letters/")
    assert "139****0001" in page and "13900000001" not in page and "短信网关回答 500" in page
    answer = browser.post("/office/letters/", {"message": letter.pk})
    assert answer["Location"] == "/office/letters/?again=1"
    assert Message.objects.get(pk=letter.pk).status == "waiting"
    assert "都发出去了" in page_of(browser, "/office/letters/?again=1")


@pytest.mark.parametrize(("number", "status"), [("", 404), ("abc", 404), ("9" * 30, 404), ("99", 404)])
def test_a_letter_that_is_not_there_is_not_sent(town, number, status):
    answer = browser_of(town[0], "admin").post("/office/letters/", {"message": number})
    assert answer.status_code == status and "没有找到这条短信" in answer.content.decode()


def test_a_letter_is_sent_again_once(town):
    letter = a_message(town[1], at=clock.now(), status="sent", sent_at=clock.now())
    assert browser_of(town[0], "admin").post("/office/letters/", {"message": letter.pk}).status_code == 409


def test_who_may_not_see_letters(town):
    page_of(browser_of(town[0], "clerk"), "/office/letters/", 403)

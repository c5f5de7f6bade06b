"""换语言：a cookie and a switch; words in two languages; what is only in Chinese says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from yichuang.doors.shared import place
from yichuang.doors.shared.templatetags import language
from yichuang.doors.shared.tests.test_parts import drawn
from yichuang.ground.tests.make import a_town


@pytest.fixture
def browser(db, client):
    a_town()
    return client


def page(browser, path="/elder"):
    return browser.get(path).content.decode()


def test_one_press_makes_it_english_and_leads_back(browser):
    answer = browser.get("/language?to=en&next=/search%3Fq%3Dbaby")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/search?q=baby")
    assert browser.cookies["lang"].value == "en" and not browser.cookies["lang"]["httponly"]
    told = page(browser)
    assert '<html lang="en">' in told and "How large should the text be?" in told
    assert 'name="to" value="zh" lang="zh">中文</button>' in told


def test_a_second_press_makes_it_chinese_again(browser):
    browser.get("/language?to=en")
    assert browser.get("/language?to=zh&next=/elder").headers["Location"] == "/elder"
    told = page(browser)
    assert '<html lang="zh-CN">' in told and "字多大看着舒服" in told
    assert 'name="to" value="en" lang="en">English</button>' in told


@pytest.mark.parametrize("to", ["", "fr", "EN", "<script>"])
def test_a_language_nobody_speaks_here_is_chinese(browser, to):
    browser.get("/language?to=en")
    assert browser.get("/language", {"to": to}).cookies["lang"].value == ""
    browser.cookies["lang"] = to
    assert '<html lang="zh-CN">' in page(browser)


@pytest.mark.parametrize("address", ["https://evil.test/", "//evil.test", "javascript:alert(1)"])
def test_the_switch_never_leads_out_of_the_house(browser, address):
    assert browser.get("/language", {"to": "en", "next": address}).headers["Location"] == "/"


def test_a_page_that_is_only_in_chinese_says_so_in_english(browser):
    browser.get("/language?to=en")
    told = page(browser, "/verify/")
    assert '<html lang="zh-CN">' in told and "This page is in Chinese only." in told
    browser.get("/language?to=zh")
    assert "Chinese only" not in page(browser, "/verify/")


def test_those_who_work_here_stay_with_chinese(browser):
    request = RequestFactory().get("/office/", headers={"cookie": "lang=en"})
    assert place.language(request) == "zh"
    browser.get("/language?to=en")
    told = page(browser, "/office/sign-in/")
    assert '<html lang="zh-CN">' in told and "English" not in told and "Chinese only" not in told


def test_words_are_said_in_the_language_of_the_page_and_escaped():
    source = '{% load language %}{% say "取号" word %}'
    assert drawn(source, word="<b>") == "取号" == drawn(source, word="<b>", lang="zh")
    assert drawn(source, word="<b>", lang="en") == "&lt;b&gt;"


def test_what_is_only_in_chinese_is_marked_on_an_english_page():
    source = "{% load language %}{% zh word %}|{% named word english %}"
    assert drawn(source, word="身份<证", english="") == "身份&lt;证|身份&lt;证"
    marked = '<span lang="zh">身份&lt;证</span>'
    assert drawn(source, word="身份<证", english="", lang="en") == f"{marked}|{marked}"
    assert drawn(source, word="身份证", english="ID card", lang="en").endswith("|ID card")


def test_a_day_is_said_as_the_english_say_it():
    moment = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # half past midnight in the town
    assert language.english_date(moment) == "Tue 24 November"
    assert language.english_moment(moment) == "Tue 24 November at 0:30"
    assert language.english_moment(None) == ""

"""Pages every door shares, asked as a browser asks: elder mode, refusals, the sheet of all parts."""

from __future__ import annotations

import re

import pytest

from yichuang.doors.shared import assets
from yichuang.ground.tests.make import a_town


@pytest.fixture
def browser(db, client):
    a_town()
    return client


def test_every_part_is_on_the_sheet(browser):
    page = browser.get("/office/components/").content.decode()
    shown = set(" ".join(re.findall(r'data-part="([^"]*)"', page)).split())
    assert shown == set(assets.part_names())


def test_the_sheet_stands_in_the_dark_too(browser):
    assert 'data-theme="dark"' in browser.get("/office/components/?dark=1").content.decode()


def test_large_letters_stay_on(browser):
    answer = browser.get("/elder?size=22&next=/office/components/")
    assert answer.status_code == 302 and answer.headers["Location"] == "/office/components/"
    assert browser.cookies["elder"].value == "22" and not browser.cookies["elder"]["httponly"]
    page = browser.get("/office/components/").content.decode()
    assert '<html lang="zh-CN" data-elder="22">' in page and 'aria-pressed="true"' in page


def test_large_letters_can_be_ended(browser):
    browser.get("/elder?size=24")
    browser.get("/elder?size=0")
    assert '<html lang="zh-CN">' in browser.get("/office/components/").content.decode()


@pytest.mark.parametrize("size", ["", "17", "31", "大", "-1"])
def test_a_size_outside_eighteen_to_thirty_is_asked_again(browser, size):
    answer = browser.get("/elder", {"size": size, "next": "/office/components/"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "字多大看着舒服" in page and "elder" not in answer.cookies
    assert re.findall(r'name="size" value="(\d+)"', page)[-8:] == [
        "18",
        "20",
        "22",
        "24",
        "26",
        "28",
        "30",
        "0",
    ]


@pytest.mark.parametrize("address", ["https://evil.test/", "//evil.test", "javascript:alert(1)"])
def test_the_switch_never_leads_out_of_the_house(browser, address):
    assert browser.get("/elder", {"size": "22", "next": address}).headers["Location"] == "/"


def test_an_address_that_is_nowhere_says_so_in_plain_words(browser):
    answer = browser.get("/nowhere/at/all")
    assert answer.status_code == 404 and "没有找到您要的内容" in answer.content.decode()


def test_every_page_can_be_read_without_script_and_reached_by_keyboard(browser):
    page = browser.get("/office/components/").content.decode()
    assert 'class="skip-link" href="#main"' in page and 'id="main"' in page
    assert re.search(r'<form action="/elder" method="get"', page)

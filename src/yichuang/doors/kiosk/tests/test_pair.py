"""登记取号机：the browser becomes the device, by its token only."""

from __future__ import annotations

import pytest
from django.test import Client

from yichuang.doors.shared import sign_in
from yichuang.ground import towns
from yichuang.rooms.people.actions import enrol_device


@pytest.fixture
def browser(kiosk, settings):
    settings.DEMO = False
    return Client(headers={"host": f"{kiosk.town.key}.localhost"})


def test_the_right_token_makes_the_browser_a_kiosk(kiosk, browser):
    with towns.within(kiosk.town):
        _, token = enrol_device(kind="kiosk", name="第二台", by=None)
    answer = browser.post("/kiosk/pair/", {"token": token})
    assert answer.headers["Location"] == "/kiosk/" and answer.cookies[sign_in.COOKIE]["httponly"]
    assert browser.get("/kiosk/").status_code == 200


def test_a_wrong_token_and_the_token_of_another_kind_are_refused(kiosk, browser):
    with towns.within(kiosk.town):
        _, board = enrol_device(kind="board", name="显示屏", by=None)
    for token in ("", "kiosk.dawei.wrong", "no token", board):
        answer = browser.post("/kiosk/pair/", {"token": token})
        assert answer.status_code == 403 and "这不是取号机的令牌" in answer.content.decode()
    assert browser.get("/kiosk/").status_code == 302


def test_the_page_says_what_to_do(browser):
    assert "设备令牌" in browser.get("/kiosk/pair/").content.decode()

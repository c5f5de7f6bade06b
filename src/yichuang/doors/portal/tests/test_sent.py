"""演示里发出的短信。"""

from __future__ import annotations

import pytest
from django.test import Client

from yichuang.ground.tests.make import a_town
from yichuang.lines.sms.fake import SentFile
from yichuang.rooms.cases.tests.make import MONDAY

from .after import nobody


@pytest.fixture
def browser(db, settings, tmp_path) -> Client:
    settings.HOME = tmp_path
    return nobody(a_town())


@pytest.fixture
def line(tmp_path) -> SentFile:
    return SentFile(tmp_path)


def send(line, text, key):
    line.send(phone="13900000001", text=text, key=key, at=MONDAY)


def test_nothing_sent_yet_says_what_will_come(browser):
    assert "还没有发过短信" in browser.get("/sent/").content.decode()


def test_messages_come_newest_first_with_their_links(browser, line):
    send(line, "先发的", "1.1")
    send(line, "后发的，查进度：http://127.0.0.1:8000/track/abc", "1.2")
    page = browser.get("/sent/").content.decode()
    assert page.index("后发的") < page.index("先发的")
    assert '<a href="/track/abc">http://127.0.0.1:8000/track/abc</a>' in page


def test_only_our_own_addresses_become_links_and_words_stay_words(browser, line):
    send(line, "<b>看</b> https://evil.example/x", "1.1")
    page = browser.get("/sent/").content.decode()
    assert "&lt;b&gt;看&lt;/b&gt;" in page and 'href="https://evil' not in page


def test_it_comes_again_by_itself_until_told_to_stand_still(browser):
    assert browser.get("/sent/")["Refresh"] == "5"
    still = browser.get("/sent/?still=1")
    assert "Refresh" not in still and "已经停住" in still.content.decode()


def test_outside_the_demo_there_is_no_such_page(browser, line, settings):
    send(line, "秘密", "1.1")
    settings.DEMO = False
    answer = browser.get("/sent/")
    assert answer.status_code == 404 and "秘密" not in answer.content.decode()

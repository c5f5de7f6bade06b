"""A foreigner gets a ticket alone: every page of the kiosk in English, papers named in Chinese for the window."""

from __future__ import annotations

import pytest

from yichuang.doors.kiosk.tests.test_items import browser as chinese
from yichuang.doors.kiosk.tests.test_items import page
from yichuang.doors.shared import english
from yichuang.doors.shared.tests.words_of import unmarked
from yichuang.ground import clock, towns
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.hall import queries
from yichuang.rooms.hall.tests import make
from yichuang.rooms.people import queries as people

__all__ = ["chinese"]


@pytest.fixture
def browser(chinese):
    chinese.cookies["lang"] = "en"
    return chinese


@pytest.mark.parametrize(
    "path",
    [
        "/kiosk/",
        "/kiosk/?items=MZ-010&items=SB-001",
        "/kiosk/items/",
        "/kiosk/items/?office=MZ",
        "/kiosk/items/?life=newborn",
        "/kiosk/items/?q=",
        "/kiosk/items/?q=pension",
        "/kiosk/items/?q=nothing-like-this",
        "/kiosk/number/?way=id",
        "/kiosk/number/?way=phone",
        "/kiosk/list/",
    ],
)
def test_no_chinese_word_stands_unmarked(browser, path):
    told = page(browser, path)
    assert '<html lang="en"' in told and unmarked(told) == []


def test_a_ticket_is_had_alone_and_goes_on_in_english_on_the_telephone(browser):
    answer = browser.post("/kiosk/take/", {"items": ["MZ-010", "SB-001"], "client_key": ""})
    told = page(browser, answer.headers["Location"])
    assert "Please sit down" in told and "Bring these" in told and "Print the slip" in told
    assert '<span lang="zh">居民身份证</span>' in told and "named in Chinese" in told
    assert unmarked(told) == []
    token = answer.headers["Location"].rpartition("/")[2]
    phone = page(browser, f"/ticket/{token}")
    assert "are before you" in phone and unmarked(phone) == []


def test_items_are_found_by_english_words(browser):
    assert "Claim your residents&#x27; basic pension" in page(browser, "/kiosk/items/?q=PENSION")
    assert english.found({}, "pension") == []


def test_what_goes_wrong_is_said_in_english(browser):
    answer = browser.post("/kiosk/take/", {"way": "id", "id_number": "12", "client_key": ""})
    told = answer.content.decode()
    assert answer.status_code == 422 and "this one has 2" in told and unmarked(told) == []
    answer = browser.post("/kiosk/take/", {"queue": "vip", "client_key": ""})
    assert "There is no such queue." in answer.content.decode()
    assert english.refusal(Refused("wrong_moment", thing="A001", state="x"))[0] == "This could not be done."


def test_a_closed_hall_says_in_english_when_it_opens(kiosk):
    with towns.within(kiosk.town):
        kiosk.town.always_open = False
        kiosk.town.save()
    queries.forget_hours()
    kiosk.client.cookies["lang"] = "en"
    with clock.frozen(make.MONDAY.replace(hour=20)):
        assert "It opens on Tue 24 November at 8:30." in kiosk.get("/kiosk/")


def test_every_item_office_and_event_of_the_demo_town_has_its_english_name(chinese):
    with towns.within(towns.Town.objects.get(key="dawei")):
        items, offices = catalog.published(), people.offices()
        assert [code for code, item in items.items() if not item.name_en or not item.summary_en] == []
        assert {item.office for item in items.values()} <= set(english.OFFICES) & set(offices)
        assert {event.key for event in catalog.life_events()} <= set(english.EVENTS)
        assert {queue.key for queue in queries.queues()} == set(english.QUEUES)

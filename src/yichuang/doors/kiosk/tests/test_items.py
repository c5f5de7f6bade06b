"""选要办的事：what to bring follows from it. These tests stand on the demo town's catalogue."""

from __future__ import annotations

import pytest
from django.test import Client

from yichuang.doors.shared import sign_in
from yichuang.ground import towns
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.people.actions import enrol_device


@pytest.fixture
def browser(db):
    town = towns.Town.objects.get(key="dawei")
    with towns.within(town):
        _, token = enrol_device(kind="kiosk", name="门口取号机", by=None)
    client = Client(headers={"host": "dawei.localhost"})
    client.cookies[sign_in.COOKIE] = token
    return client


def page(browser, path, status=200):
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_items_are_found_by_what_happened_by_office_and_by_letters(browser):
    first = page(browser, "/kiosk/items/")
    assert "新生儿出生" in first and "社保所" in first
    assert "育儿补贴" in page(browser, "/kiosk/items/?life=newborn")
    assert "高龄津贴" in page(browser, "/kiosk/items/?office=MZ/2")
    assert 'value="MZ-010"' in page(browser, "/kiosk/items/?q=GLJT")
    assert "没有找到" in page(browser, "/kiosk/items/?q=VVVV")


def test_a_long_list_is_shown_a_page_at_a_time_and_never_hides_the_way_back(browser):
    first, second = page(browser, "/kiosk/items/?office=MZ"), page(browser, "/kiosk/items/?office=MZ/2")
    assert first.count('type="checkbox"') == second.count('type="checkbox"') == 8
    assert "第 1 页，共 2 页" in first and 'name="office" value="MZ/2"' in first and "上一页" not in first
    assert 'name="office" value="MZ/1"' in second and "下一页" not in second
    browser.cookies["elder"] = "22"
    assert page(browser, "/kiosk/items/?office=MZ").count('type="checkbox"') == 5


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "", "9" * 400])
def test_a_page_that_is_not_there_is_one_that_is(browser, number):
    assert "第 " in page(browser, f"/kiosk/items/?office=MZ/{number}")


def test_what_was_ticked_elsewhere_stays_ticked(browser):
    told = page(browser, "/kiosk/items/?office=MZ&items=SB-001&queue=quick")
    assert 'name="items" value="SB-001" checked' in told and 'name="queue" value="quick"' in told


def test_the_choice_goes_back_to_the_start_page(browser):
    answer = browser.get("/kiosk/items/?items=MZ-010&items=SB-001&queue=general&done=1")
    assert answer.headers["Location"] == "/kiosk/?queue=general&items=MZ-010&items=SB-001"
    told = page(browser, answer.headers["Location"])
    assert "要办 2 件事" in told and 'type="hidden" name="items" value="MZ-010"' in told


def test_four_are_too_many_and_all_four_stay_ticked(browser):
    codes = ["MZ-010", "SB-001", "SB-002", "YB-002"]
    told = page(browser, "/kiosk/items/?done=1&" + "&".join(f"items={code}" for code in codes), 422)
    assert "一个号最多先选 3 件事" in told
    assert [f'value="{code}" checked' in told for code in codes] == [True] * 4


def test_a_ticket_for_items_tells_what_to_bring_on_screen_and_slip(browser):
    answer = browser.post(
        "/kiosk/take/", {"queue": "general", "items": ["MZ-010", "SB-001"], "client_key": ""}
    )
    told = page(browser, answer.headers["Location"])
    assert (
        "要带这些" in told and told.count("居民身份证") == 2
    )  # each paper once on the screen, once on the slip
    assert "申请表" not in told.split("slip")[0]  # the window prints forms itself
    with towns.within(towns.Town.objects.get(key="dawei")):
        assert Ticket.objects.latest("id").items == ["MZ-010", "SB-001"]


def test_an_item_for_firms_alone_leads_to_the_enterprise_queue(browser):
    assert 'value="enterprise" checked' in page(browser, "/kiosk/?items=CG-003")


def test_an_item_the_catalogue_does_not_have_is_refused_in_the_page(browser):
    answer = browser.post("/kiosk/take/", {"queue": "general", "items": "XX-999", "client_key": ""})
    assert answer.status_code == 422 and "XX-999" in answer.content.decode()

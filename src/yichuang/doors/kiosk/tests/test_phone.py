"""The ticket on the phone: where one stands, then where to go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from yichuang.ground import clock, towns
from yichuang.rooms.hall import actions
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.tests import make


@pytest.fixture
def phone(kiosk):
    """A phone of nobody in particular."""
    return Client(headers={"host": f"{kiosk.town.key}.localhost"})


@pytest.fixture
def ticket(kiosk):
    with towns.within(kiosk.town):
        make.take()
        return make.take()


def look(phone, ticket, part=""):
    answer = phone.get(f"/ticket/{ticket.track_token}{part}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_waits_sees_the_place_and_the_minutes(phone, ticket):
    page = look(phone, ticket)
    assert "A002" in page and "1<small>人</small>" in page and "8<small>分钟</small>" in page
    assert f'data-fragment="/ticket/{ticket.track_token}/now"' in page


def test_who_is_called_sees_the_window(kiosk, phone, ticket):
    with towns.within(kiosk.town):
        number, clerk = make.an_open_window(4)
        for _ in range(2):
            called = actions.call_next(window=number, by=clerk)
            actions.start_serving(ticket=called.id, by=clerk)
            if called.number == "A001":
                actions.finish_serving(ticket=called.id, by=clerk)
    assert "正在 4 号窗口办理" in look(phone, ticket, "/now")
    with towns.within(kiosk.town):
        actions.finish_serving(ticket=ticket.id, by=clerk)
    page = look(phone, ticket)
    assert "已经办完" in page and 'href="/rate/' in page and "data-fragment" not in page


def test_who_missed_the_call_is_told_what_to_do(kiosk, phone, ticket):
    with towns.within(kiosk.town):
        number, clerk = make.an_open_window(4)
        called = actions.call_next(window=number, by=clerk)
        actions.miss(ticket=Ticket.objects.get(pk=called.id), by=clerk)
        actions.call_next(window=number, by=clerk)
    assert "正在叫您，请到 <b>4</b> 号窗口" in look(phone, ticket)
    with towns.within(kiosk.town):
        actions.miss(ticket=Ticket.objects.get(pk=ticket.id), by=clerk)
    assert "这个号过了" in look(phone, ticket)


def test_yesterdays_ticket_is_over(phone, ticket):
    with clock.frozen(make.MONDAY + timedelta(days=1)):
        assert "请重新取号" in look(phone, ticket)


def test_a_wrong_token_and_another_town_find_nothing(phone, ticket):
    assert phone.get("/ticket/nothing").status_code == 404
    other = make.a_town()
    stranger = Client(headers={"host": f"{other.key}.localhost"})
    assert stranger.get(f"/ticket/{ticket.track_token}").status_code == 404

"""What the board and the kiosk read."""

from __future__ import annotations

import json
from datetime import date, timedelta

from yichuang.ground import clock
from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.tests import make


def test_an_empty_hall_has_a_board(hall):
    board = queries.board()
    assert (board["called"], board["waiting"], board["open_windows"]) == ([], 0, 0)
    assert [queue["name"] for queue in board["queues"]] == ["综合业务", "快办", "企业和个体户"]
    assert [window["number"] for window in board["windows"]] == list(range(1, 9))


def test_it_shows_the_newest_call_and_the_six_before(hall):
    for number in range(1, 9):
        with clock.frozen(make.MONDAY + timedelta(minutes=number)):
            make.take()
            _, clerk = make.an_open_window(number)
            actions.call_next(window=number, by=clerk)
    called = queries.board()["called"]
    assert [call["number"] for call in called] == [f"A00{serial}" for serial in range(8, 1, -1)]
    assert called[0]["window"] == 8


def test_it_counts_who_waits_and_how_long(hall):
    make.an_open_window(1)
    with clock.frozen(make.MONDAY - timedelta(minutes=21)):
        make.take()
    make.take("enterprise")
    board = queries.board()
    general, quick, enterprise = board["queues"]
    assert (general["waiting"], quick["waiting"], enterprise["waiting"]) == (1, 0, 1)
    assert (general["minutes"], quick["minutes"]) == (20, 8)  # quick ones go before who came just now
    assert (board["waiting"], board["longest_wait_minutes"], board["open_windows"]) == (2, 21, 1)


def test_nothing_personal_is_on_it(hall):
    number = make.an_id_number(date(1954, 3, 8))
    make.take(id_number=number, phone="13900000001", priority="disabled")
    told = json.dumps(queries.board(), ensure_ascii=False)
    assert number not in told and "13900000001" not in told and "disabled" not in told


def test_a_ticket_knows_its_place_and_no_longer_when_it_was_called(hall):
    make.take()
    ticket = Ticket.objects.get(pk=make.take().id)
    assert queries.wait_estimate(ticket) == queries.Estimate(1, 8)
    number, clerk = make.an_open_window(1)
    actions.call_next(window=number, by=clerk)
    assert queries.wait_estimate(Ticket.objects.get(number="A001")) == queries.Estimate(0, 0)
    assert queries.wait_estimate(ticket) == queries.Estimate(0, 0)


def test_the_error_of_the_estimate_is_told_after_ten_calls(hall):
    number, clerk = make.an_open_window(1)
    for serial in range(10):
        assert queries.usual_error_minutes(make.MONDAY.date()) is None
        with clock.frozen(make.MONDAY + timedelta(minutes=10 * serial)):
            make.take()
        with clock.frozen(make.MONDAY + timedelta(minutes=10 * serial + 4)):
            called = actions.call_next(window=number, by=clerk)
            actions.start_serving(ticket=called.id, by=clerk)
            actions.finish_serving(ticket=called.id, by=clerk)
    assert queries.usual_error_minutes(make.MONDAY.date()) == 4

"""再叫一次。"""

from __future__ import annotations

from datetime import timedelta

import pytest

from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.tests import make


def test_it_counts_the_call_and_keeps_the_first_calls_time(hall):
    ticket, clerk = make.a_called_ticket()
    with clock.frozen(make.MONDAY + timedelta(minutes=1)):
        actions.recall(ticket=ticket, by=clerk)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.calls, ticket.called_at) == ("called", 2, make.MONDAY)
    assert trail.told_of(ticket, kinds=["hall.ticket_recalled"])[0].sentence == "4号窗口再叫 A001（第2次）"


def test_the_board_shows_it_as_the_newest_call_again(hall):
    ticket, clerk = make.a_called_ticket(4)
    with clock.frozen(make.MONDAY + timedelta(minutes=1)):
        make.take()
        number, other = make.an_open_window(5)
        actions.call_next(window=number, by=other)
    assert [call["number"] for call in queries.board()["called"]] == ["A002", "A001"]
    with clock.frozen(make.MONDAY + timedelta(minutes=2)):
        actions.recall(ticket=ticket, by=clerk)
    assert [call["number"] for call in queries.board()["called"]] == ["A001", "A002"]


def test_who_is_served_already_is_not_called_again(hall):
    ticket, clerk = make.a_called_ticket()
    actions.start_serving(ticket=ticket.pk, by=clerk)
    with pytest.raises(Refused) as refused:
        actions.recall(ticket=ticket, by=clerk)
    assert refused.value.code == "wrong_moment"


def test_another_clerk_does_not_call_again(hall):
    ticket, _ = make.a_called_ticket()
    with pytest.raises(Refused) as refused:
        actions.recall(ticket=ticket, by=make.a_clerk("陈一"))
    assert refused.value.code == "ticket_elsewhere"

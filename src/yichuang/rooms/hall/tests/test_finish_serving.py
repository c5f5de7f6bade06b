"""办完。"""

from __future__ import annotations

from datetime import timedelta

import pytest

from yichuang.ground import clock, once, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions
from yichuang.rooms.hall.tests import make


def test_it_ends_the_service_and_tells_how_long_it_took(hall):
    ticket, clerk = make.a_called_ticket(4)
    actions.start_serving(ticket=ticket.pk, by=clerk)
    with clock.frozen(make.MONDAY + timedelta(minutes=11)):
        step = actions.finish_serving(ticket=ticket.pk, by=clerk)
    assert (step.status, step.minutes) == ("finished", 11)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.finished_at) == ("finished", make.MONDAY + timedelta(minutes=11))
    (event,) = trail.told_of(ticket, kinds=["hall.serving_finished"])
    assert event.sentence == "4号窗口办完 A001，用时11分钟"


def test_the_window_may_then_call_the_next(hall):
    ticket, clerk = make.a_called_ticket(4)
    make.take()
    actions.start_serving(ticket=ticket.pk, by=clerk)
    actions.finish_serving(ticket=ticket.pk, by=clerk)
    assert actions.call_next(window=4, by=clerk).number == "A002"


def test_who_was_called_and_did_not_come_yet_cannot_be_finished(hall):
    ticket, clerk = make.a_called_ticket()
    with pytest.raises(Refused) as refused:
        actions.finish_serving(ticket=ticket.pk, by=clerk)
    assert refused.value.wrong == "A001现在是“已叫号”，不能这样办。"


def test_a_finished_ticket_is_not_finished_again(hall):
    ticket, clerk = make.a_called_ticket()
    actions.start_serving(ticket=ticket.pk, by=clerk)
    actions.finish_serving(ticket=ticket.pk, by=clerk)
    with pytest.raises(Refused) as refused:
        actions.finish_serving(ticket=ticket.pk, by=clerk)
    assert refused.value.status == 409


def test_another_clerk_does_not_finish_it(hall):
    ticket, clerk = make.a_called_ticket()
    actions.start_serving(ticket=ticket.pk, by=clerk)
    with pytest.raises(Refused) as refused:
        actions.finish_serving(ticket=ticket.pk, by=make.a_clerk("陈一"))
    assert refused.value.code == "ticket_elsewhere"


def test_a_repeated_press_finishes_once(hall):
    ticket, clerk = make.a_called_ticket()
    actions.start_serving(ticket=ticket.pk, by=clerk)
    asked = once.Request(f"staff:{clerk.pk}", "/finish", "key", "d" * 64)
    first = actions.finish_serving(ticket=ticket.pk, by=clerk, asked=asked)
    assert actions.finish_serving(ticket=ticket.pk, by=clerk, asked=asked) == first

"""开始办理。"""

from __future__ import annotations

import pytest

from yichuang.ground import once, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.tests import make


def test_the_called_person_is_served(hall):
    ticket, clerk = make.a_called_ticket(4)
    step = actions.start_serving(ticket=ticket.pk, by=clerk)
    assert (step.number, step.status, step.window, step.queue) == ("A001", "serving", 4, "general")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.started_at) == ("serving", make.MONDAY)
    (event,) = trail.told_of(ticket, kinds=["hall.serving_started"])
    assert event.facts == {"number": "A001", "queue": "general", "window": 4}


def test_a_ticket_that_was_not_called_is_refused_in_plain_words(hall):
    taken, clerk = make.take(), make.a_clerk()
    with pytest.raises(Refused) as refused:
        actions.start_serving(ticket=taken.id, by=clerk)
    assert refused.value.code == "wrong_moment" and refused.value.status == 409
    assert refused.value.wrong == "A001现在是“等候”，不能这样办。"


def test_a_ticket_at_another_window_is_left_alone(hall):
    ticket, _ = make.a_called_ticket(4)
    with pytest.raises(Refused) as refused:
        actions.start_serving(ticket=ticket.pk, by=make.a_clerk("陈一"))
    assert refused.value.code == "ticket_elsewhere" and "4号窗口" in refused.value.wrong


def test_an_unknown_ticket_is_not_found(hall):
    with pytest.raises(Refused) as refused:
        actions.start_serving(ticket=10**9, by=make.a_clerk())
    assert refused.value.code == "ticket_unknown" and refused.value.status == 404


def test_a_repeated_press_starts_once(hall):
    ticket, clerk = make.a_called_ticket()
    asked = once.Request(f"staff:{clerk.pk}", "/start", "key", "d" * 64)
    first = actions.start_serving(ticket=ticket.pk, by=clerk, asked=asked)
    assert actions.start_serving(ticket=ticket.pk, by=clerk, asked=asked) == first
    assert len(trail.told_of(ticket, kinds=["hall.serving_started"])) == 1


def test_a_ticket_of_another_town_does_not_exist(committed):
    ours, theirs = make.a_town(), make.a_town()
    with towns.within(ours):
        make.a_hall()
        ticket, _ = make.a_called_ticket()
    with towns.within(theirs):
        stranger = make.a_clerk()
    with towns.acting_for(theirs), pytest.raises(Refused) as refused:
        actions.start_serving(ticket=ticket.pk, by=stranger)
    assert refused.value.status == 404
    with towns.within(ours):
        assert Ticket.objects.get(pk=ticket.pk).status == "called"

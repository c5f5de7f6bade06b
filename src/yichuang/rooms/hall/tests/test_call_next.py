"""叫号。"""

from __future__ import annotations

from datetime import timedelta

import pytest

from yichuang.ground import clock, once, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.states import TicketStatus
from yichuang.rooms.hall.tests import make


def test_it_calls_the_one_who_came_first(hall):
    make.take()
    make.take("enterprise")
    number, clerk = make.an_open_window(4)
    called = actions.call_next(window=number, by=clerk)
    assert called is not None
    assert (called.number, called.queue_name, called.window) == ("A001", "综合业务", 4)
    ticket = Ticket.objects.get(pk=called.id)
    assert (ticket.status, ticket.window.number, ticket.clerk, ticket.calls) == ("called", 4, clerk, 1)
    assert ticket.called_at == ticket.last_called_at == make.MONDAY


def test_nobody_waits_so_nobody_is_called(hall):
    number, clerk = make.an_open_window(1)
    assert actions.call_next(window=number, by=clerk) is None


def test_a_priority_person_passes_those_who_came_up_to_half_an_hour_earlier(hall):
    with clock.frozen(make.MONDAY - timedelta(minutes=29)):
        make.take()
    elder = make.take(priority="elder")
    number, clerk = make.an_open_window(1)
    assert actions.call_next(window=number, by=clerk).number == elder.number


def test_nobody_waits_for_ever_behind_priority_people(hall):
    with clock.frozen(make.MONDAY - timedelta(minutes=31)):
        early = make.take()
    make.take(priority="elder")
    number, clerk = make.an_open_window(1)
    assert actions.call_next(window=number, by=clerk).number == early.number


def test_a_quick_one_passes_those_who_came_up_to_ten_minutes_earlier(hall):
    with clock.frozen(make.MONDAY - timedelta(minutes=9)):
        make.take()
    make.take("quick")
    number, clerk = make.an_open_window(1)
    assert actions.call_next(window=number, by=clerk).number == "B001"


def test_yesterdays_tickets_are_not_called_today(hall):
    with clock.frozen(make.MONDAY - timedelta(days=1)):
        make.take()
    number, clerk = make.an_open_window(1)
    assert actions.call_next(window=number, by=clerk) is None


def test_it_tells_the_trail_the_number_the_window_and_the_wait(hall):
    with clock.frozen(make.MONDAY - timedelta(minutes=7)):
        taken = make.take()
    number, clerk = make.an_open_window(4)
    actions.call_next(window=number, by=clerk)
    event = trail.told_of(Ticket.objects.get(pk=taken.id), kinds=["hall.ticket_called"])[0]
    assert event.facts == {"number": "A001", "queue": "general", "window": 4, "waited_minutes": 7}
    assert (event.actor_kind, event.actor_id, event.at) == ("people.staff", clerk.pk, make.MONDAY)
    assert event.sentence == "4号窗口叫号 A001"


@pytest.mark.parametrize("state", ["called", "serving"])
def test_a_window_with_a_ticket_in_hand_does_not_call_another(hall, state):
    ticket, clerk = make.a_called_ticket(4)
    if state == "serving":
        actions.start_serving(ticket=ticket.pk, by=clerk)
    make.take()
    with pytest.raises(Refused) as refused:
        actions.call_next(window=4, by=clerk)
    assert refused.value.code == "window_busy" and refused.value.status == 409
    assert "A001" in refused.value.wrong


def test_a_ticket_left_open_yesterday_does_not_block_today(hall):
    with clock.frozen(make.MONDAY - timedelta(days=1)):
        _, clerk = make.a_called_ticket(4)
    make.take()
    assert actions.call_next(window=4, by=clerk).number == "A001"


def test_a_closed_or_paused_window_does_not_call(hall):
    clerk = make.a_clerk()
    make.take()
    with pytest.raises(Refused) as refused:
        actions.call_next(window=1, by=clerk)
    assert refused.value.code == "window_not_open"
    make.an_open_window(1, clerk)
    actions.pause_window(window=make.a_window(1), reason="培训", by=clerk)
    with pytest.raises(Refused) as refused:
        actions.call_next(window=1, by=clerk)
    assert refused.value.code == "window_not_open"


def test_another_clerk_does_not_call_for_this_window(hall):
    number, _ = make.an_open_window(1)
    with pytest.raises(Refused) as refused:
        actions.call_next(window=number, by=make.a_clerk("陈一"))
    assert refused.value.code == "window_not_yours"


def test_there_is_no_window_of_that_number(hall):
    with pytest.raises(Refused) as refused:
        actions.call_next(window=99, by=make.a_clerk())
    assert refused.value.code == "window_unknown" and refused.value.status == 404


def test_a_repeated_press_calls_nobody_else(hall):
    make.take()
    make.take()
    number, clerk = make.an_open_window(1)
    asked = once.Request(f"staff:{clerk.pk}", "/api/v1/windows/1/call-next", "key", "d" * 64)
    first = actions.call_next(window=number, by=clerk, asked=asked)
    assert actions.call_next(window=number, by=clerk, asked=asked) == first
    assert Ticket.objects.filter(status=TicketStatus.CALLED).count() == 1


def test_a_repeated_press_that_found_nobody_still_finds_nobody(hall):
    number, clerk = make.an_open_window(1)
    asked = once.Request(f"staff:{clerk.pk}", "/api/v1/windows/1/call-next", "key", "d" * 64)
    assert actions.call_next(window=number, by=clerk, asked=asked) is None
    make.take()
    assert actions.call_next(window=number, by=clerk, asked=asked) is None
    assert actions.call_next(window=number, by=clerk) is not None


def test_a_clerk_of_another_town_calls_nobody_here(committed):
    """外人: the same window number exists in both towns, and each calls only its own people."""
    ours, theirs = make.a_town(), make.a_town()
    for town in (ours, theirs):
        with towns.within(town):
            make.a_hall()
    with towns.within(ours):
        make.take()
    with towns.within(theirs):
        number, stranger = make.an_open_window(1)
    with towns.acting_for(theirs):
        assert actions.call_next(window=number, by=stranger) is None
    with towns.within(ours):
        assert Ticket.objects.get().status == TicketStatus.WAITING
        with pytest.raises(Refused):
            actions.call_next(window=1, by=stranger)

"""开窗。"""

from __future__ import annotations

from datetime import timedelta

import pytest

from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.tests import make


def test_a_clerk_opens_a_closed_window(hall):
    clerk = make.a_clerk()
    window = actions.open_window(window=make.a_window(4), by=clerk)
    assert (window.status, window.clerk, window.changed_at) == ("open", clerk, make.MONDAY)
    assert queries.window_of(clerk.pk) == window
    assert trail.told_of(window)[0].sentence == "4号窗口打开"


def test_the_window_a_clerk_left_open_elsewhere_is_closed_for_them(hall):
    _, clerk = make.an_open_window(4)
    actions.open_window(window=make.a_window(5), by=clerk)
    assert (make.a_window(4).status, make.a_window(4).clerk) == ("closed", None)
    assert make.a_window(5).clerk == clerk
    assert [event.kind for event in trail.told_of(make.a_window(4))] == [
        "hall.window_opened",
        "hall.window_closed",
    ]


def test_but_not_while_somebody_sits_there(hall):
    _, clerk = make.a_called_ticket(4)
    with pytest.raises(Refused) as refused:
        actions.open_window(window=make.a_window(5), by=clerk)
    assert refused.value.code == "window_busy" and "4号窗口" in refused.value.wrong
    assert make.a_window(5).status == "closed"


def test_a_colleagues_window_is_not_taken(hall):
    make.an_open_window(4, make.a_clerk("王晓梅"))
    with pytest.raises(Refused) as refused:
        actions.open_window(window=make.a_window(4), by=make.a_clerk("陈一"))
    assert refused.value.code == "window_taken" and "王晓梅" in refused.value.wrong


def test_a_window_left_open_yesterday_is_taken_over(hall):
    with clock.frozen(make.MONDAY - timedelta(days=1)):
        make.a_called_ticket(4)
    clerk = make.a_clerk("陈一")
    actions.open_window(window=make.a_window(4), by=clerk)
    assert make.a_window(4).clerk == clerk
    assert Ticket.objects.get().status == "called"  # yesterday's loose end stays as it was


def test_a_clerks_own_window_of_yesterday_opens_anew(hall):
    with clock.frozen(make.MONDAY - timedelta(days=1)):
        _, clerk = make.an_open_window(4)
    window = actions.open_window(window=make.a_window(4), by=clerk)
    assert (window.status, window.changed_at) == ("open", make.MONDAY)


def test_an_open_window_is_not_opened_again(hall):
    _, clerk = make.an_open_window(4)
    with pytest.raises(Refused) as refused:
        actions.open_window(window=make.a_window(4), by=clerk)
    assert refused.value.code == "wrong_moment"

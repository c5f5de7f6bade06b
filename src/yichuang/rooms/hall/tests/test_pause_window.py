"""暂停、恢复、关窗。"""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.tests import make


def test_a_pause_has_a_reason_and_the_board_shows_it(hall):
    _, clerk = make.an_open_window(7)
    actions.pause_window(window=make.a_window(7), reason="培训，10:30 恢复", by=clerk)
    (shown,) = [each for each in queries.board()["windows"] if each["status"] == "paused"]
    assert (shown["number"], shown["reason"]) == (7, "培训，10:30 恢复")
    assert trail.told_of(make.a_window(7))[-1].sentence == "7号窗口暂停：培训，10:30 恢复"


def test_a_pause_without_a_reason_is_refused(hall):
    _, clerk = make.an_open_window(7)
    with pytest.raises(Refused) as refused:
        actions.pause_window(window=make.a_window(7), reason="  ", by=clerk)
    assert refused.value.code == "pause_reason_missing" and refused.value.fields


def test_a_window_with_somebody_called_does_not_pause(hall):
    _, clerk = make.a_called_ticket(4)
    with pytest.raises(Refused) as refused:
        actions.pause_window(window=make.a_window(4), reason="吃饭", by=clerk)
    assert refused.value.code == "window_busy"


def test_resume_window_opens_it_again_without_a_reason(hall):
    _, clerk = make.an_open_window(7)
    actions.pause_window(window=make.a_window(7), reason="打印机换纸", by=clerk)
    window = actions.resume_window(window=make.a_window(7), by=clerk)
    assert (window.status, window.pause_reason, window.clerk) == ("open", "", clerk)


def test_close_window_frees_the_clerk(hall):
    _, clerk = make.an_open_window(7)
    window = actions.close_window(window=make.a_window(7), by=clerk)
    assert (window.status, window.clerk) == ("closed", None)
    assert queries.window_of(clerk.pk) is None


def test_close_window_waits_for_the_ticket_in_hand(hall):
    _, clerk = make.a_called_ticket(4)
    with pytest.raises(Refused) as refused:
        actions.close_window(window=make.a_window(4), by=clerk)
    assert refused.value.code == "window_busy"


@pytest.mark.parametrize("verb", ["pause_window", "resume_window", "close_window"])
def test_another_clerk_changes_nothing(hall, verb):
    make.an_open_window(7)
    more = {"reason": "培训"} if verb == "pause_window" else {}
    with pytest.raises(Refused) as refused:
        getattr(actions, verb)(window=make.a_window(7), by=make.a_clerk("陈一"), **more)
    assert refused.value.code == "window_not_yours"
    assert make.a_window(7).status == "open"


def test_a_closed_window_neither_pauses_resumes_nor_closes(hall):
    clerk = make.a_clerk()
    for verb, more in (("pause_window", {"reason": "培训"}), ("resume_window", {}), ("close_window", {})):
        with pytest.raises(Refused) as refused:
            getattr(actions, verb)(window=make.a_window(1), by=clerk, **more)
        assert refused.value.code == "wrong_moment"

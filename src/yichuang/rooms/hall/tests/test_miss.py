"""过号。"""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.tests import make


def test_who_does_not_come_is_missed_and_the_window_is_free(hall):
    ticket, clerk = make.a_called_ticket(4)
    make.take()
    actions.miss(ticket=ticket, by=clerk)
    ticket.refresh_from_db()
    assert ticket.status == "missed"
    assert trail.told_of(ticket, kinds=["hall.ticket_missed"])[0].facts["number"] == "A001"
    assert actions.call_next(window=4, by=clerk).number == "A002"


def test_a_missed_ticket_is_neither_called_started_nor_missed_again(hall):
    ticket, clerk = make.a_called_ticket(4)
    actions.miss(ticket=ticket, by=clerk)
    assert actions.call_next(window=4, by=clerk) is None
    for verb in (
        lambda: actions.start_serving(ticket=ticket.pk, by=clerk),
        lambda: actions.miss(ticket=ticket, by=clerk),
        lambda: actions.recall(ticket=ticket, by=clerk),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.code == "wrong_moment" and refused.value.status == 409


def test_who_was_never_called_cannot_be_missed(hall):
    ticket = Ticket.objects.get(pk=make.take().id)
    with pytest.raises(Refused) as refused:
        actions.miss(ticket=ticket, by=make.a_clerk())
    assert refused.value.wrong == "票号现在是“等候”，不能这样办。"

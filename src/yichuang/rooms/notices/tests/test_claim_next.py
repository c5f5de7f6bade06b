"""拿一条来发、发出去、没发出去、再发一次。"""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from django.db import connection

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.ground.tests.make import a_town
from yichuang.lines.sms.line import NotSent
from yichuang.rooms.feedback.tests.make import a_case, a_clerk
from yichuang.rooms.notices import actions, queries, rules, sweeps
from yichuang.rooms.notices.models import Message

from .make import TestLine, a_message

AT = datetime(2026, 11, 23, 10, 30, tzinfo=clock.TOWN_TIME)


@pytest.fixture
def case(db):
    with towns.within(a_town()), clock.frozen(AT):
        yield a_case(opened_at=AT)


@pytest.fixture
def line():
    return TestLine()


def deliver(line, now=AT):
    return sweeps.deliver(now=now, line=line)


def test_what_is_due_goes_out_and_is_told(case, line):
    message = a_message(case, at=AT)
    assert deliver(line) == 1
    message.refresh_from_db()
    assert (message.status, message.sent_at, message.tries) == ("sent", AT, 1)
    assert line.sent == [("13900000001", message.text, f"{case.town_id}.{message.pk}")]
    (event,) = trail.told_of(case, kinds=["notices.sent"])
    assert event.sentence == "短信已发：受理"
    assert deliver(line) == 0


def test_nothing_rings_at_night(case, line):
    a_message(case, at=AT)
    for hour in (21, 23, 0, 7):
        assert deliver(line, AT.replace(hour=hour, minute=59)) == 0
    assert line.asked == 0
    assert deliver(line, AT.replace(hour=8, minute=0)) == 0, "the message is of half past ten"
    assert deliver(line, AT.replace(hour=20, minute=59)) == 1


def test_a_demo_whose_hall_never_closes_has_no_night(db, line):
    night = AT.replace(hour=23)
    with towns.within(a_town(always_open=True)), clock.frozen(night):
        a_message(a_case(opened_at=night), at=night)
        assert deliver(line, night) == 1


def test_a_failed_try_waits_longer_each_time_and_in_the_end_gives_up(case, line):
    message, now, line.broken = (
        a_message(case, at=AT),
        AT.replace(hour=8),
        NotSent("短信网关回答 500", again=True),
    )
    message.next_try_at = now
    message.save()
    for tries, wait in enumerate(rules.WAITS, start=1):
        assert deliver(line, now) == 0
        message.refresh_from_db()
        assert (message.status, message.tries, message.next_try_at) == ("waiting", tries, now + wait)
        assert deliver(line, now) == 0 and line.asked == tries
        now += wait
    deliver(line, now)
    message.refresh_from_db()
    assert (message.status, message.why) == ("failed", "短信网关回答 500")
    (event,) = trail.told_of(case, kinds=["notices.failed"])
    assert event.sentence == "短信没发出去：受理，试了6次"
    assert queries.dead_letters() == [message]


def test_what_can_never_be_sent_gives_up_at_once_and_the_next_goes_out(case, line):
    bad, good = a_message(case, at=AT), a_message(case, at=AT)
    real_send = line.send

    def send(*, key, **values):
        if key.endswith(f".{bad.pk}"):
            raise NotSent("不是手机号", again=False)
        real_send(key=key, **values)

    line.send = send
    assert deliver(line) == 1
    assert set(Message.objects.values_list("pk", "status")) == {(bad.pk, "failed"), (good.pk, "sent")}


def test_a_gateway_in_trouble_is_asked_once_a_round(case, line):
    for _ in range(3):
        a_message(case, at=AT)
    line.broken = NotSent("短信网关没有回答", again=True)
    deliver(line)
    assert line.asked == 1


def test_a_message_in_somebodys_hands_is_not_taken_by_another(case):
    a_message(case, at=AT)
    assert actions.claim_next(now=AT)
    assert actions.claim_next(now=AT) is None


def test_if_we_die_with_a_message_it_is_tried_again(case, line):
    a_message(case, at=AT)
    actions.claim_next(now=AT)
    assert deliver(line, AT + rules.LEASE) == 1


def test_a_dead_letter_is_sent_again_by_a_person(case, line):
    message, clerk = a_message(case, at=AT, status="failed", tries=6), a_clerk()
    assert actions.resend(message_id=message.pk, by=clerk).tries == 0
    assert deliver(line) == 1
    (event,) = trail.told_of(case, kinds=["notices.resent"])
    assert event.actor_id == clerk.pk
    with pytest.raises(Refused, match="wrong_moment"):
        actions.resend(message_id=message.pk, by=clerk)
    with pytest.raises(Refused, match="message_unknown"):
        actions.resend(message_id=0, by=clerk)


def test_a_message_is_marked_once(case):
    message = a_message(case, at=AT)
    actions.mark_sent(message=message, now=AT)
    with pytest.raises(Refused, match="wrong_moment"):
        actions.mark_failed(message=message, why="late answer", again=False, now=AT)
    with pytest.raises(Refused, match="wrong_moment"):
        actions.mark_sent(message=message, now=AT)


def test_another_town_sends_none_of_it(db, line):
    with towns.within(a_town()), clock.frozen(AT):
        message = a_message(a_case(opened_at=AT), at=AT)
    with towns.within(a_town()):
        assert deliver(line) == 0 and queries.dead_letters() == []
        with pytest.raises(Refused, match="message_unknown"):
            actions.resend(message_id=message.pk, by=a_clerk())


def test_four_senders_at_once_send_each_message_once(committed):
    with towns.within(town := a_town()), clock.frozen(AT):
        case = a_case(opened_at=AT)
        for _ in range(12):
            a_message(case, at=AT)
    lines, start = [TestLine() for _ in range(4)], threading.Barrier(4)

    def work(line):
        try:
            with towns.acting_for(town):
                start.wait()
                sweeps.deliver(now=AT, line=line)
        finally:
            connection.close()

    senders = [threading.Thread(target=work, args=(line,)) for line in lines]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    keys = [key for line in lines for _, _, key in line.sent]
    assert len(keys) == len(set(keys)) == 12


def test_the_call_stands_outside_any_transaction(committed):
    with towns.within(town := a_town()), clock.frozen(AT):
        a_message(a_case(opened_at=AT), at=AT)
    open_ones = []

    class Watching(TestLine):
        def send(self, **values):
            open_ones.append(connection.in_atomic_block)

    with towns.acting_for(town):
        assert sweeps.deliver(now=AT, line=Watching()) == 1
    assert open_ones == [False]

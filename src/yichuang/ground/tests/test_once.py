"""The same key gives the same answer, and the work is done once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yichuang.ground import once, towns
from yichuang.ground.models import Counter, Once
from yichuang.ground.refusals import Refused
from yichuang.ground.tests.make import a_town

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_request(key="k1", digest="d1", principal="staff:1", route="/x"):
    return once.Request(principal, route, key, digest)


def test_the_first_request_is_new_and_the_second_gets_its_answer(db):
    with towns.within(a_town()):
        assert once.begin(a_request(), at=AT) is None
        once.keep(a_request(), {"status": 201, "body": "甲"})
        assert once.begin(a_request(), at=AT) == {"status": 201, "body": "甲"}


def test_the_same_key_with_another_body_is_refused(db):
    with towns.within(a_town()):
        once.begin(a_request(), at=AT)
        with pytest.raises(Refused) as refused, transaction.atomic():
            once.begin(a_request(digest="d2"), at=AT)
    assert (refused.value.code, refused.value.status) == ("key_reused", 422)


def test_a_key_belongs_to_its_principal_and_route(db):
    with towns.within(a_town()):
        once.begin(a_request(), at=AT)
        assert once.begin(a_request(principal="staff:2"), at=AT) is None
        assert once.begin(a_request(route="/y"), at=AT) is None


def test_without_a_key_every_request_is_new(db):
    with towns.within(a_town()):
        assert once.begin(a_request(key=""), at=AT) is None
        assert once.begin(a_request(key=""), at=AT) is None


def test_a_failed_request_may_be_tried_again_with_its_key(committed):
    town = a_town()
    with pytest.raises(RuntimeError), towns.within(town):
        once.begin(a_request(), at=AT)
        raise RuntimeError
    with towns.within(town):
        assert once.begin(a_request(), at=AT) is None


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=st.integers(2, 8))
def test_simultaneous_presses_do_the_work_once_and_all_get_the_answer(committed, presses):
    town = a_town()
    with towns.within(town):
        Counter.objects.create(name="工作", day="2026-11-23", last=0)
    answers = []

    def press():
        with towns.within(town):
            told = once.begin(a_request(), at=AT)
            if told is None:
                counter = Counter.objects.select_for_update().get(name="工作")
                counter.last += 1
                counter.save()
                told = {"number": counter.last}
                once.keep(a_request(), told)
        answers.append(told)
        connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"number": 1}] * presses


def test_old_answers_are_forgotten(db):
    with towns.within(a_town()):
        once.begin(a_request(), at=AT)
        assert once.forget_old(now=AT + timedelta(days=6)) == 0
        assert once.forget_old(now=AT + timedelta(days=8)) == 1
        assert Once.objects.count() == 0

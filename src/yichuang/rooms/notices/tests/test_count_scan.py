"""数扫码：哪张纸带来了人，不记是谁。"""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections

from yichuang.ground import towns
from yichuang.ground.tests.make import a_town
from yichuang.rooms.notices import actions, queries, rules
from yichuang.rooms.notices.models import Channel, Scan, Target

DAY = date(2026, 11, 24)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50"


@pytest.fixture
def town(db):
    with towns.within(a_town()) as town:
        yield town


def scan(channel=Channel.POSTER, target=Target.ITEM, code="MZ-010", day=DAY):
    actions.count_scan(channel=channel, target=target, code=code, day=day)


def test_the_second_scan_of_a_day_is_added_to_the_first(town):
    scan()
    scan()
    scan(day=DAY + timedelta(days=1))
    assert list(Scan.objects.order_by("day").values_list("day", "times")) == [
        (DAY, 2),
        (DAY + timedelta(days=1), 1),
    ]


def test_counting_takes_one_statement(town, django_assert_num_queries):
    with django_assert_num_queries(3):  # a savepoint, the statement, its release
        scan()


def test_channels_and_kinds_are_counted_apart(town):
    scan()
    scan(channel=Channel.WECHAT)
    scan(target=Target.BUNDLE, code="newborn")
    scan(target=Target.BUNDLE, code="newborn")
    scan(target=Target.BUNDLE, code="newborn", channel=Channel.BOARD)
    told = queries.reach(DAY, DAY)
    assert [(each.target, each.code, each.total) for each in told] == [
        ("bundle", "newborn", 3),
        ("item", "MZ-010", 2),
    ]
    assert told[0].times == {Channel.POSTER: 2, Channel.BOARD: 1}


def test_days_outside_are_not_counted(town):
    scan(day=DAY - timedelta(days=7))
    assert queries.reach(DAY - timedelta(days=6), DAY) == []
    assert queries.reach(DAY - timedelta(days=7), DAY)[0].total == 1


def test_a_count_holds_no_person_and_no_moment(town):
    columns = {field.name for field in Scan._meta.fields}
    assert columns == {"id", "town", "channel", "target", "code", "day", "times"}


def test_another_town_sees_nothing_of_it(db):
    with towns.within(a_town()):
        scan()
    with towns.within(a_town()):
        assert queries.reach(DAY, DAY) == []
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from notices_scan")
            assert cursor.fetchone() == (0,), "the database itself shows nothing"


def test_scans_at_the_same_moment_are_all_counted(committed):
    with towns.within(a_town()):
        town = towns.current()

    def scans():
        for _ in range(20):
            with towns.within(town):
                scan()
        connections.close_all()

    threads = [threading.Thread(target=scans) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with towns.within(town):
        assert Scan.objects.get().times == 80


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "facebookexternalhit/1.1", "curl/8.5", "WhatsApp/2.23", "Baiduspider"])  # fmt: skip
def test_a_program_is_not_a_person(agent):
    assert not rules.is_followed_by_a_person(agent, "")


def test_the_browser_of_wechat_is_a_person_unless_it_fetches_ahead():
    assert rules.is_followed_by_a_person(PHONE, "")
    assert not rules.is_followed_by_a_person(PHONE, "prefetch;prerender")

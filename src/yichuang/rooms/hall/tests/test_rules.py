"""The pure rules, and that SQL picks as they do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yichuang.ground import clock
from yichuang.ground.workdays import Calendar
from yichuang.rooms.hall import actions, rules
from yichuang.rooms.hall.models import Queue, Ticket
from yichuang.rooms.hall.rules import Hours, Waiting, Weights
from yichuang.rooms.hall.states import TicketStatus
from yichuang.rooms.hall.tests import make

QUEUES = ("general", "quick", "enterprise")
A_TAKER = st.tuples(
    st.integers(0, 90), st.sampled_from(QUEUES), st.booleans()
)  # minutes after opening, queue, priority
NEW_YEAR = Calendar(days_off=frozenset({date(2026, 1, 1)}), makeup_days=frozenset({date(2026, 1, 4)}))


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=clock.TOWN_TIME)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(takers=st.lists(A_TAKER, min_size=1, max_size=12))
def test_sql_calls_in_the_order_of_the_rule(hall, takers):
    Ticket.objects.all().delete()
    weights = {
        queue.key: Weights(queue.head_start_minutes, queue.priority_minutes) for queue in Queue.objects.all()
    }
    line = []
    for minutes, queue, is_priority in sorted(takers, key=lambda taker: taker[0]):
        arrived = make.MONDAY + timedelta(minutes=minutes)
        with clock.frozen(arrived):
            taken = make.take(queue, priority="elder" if is_priority else "")
        line.append(
            Waiting(taken.id, rules.place_in_line(arrived, is_priority=is_priority, weights=weights[queue]))
        )
    window = make.a_window(1)
    if window.status == "closed":
        make.an_open_window(1)
        window = make.a_window(1)
    called = []
    while (told := actions.call_next(window=1, by=window.clerk)) is not None:
        called.append(told.id)
        actions.start_serving(ticket=told.id, by=window.clerk)
        actions.finish_serving(ticket=told.id, by=window.clerk)
    expected = []
    while (turn := rules.next_in_line(line)) is not None:
        expected.append(turn.id)
        line.remove(turn)
    assert called == expected


@given(minutes=st.integers(0, 600), weight=st.integers(0, 120), priority=st.booleans())
def test_nobody_is_passed_by_one_who_came_more_than_the_weight_later(minutes, weight, priority):
    early = rules.place_in_line(_at(5, 9), is_priority=False, weights=Weights(0, weight))
    late = rules.place_in_line(
        _at(5, 9) + timedelta(minutes=minutes), is_priority=priority, weights=Weights(0, weight)
    )
    assert (late < early) == (priority and minutes < weight)


def test_of_equal_places_the_ticket_made_first_is_next():
    assert rules.next_in_line([Waiting(2, _at(5, 9)), Waiting(1, _at(5, 9))]) == Waiting(1, _at(5, 9))
    assert rules.next_in_line([]) is None


def test_the_work_before_is_shared_by_the_open_windows():
    assert rules.wait_minutes(0, 3) == 0
    assert rules.wait_minutes(25, 3) == 9  # rounded up: better told too long than too short
    assert rules.wait_minutes(24, 0) == 24


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.integers(0, 3000), windows=st.integers(0, 8))
def test_sql_shares_the_work_as_the_rule_does(hall, minutes, windows):
    from django.db import connection

    for number in range(1, 9):
        if number <= windows and make.a_window(number).status == "closed":
            make.an_open_window(number)
    open_count = sum(make.a_window(number).status == "open" for number in range(1, 9))
    with connection.cursor() as cursor:
        cursor.execute("select hall_wait_minutes(%s, %s)", [hall.pk, minutes])
        assert cursor.fetchone()[0] == rules.wait_minutes(minutes, open_count)


def test_the_queue_follows_the_items_when_none_is_chosen():
    assert rules.queue_for([]) == "general"
    assert rules.queue_for(["person", "both"]) == "general"
    assert rules.queue_for(["person", "organisation"]) == "enterprise"


def test_the_hall_is_open_within_its_hours_only():
    assert not rules.is_open(_at(5, 8, 29), make.HOURS, NEW_YEAR)
    assert rules.is_open(_at(5, 8, 30), make.HOURS, NEW_YEAR)
    assert not rules.is_open(_at(5, 12), make.HOURS, NEW_YEAR)
    assert rules.is_open(_at(10, 9), make.HOURS, NEW_YEAR)  # the Saturday service
    assert not rules.is_open(_at(11, 9), make.HOURS, NEW_YEAR)


def test_a_holiday_is_closed_and_a_makeup_sunday_is_a_full_day():
    assert not rules.is_open(_at(1, 9), make.HOURS, NEW_YEAR)
    assert rules.is_open(_at(4, 15), make.HOURS, NEW_YEAR)


def test_the_next_opening_is_found_over_lunch_and_over_a_holiday():
    assert rules.next_opening(_at(5, 12, 10), make.HOURS, NEW_YEAR) == _at(5, 13, 30)
    assert rules.next_opening(
        datetime(2025, 12, 31, 18, tzinfo=clock.TOWN_TIME), make.HOURS, NEW_YEAR
    ) == _at(2, 8, 30)
    assert rules.next_opening(_at(5, 9), [], NEW_YEAR) is None
    assert rules.next_opening(_at(5, 9), [Hours(0, time(9), time(10))], NEW_YEAR) == _at(12, 9)


def test_a_status_of_the_moves_table_is_where_the_sql_verbs_begin_and_end():
    """verbs.sql moves in SQL: the words there are those of the table."""
    from pathlib import Path

    text = (Path(rules.__file__).parent / "verbs.sql").read_text(encoding="utf-8")
    for verb, function in (
        ("start_serving", "hall_start_serving"),
        ("finish_serving", "hall_finish_serving"),
    ):
        origins, target = Ticket.MOVES[verb]
        body = text[text.index(f"function {function}(") :]
        body = body[: body.index("$$;")]
        assert [f"caller, '{origin}')" in body for origin in origins] == [True]
        assert f"set status = '{target}'" in body
    body = text[text.index("function hall_call_next(") :]
    assert f"status = '{TicketStatus.WAITING}'" in body and f"set status = '{TicketStatus.CALLED}'" in body

"""取号。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from yichuang.ground import clock, once, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.actions import Wish
from yichuang.rooms.hall.models import Queue, Ticket, Window
from yichuang.rooms.hall.tests import make


def test_it_gives_numbers_in_order_with_the_letter_of_the_queue(hall):
    assert [make.take().number, make.take().number, make.take("enterprise").number] == [
        "A001",
        "A002",
        "C001",
    ]


def test_it_goes_to_the_general_queue_when_nothing_is_said(hall):
    taken = actions.take_ticket(wish=Wish(), channel="kiosk", by=None)
    assert (taken.queue, taken.queue_name, taken.number) == ("general", "综合业务", "A001")


def test_numbers_begin_anew_each_day(hall):
    make.take()
    with clock.frozen(make.MONDAY + timedelta(days=1)):
        assert make.take().number == "A001"


def test_over_999_the_number_grows_by_a_digit(hall):
    from yichuang.ground.models import Counter

    Counter.objects.create(name="ticket.general", day=make.MONDAY.date(), last=999)
    assert make.take().number == "A1000"


def test_it_tells_how_many_are_before_and_about_how_long(hall):
    make.an_open_window(1)
    make.an_open_window(2)
    first, second, third = make.take(), make.take(), make.take()
    assert (first.ahead, first.wait_minutes) == (0, 0)
    assert (second.ahead, second.wait_minutes) == (1, 4)  # eight minutes of work, two windows
    assert (third.ahead, third.wait_minutes) == (2, 8)
    assert Ticket.objects.get(pk=third.id).told_minutes == 8


def test_people_before_are_counted_over_all_queues_because_every_window_serves_all(hall):
    make.take("enterprise")
    assert make.take("general").ahead == 1


def test_someone_of_seventy_goes_first_by_the_id_number(hall):
    make.take()
    taken = make.take(id_number=make.an_id_number(date(1956, 11, 23)))  # seventy today
    ticket = Ticket.objects.get(pk=taken.id)
    assert (taken.ahead, ticket.priority, ticket.priority_reason) == (0, 1, "elder")


def test_someone_who_turns_seventy_tomorrow_waits_like_everybody(hall):
    taken = make.take(id_number=make.an_id_number(date(1956, 11, 24)))
    assert Ticket.objects.get(pk=taken.id).priority == 0


def test_the_age_of_priority_is_the_queues_own(hall):
    Queue.objects.filter(key="general").update(priority_age=65)
    taken = make.take(id_number=make.an_id_number(date(1961, 1, 1)))
    assert Ticket.objects.get(pk=taken.id).priority == 1


def test_the_kiosk_may_say_why_someone_goes_first(hall):
    ticket = Ticket.objects.get(pk=make.take(priority="pregnant").id)
    assert (ticket.priority, ticket.priority_reason) == (1, "pregnant")


def test_an_unknown_priority_is_refused(hall):
    with pytest.raises(Refused) as refused:
        make.take(priority="important")
    assert refused.value.code == "priority_unknown" and refused.value.status == 422


def test_personal_numbers_are_encrypted_in_the_row_and_absent_from_the_trail(hall):
    number = make.an_id_number(date(1954, 3, 8))
    taken = make.take(id_number=number, phone="139 0000 0001")
    ticket = Ticket.objects.get(pk=taken.id)
    assert (ticket.id_number, ticket.phone) == (number, "13900000001")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select id_number, phone from hall_ticket where id = %s", [taken.id])
        stored = " ".join(cursor.fetchone())
    assert number not in stored and "13900000001" not in stored
    (event,) = trail.told_of(ticket)
    assert event.facts == {"number": "A001", "queue": "general", "channel": "kiosk", "ahead": 0, "minutes": 0}
    assert event.sentence == "取号 A001"


def test_a_wrong_id_number_or_phone_takes_no_number(hall):
    for wish, code in (({"id_number": "123"}, "id_number_length"), ({"phone": "12"}, "phone_format")):
        with pytest.raises(Refused) as refused:
            make.take(**wish)
        assert refused.value.code == code
    assert make.take().number == "A001"


def test_an_unknown_queue_is_refused(hall):
    with pytest.raises(Refused) as refused:
        make.take("vip")
    assert refused.value.code == "queue_unknown" and "vip" in refused.value.wrong


def test_at_most_three_items_fit_on_a_ticket(hall):
    with pytest.raises(Refused) as refused:
        make.take(items=("A", "B", "C", "D"))
    assert refused.value.code == "too_many_items"


def test_an_item_that_the_catalogue_does_not_have_is_refused(hall):
    with pytest.raises(Refused) as refused:
        make.take(items=("XX-999",))
    assert refused.value.code == "item_not_offered"


def test_each_ticket_has_a_token_of_its_own_for_its_qr_code(hall):
    first, second = make.take(), make.take()
    assert first.track_token != second.track_token
    found = queries.by_track_token(first.track_token)
    assert found is not None and found.number == "A001"


def test_a_repeated_press_gives_the_same_ticket(hall):
    asked = once.Request("device:1", "/kiosk/take/", "one-press", "d" * 64)
    first = actions.take_ticket(wish=Wish(), channel="kiosk", by=None, asked=asked)
    again = actions.take_ticket(wish=Wish(), channel="kiosk", by=None, asked=asked)
    assert first == again and Ticket.objects.count() == 1


def test_the_same_key_with_another_wish_is_refused(hall):
    asked = once.Request("device:1", "/kiosk/take/", "one-press", "d" * 64)
    actions.take_ticket(wish=Wish(), channel="kiosk", by=None, asked=asked)
    other = once.Request("device:1", "/kiosk/take/", "one-press", "e" * 64)
    with pytest.raises(Refused) as refused:
        actions.take_ticket(wish=Wish(queue="quick"), channel="kiosk", by=None, asked=other)
    assert refused.value.code == "key_reused"


def test_a_closed_hall_gives_no_ticket_and_says_when_it_opens(db):
    lunch = clock.frozen(datetime(2026, 11, 23, 12, 10))
    with lunch, make.in_a_hall(always_open=False), pytest.raises(Refused) as refused:
        make.take()
    assert refused.value.code == "hall_closed" and refused.value.status == 409
    assert "11月23日 周一 13:30" in refused.value.next


def test_an_open_hall_by_its_hours_gives_one(db):
    with clock.frozen(make.MONDAY), make.in_a_hall(always_open=False):
        assert make.take().number == "A001"


def test_a_hall_without_hours_says_so(db):
    with clock.frozen(make.MONDAY), make.in_a_hall(always_open=False):
        actions.load_windows(windows=[], hours=[], by=None)
        with pytest.raises(Refused) as refused:
            make.take()
    assert refused.value.next == "开放时间还没有公布。急事请打大厅电话。"


def test_it_works_without_a_transaction_around_it(committed):
    """The hot way: the function is its own transaction and tells the database the town by itself."""
    town = make.a_town()
    with towns.within(town):
        make.a_hall()
    with towns.acting_for(town):
        taken = make.take()
    with towns.within(town):
        assert Ticket.objects.get().pk == taken.id
        assert Window.objects.count() == 8 and time(8, 30) in {each.opens for each in queries.opening_hours()}


def test_a_number_never_goes_to_an_earlier_place_than_the_one_before(hall):
    """Two takers may read the clock in one order and get their numbers in the other."""
    make.take()
    with clock.frozen(make.MONDAY - timedelta(seconds=1)):
        make.take()
    assert [ticket.number for ticket in queries.waiting(make.MONDAY.date())] == ["A001", "A002"]


@pytest.fixture
def listed(db):
    """A list of four items that somebody saved in the demo town, and its town."""
    from yichuang.rooms.catalog.actions import save_list

    dawei = towns.Town.objects.get(key="dawei")
    with clock.frozen(make.MONDAY), towns.within(dawei):
        yield save_list(codes=["MZ-010", "SB-001", "YB-002", "SB-018"], answers={"proxy": "替别人办"})


def test_it_keeps_the_code_of_the_list_and_wishes_for_its_first_items(listed):
    typed = f" {listed.code[:4].lower()}-{listed.code[4:]} "
    ticket = Ticket.objects.get(pk=make.take("", list_code=typed).id)
    assert (ticket.list_code, ticket.items) == (listed.code, ["MZ-010", "SB-001", "YB-002"])


def test_a_scanned_address_of_the_list_is_as_good_as_its_code(listed):
    scanned = f"https://hall.example/list/{listed.code}/?from=paper"
    assert Ticket.objects.get(pk=make.take(list_code=scanned).id).list_code == listed.code


def test_items_chosen_anew_stand_before_those_of_the_list(listed):
    taken = make.take(list_code=listed.code, items=("CL-001",))
    assert Ticket.objects.get(pk=taken.id).items == ["CL-001"]


@pytest.mark.parametrize("code", ["22222222", "///", "清单", "2" * 400])
def test_a_list_nobody_saved_is_refused(hall, code):
    with pytest.raises(Refused) as refused:
        make.take(list_code=code)
    assert refused.value.code == "list_unknown" and not Ticket.objects.exists()


def test_without_a_list_the_ticket_names_none(hall):
    make.take(list_code=" ")
    assert Ticket.objects.get().list_code == ""

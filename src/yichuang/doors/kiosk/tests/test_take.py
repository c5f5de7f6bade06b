"""取号机：a ticket in one touch, by id number, by phone; refusals stay in the page."""

from __future__ import annotations

import re
from datetime import date

from django.test import Client

from yichuang.ground import clock, towns
from yichuang.rooms.hall import queries
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.tests import make

OLD = make.an_id_number(date(1954, 3, 8))


def tickets(kiosk):
    with towns.within(kiosk.town):
        return list(Ticket.objects.order_by("id"))


def test_the_start_page_tells_who_waits_and_has_the_general_queue_chosen(kiosk):
    with towns.within(kiosk.town):
        make.take()
    page = kiosk.get("/kiosk/")
    assert 'value="general" checked' in page and "直接取号" in page
    assert 'data-told="waiting">1<' in page and 'data-told="open_windows">0<' in page


def test_one_touch_gives_a_ticket(kiosk):
    answer = kiosk.take(queue="general")
    (ticket,) = tickets(kiosk)
    assert answer.headers["Location"] == f"/kiosk/ticket/{ticket.track_token}"
    page = kiosk.get(answer.headers["Location"])
    assert "A001" in page and "排在您前面" in page and "打印小票" in page
    assert (ticket.channel, ticket.queue_id is not None) == ("kiosk", True)


def test_five_presses_make_one_ticket(kiosk):
    places = {kiosk.take(queue="general", client_key="one-press").headers["Location"] for _ in range(5)}
    assert len(places) == 1 and len(tickets(kiosk)) == 1


def test_the_other_queues_have_their_own_letters(kiosk):
    kiosk.take(queue="quick")
    kiosk.take(queue="enterprise")
    assert [ticket.number for ticket in tickets(kiosk)] == ["B001", "C001"]


def test_the_way_leads_to_the_number_page_and_keeps_the_queue(kiosk):
    answer = kiosk.client.post("/kiosk/way/", {"queue": "quick", "way": "id", "priority": ""})
    assert answer.headers["Location"] == "/kiosk/number/?queue=quick&way=id"
    page = kiosk.get(answer.headers["Location"])
    assert 'name="queue" value="quick"' in page and 'data-types="X"' in page
    assert 'data-types="X"' not in kiosk.get("/kiosk/number/?way=phone")
    kiosk.get("/kiosk/number/?way=other", 404)


def test_the_id_number_puts_an_elder_first_and_is_nowhere_to_be_read(kiosk):
    spaced = f"{OLD[:3]} {OLD[3:7]} {OLD[7:11]} {OLD[11:15]} {OLD[15:]}"  # as the keys group it
    answer = kiosk.take(queue="general", way="id", id_number=spaced)
    (ticket,) = tickets(kiosk)
    assert (ticket.priority, ticket.id_number) == (1, OLD)
    assert OLD not in kiosk.get(answer.headers["Location"])


def test_a_wrong_id_number_stays_in_the_page_with_what_was_typed(kiosk):
    answer = kiosk.take(422, queue="quick", way="id", id_number="3499001954")
    page = answer.content.decode()
    assert "身份证号应当是18位" in page and 'value="3499001954"' in page
    assert 'name="queue" value="quick"' in page
    assert 'aria-invalid="true"' in page and tickets(kiosk) == []


def test_nothing_typed_is_said_so(kiosk):
    assert "还没有输入号码" in kiosk.take(422, way="phone", phone=" ").content.decode()


def test_a_phone_number_is_kept_for_the_window(kiosk):
    kiosk.take(queue="general", way="phone", phone="139 0000 0001")
    assert tickets(kiosk)[0].phone == "13900000001"


def test_who_may_go_first_says_so_and_the_slip_does_not(kiosk):
    answer = kiosk.take(queue="general", priority="pregnant")
    assert tickets(kiosk)[0].priority_reason == "pregnant"
    page = kiosk.get(answer.headers["Location"])
    assert "孕妇" not in page and "优先" not in page


def test_a_closed_hall_says_when_it_opens_and_keeps_the_choice(kiosk):
    with towns.within(kiosk.town):
        kiosk.town.always_open = False
        kiosk.town.save()
    queries.forget_hours()
    with clock.frozen(make.MONDAY.replace(hour=20)):
        page = kiosk.get("/kiosk/")
        assert "现在没有开门" in page and "11月24日 周二 08:30" in page and "disabled" in page
        told = kiosk.take(409, queue="quick").content.decode()
    assert "大厅现在没有开门" in told and 'value="quick" checked' in told
    assert tickets(kiosk) == []


def test_an_unknown_queue_is_refused_in_the_page(kiosk):
    assert "没有这一类排队" in kiosk.take(422, queue="vip").content.decode()


def test_taking_by_address_leads_back_to_the_start(kiosk):
    assert kiosk.client.get("/kiosk/take/").headers["Location"] == "/kiosk/"


def test_an_unknown_ticket_is_not_found(kiosk):
    kiosk.get("/kiosk/ticket/nothing", 404)


def test_the_page_holds_no_inline_style_or_script_and_works_without_any(kiosk):
    for path in ("/kiosk/", "/kiosk/number/?way=id", "/kiosk/items/"):
        page = kiosk.get(path)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
        assert re.search(r'<form [^>]*(method="post" action="/kiosk/take/"|action="/kiosk/items/")', page)
        assert '<noscript><meta http-equiv="refresh" content="40;url=/kiosk/"></noscript>' in page


def test_nobody_from_outside_uses_the_kiosk(kiosk, settings):
    settings.DEMO = False
    stranger = Client(headers={"host": f"{kiosk.town.key}.localhost"})
    assert stranger.get("/kiosk/").status_code == 302
    assert stranger.post("/kiosk/take/", {"queue": "general"}).status_code == 401

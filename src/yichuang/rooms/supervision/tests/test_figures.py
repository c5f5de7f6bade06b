"""The figures: what was told and what is recounted agree, and each opens its records."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from yichuang.ground import clock, towns
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions as cases
from yichuang.rooms.cases import sweeps
from yichuang.rooms.cases.tests import make
from yichuang.rooms.feedback import queries as feedback
from yichuang.rooms.feedback.actions import Said, rate
from yichuang.rooms.hall import actions as hall_actions
from yichuang.rooms.hall.actions import Wish
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.hall.tests.make import a_hall, a_window
from yichuang.rooms.supervision import queries
from yichuang.rooms.supervision.figures import DEFINITIONS

MONDAY = make.MONDAY.date()
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def hall(db):
    with make.in_a_town(always_open=True) as town:
        a_hall()
        yield town


def on(day: date, hour: int = 10):
    return clock.frozen(datetime(day.year, day.month, day.day, hour, tzinfo=clock.TOWN_TIME))


def counted(first=MONDAY, last=MONDAY) -> dict[str, int | float | None]:
    """The figures, after making sure that both ways of counting and the length of the lists agree."""
    quick, again = queries.compared(first, last)
    assert quick == again
    for name, figure in quick.items():
        assert queries.records(name, first, last).total == figure.whole
    return {name: figure.value for name, figure in quick.items()}


def a_visit(channel="kiosk", *, until="finished") -> Ticket:
    taken = hall_actions.take_ticket(
        wish=Wish(queue="general", phone="13900000001"), channel=channel, by=None
    )
    if until != "taken":
        clerk = make.a_clerk()
        window = a_window(4)
        if window.clerk:
            hall_actions.close_window(window=window, by=window.clerk)
        hall_actions.open_window(window=window, by=clerk)
        hall_actions.call_next(window=4, by=clerk)
        hall_actions.start_serving(ticket=taken.id, by=clerk)
        if until == "finished":
            hall_actions.finish_serving(ticket=taken.id, by=clerk)
    return Ticket.objects.get(pk=taken.id)


def rated(subject, grade: int, **said):
    return rate(invitation=feedback.invitation_of(subject), said=Said(grade, **said))


def test_an_empty_day_has_no_satisfaction_and_not_a_hundred_per_cent(hall):
    assert counted() == {"accepted_cases": 0, "visitors": 0, "satisfaction": None, "rated_share": None}


def test_a_case_with_two_items_is_one_case(hall):
    make.accepted(make.ELDER, make.CARD)
    make.submitted()
    assert counted()["accepted_cases"] == 1


def test_what_is_decided_on_the_spot_counts(hall):
    case = make.submitted(make.CARD)
    make.bring_everything(case)
    cases.decide_on_the_spot(item=make.item_of(case, make.CARD), by=make.a_clerk())
    assert counted()["accepted_cases"] == 1


def test_a_case_counts_on_the_day_of_its_first_acceptance(hall):
    with on(MONDAY):
        case = make.submitted(make.ELDER, make.CARD)
        make.bring_everything(case)
        cases.accept(case=case, only=[make.CARD], by=make.a_clerk())
    with on(TUESDAY):
        cases.accept(case=case, only=[make.ELDER], by=make.a_clerk())
        assert counted()["accepted_cases"] == 1
        assert counted(TUESDAY, TUESDAY)["accepted_cases"] == 0
        assert counted(MONDAY, TUESDAY)["accepted_cases"] == 1


def test_what_the_window_left_lying_counts_on_the_day_it_was_handed_in(hall):
    make.submitted()
    later = MONDAY + timedelta(days=9)
    with on(later):
        assert sweeps.deem_accepted(now=clock.now()) == 1
        assert counted()["accepted_cases"] == 1
        assert counted(TUESDAY, later)["accepted_cases"] == 0
        assert counted(MONDAY, later)["accepted_cases"] == 1


def test_who_took_a_number_in_the_hall_has_come(hall):
    a_visit(until="taken")
    a_visit("desk", until="taken")
    assert counted()["visitors"] == 2


def test_who_took_a_number_by_phone_has_come_when_served(hall):
    ticket = a_visit("phone", until="taken")
    assert counted()["visitors"] == 0
    clerk = make.a_clerk()
    hall_actions.open_window(window=a_window(1), by=clerk)
    hall_actions.call_next(window=1, by=clerk)
    hall_actions.start_serving(ticket=ticket.pk, by=clerk)
    assert counted()["visitors"] == 1


def test_fair_and_better_is_satisfied(hall):
    for grade in (5, 4, 3, 2, 1):
        rated(a_visit(), grade)
    assert counted()["satisfaction"] == 60.0


def test_silence_is_neither_good_nor_bad_and_its_share_stands_beside(hall):
    rated(a_visit(), 5)
    for _ in range(2):
        a_visit()
    a_visit(until="serving")
    told = counted()
    assert (told["satisfaction"], told["rated_share"]) == (100.0, 33.3)
    assert queries.figures(MONDAY, MONDAY)["satisfaction"].beside == "rated_share"


def test_a_refused_case_is_a_service_that_can_be_rated(hall):
    case = make.accepted(make.SHOP)
    task = make.open_tasks(case)[0]
    cases.give_opinion(task=task, verdict="refuse", opinion="不在允许的路段。", by=make.decider_of(task))
    assert counted()["rated_share"] == 0.0
    rated(case, 2, reasons=["unclear"], words="说了三遍")
    assert counted()["rated_share"] == 100.0


def test_a_rating_of_tuesday_is_tuesdays_and_the_service_stays_mondays(hall):
    with on(MONDAY):
        ticket = a_visit()
    with on(TUESDAY):
        rated(ticket, 4)
    assert counted(MONDAY, MONDAY) == {
        "accepted_cases": 0,
        "visitors": 1,
        "satisfaction": None,
        "rated_share": 100.0,
    }
    assert counted(TUESDAY, TUESDAY)["satisfaction"] == 100.0


def test_a_day_begins_at_midnight_of_the_town(hall):
    with clock.frozen(datetime(2026, 11, 23, 23, 59, 59, tzinfo=clock.TOWN_TIME)):
        a_visit(until="taken")
    with clock.frozen(datetime(2026, 11, 24, 0, 0, tzinfo=clock.TOWN_TIME)):
        a_visit(until="taken")
    assert (counted(MONDAY, MONDAY)["visitors"], counted(TUESDAY, TUESDAY)["visitors"]) == (1, 1)


def test_records_are_masked_and_name_no_rater(hall):
    case = make.accepted(make.ELDER, proxy=make.a_proxy())
    ticket = a_visit()
    rated(ticket, 1, reasons=["waited"], words="等了一上午")
    (record,) = queries.records("accepted_cases", MONDAY, MONDAY).rows
    assert (record.what, record.who) == (f"办件 {case.number}", "李*")
    assert "高龄津贴申领" in record.detail
    (record,) = queries.records("visitors", MONDAY, MONDAY).rows
    assert record.who == "139****0001" and ticket.number in record.what and "4号窗口" in record.detail
    (record,) = queries.records("satisfaction", MONDAY, MONDAY).rows
    assert record.what == "非常不满意" and record.who == ""
    assert (
        "等得太久" in record.detail and "等了一上午" in record.detail and ticket.number not in record.detail
    )
    assert {row.detail for row in queries.records("rated_share", MONDAY, MONDAY).rows} == {"已经评价"}


def test_records_come_newest_first_and_by_pages(hall, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for minute in range(5):
        with clock.frozen(make.MONDAY + timedelta(minutes=minute)):
            a_visit(until="taken")
    pages = [queries.records("visitors", MONDAY, MONDAY, page) for page in (1, 2, 3)]
    moments = [row.at for page in pages for row in page.rows]
    assert moments == sorted(moments, reverse=True) and len(moments) == 5
    assert {(page.total, page.pages) for page in pages} == {(5, 3)}
    assert queries.records("visitors", MONDAY, MONDAY, 99).page == 3
    assert queries.records("visitors", MONDAY, MONDAY, 0).page == 1


def test_a_figure_of_another_town_is_not_counted(db):
    with make.in_a_town(always_open=True):
        a_hall()
        a_visit()
        make.accepted(make.SHOP)
    with make.in_a_town(always_open=True):
        assert counted() == {"accepted_cases": 0, "visitors": 0, "satisfaction": None, "rated_share": None}


def test_today_is_counted_at_most_every_two_seconds(hall, monkeypatch):
    seconds = [100.0]
    monkeypatch.setattr(queries.time, "monotonic", lambda: seconds[0])
    assert queries.figures_today(clock.now())["visitors"].value == 0
    a_visit(until="taken")
    assert queries.figures_today(clock.now())["visitors"].value == 0
    seconds[0] += 2
    assert queries.figures_today(clock.now())["visitors"].value == 1


def test_a_difference_is_shown_and_not_hidden(hall, monkeypatch):
    a_visit(until="taken")
    real = queries.figures
    monkeypatch.setattr(queries, "figures", lambda first, last: real(TUESDAY, TUESDAY))
    told, again = queries.compared(MONDAY, MONDAY)
    assert (told["visitors"].value, again["visitors"].value) == (0, 1)


def test_what_cannot_be_counted_is_refused(hall):
    for asked, code in (
        (lambda: queries.figures(TUESDAY, MONDAY), "period_backwards"),
        (lambda: queries.recount(date(2001, 1, 1), MONDAY), "period_too_long"),
        (lambda: queries.records("smiles", MONDAY, MONDAY), "figure_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            asked()
        assert refused.value.code == code


def test_every_figure_says_what_it_is_in_words_and_in_sql(hall):
    for name, figure in queries.figures(MONDAY, MONDAY).items():
        assert figure.definition.endswith("。") and figure.sql.startswith("select")
        assert DEFINITIONS[name].beside in {"", *DEFINITIONS}
    assert towns.current_id() == hall.pk

"""评价。"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import Error, connection, transaction

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.ground.tests.make import a_town
from yichuang.rooms.feedback import actions, queries
from yichuang.rooms.feedback.actions import Said
from yichuang.rooms.feedback.models import Rating

from .make import a_case, a_clerk, a_visit, an_item

ENDED = datetime(2026, 11, 23, 10, 20, tzinfo=clock.TOWN_TIME)
SOON = ENDED + timedelta(minutes=2)


@pytest.fixture
def ticket(db):
    with towns.within(a_town()), clock.frozen(SOON):
        yield a_visit(a_clerk(), ended_at=ENDED)


def rate(ticket, grade=5, **said):
    return actions.rate(invitation=queries.invitation_of(ticket), said=Said(grade, **said))


def refused(ticket, grade=5, **said) -> Refused:
    with pytest.raises(Refused) as caught:
        rate(ticket, grade, **said)
    return caught.value


def test_li_says_that_she_is_very_satisfied(ticket):
    rating = rate(ticket)
    assert (rating.grade, rating.grade_name, rating.rated_at) == (5, "非常满意", SOON)
    assert (rating.reasons, rating.words, rating.channel) == ([], "", "link")
    assert queries.rating_of(queries.service_of(queries.invitation_of(ticket))) == rating


def test_one_service_is_rated_once(ticket):
    rate(ticket, 2)
    assert refused(ticket, 5).code == "already_rated"
    assert Rating.objects.get().grade == 2


def test_reasons_that_do_not_go_with_the_grade_are_left_out(ticket):
    rating = rate(ticket, 1, reasons=["kind", "rude", "waited", "rude"])
    assert rating.reasons == ["waited", "rude"]


def test_a_reason_that_is_not_on_the_list_is_refused(ticket):
    assert refused(ticket, 1, reasons=["weather"]).code == "reason_unknown"


@pytest.mark.parametrize("grade", [0, 6, -1])
def test_there_are_five_grades(ticket, grade):
    assert refused(ticket, grade).code == "grade_missing"


def test_words_have_an_end(ticket):
    assert refused(ticket, 5, words="好" * 501).code == "words_too_long"
    assert rate(ticket, 5, words=f" {'好' * 500} ").words == "好" * 500


def test_words_are_not_stored_in_the_clear(ticket):
    rate(ticket, 2, words="王晓梅不耐烦")
    with connection.cursor() as database:
        database.execute("select words from feedback_rating")
        assert "王晓梅" not in database.fetchone()[0]


def test_a_service_that_goes_on_cannot_be_rated(ticket):
    going_on = a_visit(ticket.clerk, ended_at=None)
    assert refused(going_on).code == "service_not_over"


@pytest.mark.parametrize("end", ["closed", "refused"])
def test_a_case_can_be_rated_when_it_ended_well_or_not(ticket, end):
    case = a_case(opened_at=ENDED)
    an_item(case, "reviewing", at=ENDED)
    assert refused(case).code == "service_not_over"
    an_item(case, end, at=ENDED)
    assert rate(case, 2).subject_kind == "case"
    assert refused(case).code == "already_rated"


def test_a_visit_and_its_case_are_two_services(ticket):
    case = a_case(opened_at=ENDED)
    an_item(case, "closed", at=ENDED)
    rate(ticket, 5)
    rate(case, 4)
    assert Rating.objects.count() == 2


def test_after_thirty_days_it_is_too_late(ticket):
    with clock.frozen(ENDED + timedelta(days=30)):
        assert refused(ticket).code == "rating_too_late"
    with clock.frozen(ENDED + timedelta(days=30, seconds=-1)):
        rate(ticket)


@pytest.mark.parametrize(
    "token", ["", "t1", "t1-" + "0" * 24, "x1-" + "0" * 24, "t1-短", "t99999999999999999999-" + "0" * 24]
)
def test_an_invented_invitation_is_refused(ticket, token):
    with pytest.raises(Refused) as caught:
        actions.rate(invitation=token, said=Said(5))
    assert caught.value.code == "invitation_unknown"


def test_an_invitation_to_one_visit_is_none_to_another(ticket):
    other = a_visit(ticket.clerk, ended_at=ENDED)
    swapped = f"t{other.pk}-{queries.invitation_of(ticket).split('-')[1]}"
    with pytest.raises(Refused):
        queries.service_of(swapped)


def test_an_invitation_does_not_open_another_town(db):
    tokens = []
    for _ in range(2):
        with towns.within(a_town()):
            tokens.append(queries.invitation_of(a_visit(a_clerk(), ended_at=ENDED)))
    with towns.within(a_town()):
        for token in tokens:
            with pytest.raises(Refused):
                queries.service_of(token)


def test_it_leaves_one_trace_that_names_nobody(ticket):
    rating = rate(ticket, 2, words="李桂芳说等太久", reasons=["waited"])
    (event,) = trail.told_of(rating)
    assert (event.kind, event.sentence) == ("feedback.rated", "评价：不满意")
    assert event.facts == {"grade": 2, "grade_name": "不满意", "of": "ticket"}
    assert (event.actor_kind, event.actor_id) == ("system", None)


@pytest.mark.parametrize("order", ["update feedback_rating set grade = 5", "delete from feedback_rating"])
def test_the_database_never_lets_a_rating_be_changed_or_removed(ticket, order):
    rate(ticket, 1)
    with pytest.raises(Error, match="never edited"), transaction.atomic(), connection.cursor() as database:
        database.execute(order)
    assert Rating.objects.get().grade == 1


def test_two_presses_at_once_make_one_rating(committed):
    with towns.within(town := a_town()):
        token = queries.invitation_of(a_visit(a_clerk(), ended_at=ENDED))
    said, start = [], threading.Barrier(4)

    def press():
        start.wait()
        try:
            with clock.frozen(SOON), towns.within(town):
                said.append(actions.rate(invitation=token, said=Said(5)).grade)
        except Refused as refused:
            said.append(refused.code)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert sorted(said, key=str) == [5, "already_rated", "already_rated", "already_rated"]

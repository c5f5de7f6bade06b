"""Fetch with the right, or not at all."""

from __future__ import annotations

import pytest

from yichuang.ground import towns
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.models import Case
from yichuang.rooms.cases.tests import make


def test_a_clerk_sees_the_cases_of_the_town(hall):
    case = make.opened()
    assert queries.by_number(case.number, staff=make.a_clerk()) == case


def test_a_reviewer_sees_what_is_routed_to_the_office_and_nothing_else(hall):
    elder, card = make.accepted(), make.accepted(make.CARD)
    reviewer = make.a_reviewer()
    assert list(queries.visible_to(reviewer)) == [elder]
    with pytest.raises(Refused) as refused:
        queries.by_number(card.number, staff=reviewer)
    assert (refused.value.code, refused.value.status) == ("case_unknown", 404)


def test_a_village_head_sees_what_is_routed_to_the_village(hall):
    ours, theirs = make.accepted(), make.accepted(applicant=make.li(village="V05"))
    make.accepted(make.CARD)
    assert list(queries.visible_to(make.a_head("V04"))) == [ours]
    assert list(queries.visible_to(make.a_head("V05"))) == [theirs]


@pytest.mark.parametrize(
    "roles", [(), ("editor",), ("reviewer",), ("village_head",), ("admin",), ("grid_worker",)]
)
def test_whoever_has_nothing_to_do_with_it_sees_nothing(hall, roles):
    make.accepted()
    assert list(queries.visible_to(make.a_staff(*roles))) == []


def test_an_outsider_sees_nothing_of_our_town_and_our_people_nothing_there(db):
    with make.in_a_town():
        ours = make.accepted()
        clerk = make.a_clerk()
    with make.in_a_town():
        outsider = make.a_clerk("外人")
        assert list(queries.visible_to(outsider)) == []
        assert list(queries.visible_to(clerk)) == []
        with pytest.raises(Refused, match="case_unknown"):
            queries.by_number(ours.number, staff=outsider)
        with pytest.raises(Refused, match="case_unknown"):
            queries.by_track_token(ours.track_token)
        with pytest.raises(Case.DoesNotExist):
            actions.accept(case=ours, by=outsider)
    with towns.within(ours.town_id):
        assert queries.visible_to(clerk).count() == 1
        assert list(queries.visible_to(outsider)) == []


def test_whoever_holds_the_receipt_may_see_where_it_stands(hall):
    case = make.opened()
    assert queries.by_track_token(case.track_token) == case
    with pytest.raises(Refused, match="case_unknown"):
        queries.by_track_token("x" * 22)


def test_an_item_is_found_only_through_a_visible_case(hall):
    case = make.accepted()
    item = case.items.get()
    assert queries.item_of(make.a_clerk(), item.pk) == item
    with pytest.raises(Refused, match="case_unknown"):
        queries.item_of(make.a_head("V05"), item.pk)


def test_a_tray_holds_the_open_tasks_the_least_time_left_first(hall):
    later = make.accepted()
    make.agree(make.open_task(later, "V04"))
    sooner = make.submitted(make.SHOP)
    make.bring_everything(sooner)
    actions.accept(case=sooner, by=sooner.opened_by)
    assert [task.item.case for task in queries.tray(make.a_reviewer("MZ"))] == [later]
    assert [task.item.case for task in queries.tray(make.a_reviewer("CG"))] == [sooner]
    assert list(queries.tray(make.a_clerk())) == []
    urgent = make.accepted()
    item = make.item_of(urgent, make.ELDER)
    item.promised_by = make.MONDAY.date()
    item.save(update_fields=["promised_by"])
    make.agree(make.open_task(urgent, "V04"))
    assert [task.item.case for task in queries.tray(make.a_reviewer("MZ"))] == [urgent, later]

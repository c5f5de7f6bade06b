"""设立部门和村。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from yichuang.ground import towns, trail
from yichuang.ground.tests.make import a_town
from yichuang.rooms.people import actions, queries
from yichuang.rooms.people.actions import OfficeRow, VillageRow
from yichuang.rooms.people.models import OfficeKind, Village

SHOP = OfficeRow("NA", "南岗办事处", OfficeKind.TOWN, "示例职责", "0551-63000999")
YARD = OfficeRow("NB", "北岗办事处", OfficeKind.DISTRICT, "示例职责", "0551-63000998")
RIVER = VillageRow("N01", "河湾村", 1200, 380, Decimal("4.2"))


@pytest.fixture
def empty_town(db):
    town = a_town()
    with towns.within(town):
        yield town


def test_the_offices_stand_in_the_order_of_the_list(empty_town):
    actions.found_places(offices=[YARD, SHOP], villages=[RIVER], by=None)
    assert list(queries.offices()) == ["NB", "NA"]
    assert Village.objects.get(code="N01").distance_km == Decimal("4.2")


def test_a_second_list_corrects_the_first_and_makes_no_doubles(empty_town):
    actions.found_places(offices=[SHOP], villages=[RIVER], by=None)
    moved = OfficeRow("NA", "南岗办事处", OfficeKind.TOWN, "示例职责", "0551-63000111")
    actions.found_places(offices=[moved], villages=[RIVER], by=None)
    assert queries.offices()["NA"].phone == "0551-63000111"
    assert Village.objects.count() == 1


def test_the_trail_tells_how_many(empty_town):
    actions.found_places(offices=[SHOP, YARD], villages=[RIVER], by=None)
    (told,) = trail.told_of(empty_town, kinds=["people.places_founded"])
    assert told.sentence == "设立2个部门、1个村"

"""登记居民。"""

from __future__ import annotations

import pytest
from django.db import connection

from yichuang.ground import towns, trail
from yichuang.ground.identity import IdNumber
from yichuang.ground.refusals import Refused
from yichuang.ground.tests.make import a_town
from yichuang.rooms.people import actions, queries
from yichuang.rooms.people.models import Device, Resident, Village
from yichuang.rooms.people.tests.make import a_clerk, a_person


@pytest.fixture
def clerk(db):
    with towns.within(a_town()):
        Village.objects.create(code="V04", name="磨滩村", population=1860, households=587, distance_km=4.8)
        yield a_clerk()


def register(clerk, **changes) -> Resident:
    return actions.register_resident(person=a_person(**changes), by=clerk)


def test_a_new_resident_is_registered_with_village_and_phone(clerk):
    resident = register(clerk, village="磨滩村")
    assert (resident.name, resident.phone, resident.village.code) == ("李桂芳", "13900000001", "V04")


def test_the_same_id_number_is_the_same_resident_and_what_is_new_is_kept(clerk):
    person = a_person()
    first = actions.register_resident(person=person, by=clerk)
    moved = actions.Person(name=person.name, id_number=person.id_number, address="金葡萄家园7栋102")
    again = actions.register_resident(person=moved, by=clerk)
    assert (again.pk, again.address, again.phone) == (first.pk, "金葡萄家园7栋102", "13900000001")
    assert trail.told_of(again)[-1].sentence == "更新居民的住址"


def test_a_lower_case_x_and_spaces_make_no_second_resident(clerk):
    person = a_person()
    first = actions.register_resident(person=person, by=clerk)
    spaced = actions.Person(name="李桂芳", id_number=f" {person.id_number.lower()} ")
    assert actions.register_resident(person=spaced, by=clerk).pk == first.pk


def test_numbers_do_not_lie_open_in_the_database(clerk):
    person = a_person()
    resident = actions.register_resident(person=person, by=clerk)
    with connection.cursor() as database:
        database.execute("select t::text from people_resident t where id = %s", [resident.pk])
        (row,) = database.fetchone()
    assert person.id_number not in row and person.phone not in row


def test_the_resident_is_found_by_the_blind_index(clerk):
    person = a_person()
    resident = actions.register_resident(person=person, by=clerk)
    number = IdNumber.parse(person.id_number, today=resident.registered_at.date())
    assert queries.resident_by_id_number(number) == resident


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, "name_missing"),
        ({"id_number": "34990019540308"}, "id_number_length"),
        ({"id_number": "349900195403080000"}, "id_number_check"),
        ({"phone": "139000000012"}, "phone_format"),
        ({"village": "火星村"}, "village_unknown"),
    ],
)
def test_bad_input_is_named_and_nothing_is_registered(clerk, changes, code):
    with pytest.raises(Refused) as refused:
        register(clerk, **changes)
    assert refused.value.code == code and refused.value.fields
    assert Resident.objects.count() == 0


def test_enrol_device_shows_the_token_once_and_keeps_a_digest(clerk):
    device, token = actions.enrol_device(kind="kiosk", name="1号取号机", by=clerk)
    assert queries.device_by_token(token) == device
    assert token not in str(Device.objects.values().get(pk=device.pk))
    assert queries.device_by_token(token + "x") is None

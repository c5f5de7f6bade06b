"""The cast of the tests, from the demo town that every test database holds: 李阿姨, 小王, 陈工, 赵书记, 外人."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

import pytest
from django.test import Client

from tests.harness import environment
from yichuang.doors.shared import sign_in
from yichuang.ground import clock, towns
from yichuang.ground.towns import Town
from yichuang.rooms.people.models import Resident, Staff

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=clock.TOWN_TIME)


@cache
def accounts() -> dict[str, Any]:
    """What demo-accounts.json says: names, passwords, PINs, device tokens."""
    return dict(json.loads((environment.home() / "demo-accounts.json").read_text(encoding="utf-8")))


def staff(username: str) -> Staff:
    """A member of staff of the current town: `clerk`, `reviewer-mz`, `head-v04`, `hall-manager` …"""
    return Staff.objects.select_related("office", "village").get(username=username)


def pin_of(head: Staff) -> str:
    """A village head's PIN."""
    return str(accounts()["staff"]["village_heads"][head.username.removeprefix("head-").upper()]["pin"])


def sign_in_as(client: Client, person: Staff | Resident) -> Client:
    """The browser as it is after this person has signed in."""
    token = sign_in.staff_token(person) if isinstance(person, Staff) else sign_in.resident_token(person)
    client.cookies[sign_in.COOKIE] = token
    return client


@pytest.fixture
def outsider(db: None) -> Staff:
    """外人：a clerk of 临湖镇, who must never see anything of 大圩镇."""
    with towns.within(Town.objects.get(key="linhu")):
        return staff("clerk")


@pytest.fixture
def dawei(outsider: Staff) -> Iterator[Town]:
    """大圩镇 is the current town, in a transaction that is rolled back. Nobody enters another town meanwhile."""
    town = Town.objects.get(key="dawei")
    with towns.within(town):
        yield town


@pytest.fixture
def monday_morning() -> Iterator[datetime]:
    """Monday 2026-11-23, 09:00: the hall is open and the clock stands."""
    with clock.frozen(MONDAY_MORNING) as moment:
        yield moment


@pytest.fixture
def li_guifang(dawei: Town) -> Resident:
    """李阿姨，72 岁，磨滩村人。"""
    return Resident.objects.get(name="李桂芳")


@pytest.fixture
def xiaowang(dawei: Town) -> Staff:
    """小王，窗口人员。"""
    return staff("clerk")


@pytest.fixture
def chen_gong(dawei: Town) -> Staff:
    """陈工，民政和养老的审核人员。"""
    return staff("reviewer-mz")


@pytest.fixture
def zhao_shuji(dawei: Town) -> Staff:
    """赵书记，磨滩村的村主任。"""
    return staff("head-v04")

"""Builders for tests of people."""

from __future__ import annotations

import datetime
import itertools

from yichuang.ground.identity import make_id_number
from yichuang.rooms.people import actions
from yichuang.rooms.people.actions import Employment, Person
from yichuang.rooms.people.models import Staff

_serials = itertools.count(1)
PASSWORD = "圩上葡萄-2026"


def a_person(**changes: str) -> Person:
    """An invented person; every one has another id number."""
    number = make_id_number("349900", datetime.date(1954, 3, 8), next(_serials) * 2)
    told = {
        "name": "李桂芳",
        "id_number": str(number),
        "phone": "13900000001",
        "address": "金葡萄家园12栋301",
    }
    return Person(**{**told, **changes})


def a_clerk(username: str = "xiaowang", **changes) -> Staff:
    """小王, a window clerk."""
    employment = Employment(username=username, name="王晓梅", roles=("clerk",), **changes)
    return actions.employ(employment=employment, password=PASSWORD, pin="246810")

"""Builders for tests of feedback: services that have ended, as the database holds them."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from yichuang.ground import clock
from yichuang.ground.secrets import new_token
from yichuang.rooms.cases.models import Case, CaseItem
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.hall.models import Queue, Ticket, Window
from yichuang.rooms.people.actions import register_resident
from yichuang.rooms.people.models import Office, Staff
from yichuang.rooms.people.tests.make import a_person

_serials = itertools.count(1)


def a_clerk() -> Staff:
    """小王; nobody signs in here, so no password is hashed."""
    return Staff.objects.create(username=f"clerk{next(_serials)}", name="王晓梅", password="!")


def a_visit(clerk: Staff, *, ended_at: datetime | None, channel: str = "kiosk") -> Ticket:
    """A ticket that was served; with `ended_at=None` it still is."""
    queue, _ = Queue.objects.get_or_create(key="general", defaults={"letter": "A", "name": "综合"})
    window, _ = Window.objects.get_or_create(
        number=4, defaults={"name": "综合窗口", "clerk": clerk, "status": "open"}
    )
    moment, serial = (ended_at or clock.now()), next(_serials)
    return Ticket.objects.create(
        queue=queue,
        day=clock.day_of(moment),
        serial=serial,
        number=f"A{serial:03d}",
        channel=channel,
        track_token=new_token(),
        status="finished" if ended_at else "serving",
        ordered_at=moment - timedelta(minutes=20),
        taken_at=moment - timedelta(minutes=20),
        window=window,
        clerk=clerk,
        calls=1,
        called_at=moment - timedelta(minutes=9),
        last_called_at=moment - timedelta(minutes=9),
        started_at=moment - timedelta(minutes=8),
        finished_at=ended_at,
    )


def a_case(*, opened_at: datetime, proxy_phone: str = "", **person: str) -> Case:
    """A case without items; `person` changes what 李阿姨 tells at the window."""
    applicant = register_resident(person=a_person(**person), by=None)
    number = f"{clock.day_of(opened_at):%Y%m%d}-{next(_serials):04d}"
    return Case.objects.create(
        number=number,
        applicant=applicant,
        proxy_phone=proxy_phone,
        track_token=new_token(),
        opened_at=opened_at,
    )


def an_item(case: Case, status: str, *, at: datetime, mode: str = "promised") -> CaseItem:
    """An item of the case, as it stands after its last step at that moment."""
    code = f"MZ-{case.items.count() + 1:03d}"
    reached = ["reviewing", "granted", "issued", "closed"]
    done = reached[: reached.index(status) + 1] if status in reached else []
    is_accepted = bool(done) or status == "refused"
    return CaseItem.objects.create(
        case=case,
        version=a_version(code, mode),
        code=code,
        name="高龄津贴申领",
        status=status,
        accepted_at=at if is_accepted else None,
        promised_by=clock.day_of(at) + timedelta(days=10) if is_accepted else None,
        statutory_by=clock.day_of(at) + timedelta(days=30) if is_accepted else None,
        granted_at=at if "granted" in done else None,
        refused_at=at if status == "refused" else None,
        reason="不满 80 周岁。" if status == "refused" else "",
        issued_at=at if "issued" in done else None,
        closed_at=at if "closed" in done else None,
    )


def a_version(code: str, mode: str) -> ItemVersion:
    office, _ = Office.objects.get_or_create(
        code="MZ", defaults={"name": "民政和养老", "kind": "town", "duty": "民政", "phone": "0551-63000103"}
    )
    item, _ = ServiceItem.objects.get_or_create(code=code, defaults={"office": office})
    texts = (
        "short_name kind audience village_step result result_kind result_validity fee condition legal_basis"
    )
    words = dict.fromkeys(texts.split(), "record")
    version, _ = ItemVersion.objects.get_or_create(
        item=item,
        number=1,
        defaults=words
        | {
            "name": "高龄津贴申领",
            "mode": mode,
            "statutory_workdays": 20,
            "promised_workdays": 8,
            "accept_workdays": 1,
            "visits": 1,
            "no_meeting": True,
            "channels": ["window"],
            "route": [["MZ"]],
            "life_events": [],
            "aliases": [],
            "baseline": {"visits": 2, "offices": 2, "materials": 5, "workdays": 20},
            "is_verified": False,
        },
    )
    return version

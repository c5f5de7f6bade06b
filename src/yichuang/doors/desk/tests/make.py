"""Builders for tests of the desk: tickets, cases at any point, and the forms a browser would send."""

from __future__ import annotations

import itertools
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests import cast
from yichuang.doors.desk.rows import paper_id
from yichuang.ground import clock, files
from yichuang.ground.identity import make_id_number
from yichuang.rooms.cases import actions as cases
from yichuang.rooms.cases import queries
from yichuang.rooms.cases.actions import CaseOpening, Paper
from yichuang.rooms.cases.models import Case, Document, RouteTask
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.terms import FieldType
from yichuang.rooms.hall import actions as hall
from yichuang.rooms.hall.models import Ticket, Window
from yichuang.rooms.people.actions import Employment, Person, employ
from yichuang.rooms.people.models import Staff

ALLOWANCE, CARD = "MZ-010", "MZ-013"  # 高龄津贴 (promised, village first), 老年人优待证 (on the spot)
ANSWERS = {"proxy": "我自己办", "elder_dead": "不是", "non_local": "是"}
FIELDS = {
    "age_group": "80至89周岁",
    "living_place": "本镇",
    "supporter_name": "李桂芳",
    "supporter_phone": "13900000001",
    "bank_account": "6217001234567890387",
    "cert_kind": "首次办理",
    "cert_form": "电子证",
    "pickup_way": "窗口领取",
}
_serials = itertools.count(201, 2)  # odd: men


def a_picture() -> bytes:
    kept = BytesIO()
    Image.new("L", (60, 40), 255).save(kept, "PNG")
    return kept.getvalue()


PNG = a_picture()


def everything_for(code: str) -> dict[str, dict[str, str]]:
    """The first answer to every question of an item, and something right in every field."""
    spec = catalog.published()[code]
    fields = {
        field.key: field.options[0] if field.options else field.example
        for field in spec.fields
        if field.type != FieldType.ID_NUMBER
    }
    return {"answers": {question.key: question.answers[0] for question in spec.questions}, "fields": fields}


def desk_of(staff: Staff, *, sees_errors: bool = True) -> Client:
    """The browser of somebody who has signed in."""
    return cast.sign_in_as(Client(raise_request_exception=sees_errors), staff)


def open_window(clerk: Staff, number: int = 4) -> Window:
    return hall.open_window(window=Window.objects.get(number=number), by=clerk)


def a_ticket(**wish: Any) -> Ticket:
    return Ticket.objects.get(pk=hall.take_ticket(wish=hall.Wish(**wish), channel="kiosk", by=None).id)


def called(clerk: Staff, number: int = 4) -> Ticket:
    told = hall.call_next(window=number, by=clerk)
    assert told is not None
    return Ticket.objects.get(pk=told.id)


def serving(clerk: Staff, **wish: Any) -> Ticket:
    """A ticket that this clerk is serving at window 4."""
    open_window(clerk)
    a_ticket(**wish)
    ticket = called(clerk)
    hall.start_serving(ticket=ticket.pk, by=clerk)
    return ticket


def an_id_number(born: date = date(1946, 11, 5)) -> str:
    return make_id_number("349900", born, next(_serials) % 1000)


def zhang(**changes: str) -> Person:
    """张守义, 80, of 磨滩村."""
    told = {
        "name": "张守义",
        "id_number": an_id_number(),
        "phone": "13900006621",
        "address": "金葡萄家园 12 栋 301",
        "village": "V04",
    }
    return Person(**{**told, **changes})


def a_case(clerk: Staff, *items: str, **changes: Any) -> Case:
    """A draft with everything answered and filled in, and no papers yet."""
    told = {"items": items or (ALLOWANCE, CARD), "applicant": zhang(), "answers": ANSWERS, "fields": FIELDS}
    return cases.open_case(opening=CaseOpening(**{**told, **changes}), by=clerk)


def bring_everything(case: Case, clerk: Staff) -> None:
    while missing := queries.missing_of(case):
        cases.add_document(case=case, paper=Paper(*missing[0].document), by=clerk)


def accepted(clerk: Staff, *items: str, **changes: Any) -> Case:
    case = a_case(clerk, *items, **changes)
    cases.submit(case=case, by=clerk)
    bring_everything(case, clerk)
    return cases.accept(case=case, by=clerk)


def at_the_office(clerk: Staff, **changes: Any) -> RouteTask:
    """The allowance, when the village has agreed: 民政和养老 has it now."""
    case = accepted(clerk, ALLOWANCE, **changes)
    task = RouteTask.objects.get(item__case=case, status="open")
    cases.complete_task(task=task, verdict="agree", opinion="情况属实。", by=cast.staff("head-v04"))
    return RouteTask.objects.get(item__case=case, status="open")


def ticks(case: Case) -> list[str]:
    """What a browser sends when every box of the checklist is ticked."""
    return [paper_id(needed) for needed in queries.checklist_of(case).materials]


def typed(answers: dict[str, str] | None = None, fields: dict[str, str] | None = None) -> dict[str, str]:
    """Answers and fields as the names of the form's inputs."""
    return {
        **{f"answer.{key}": value for key, value in (answers or {}).items()},
        **{f"field.{key}": value for key, value in (fields or {}).items()},
    }


def a_scan(name: str = "证.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def words(response: Any) -> str:
    return str(response.content.decode())


def a_document(case: Case, clerk: Staff, content: bytes = PNG, kind: str = "image/png") -> Document:
    stored = files.keep(content, media_type=kind, at=clock.now())
    return cases.add_document(case=case, paper=Paper("居民身份证", "申请人", stored, "证.png"), by=clerk)


def a_colleague_of(staff: Staff) -> Staff:
    """方敏, who does the same in the same office."""
    employment = Employment(username="fangmin", name="方敏", roles=("reviewer",), office=staff.office)
    return employ(employment=employment, password="圩上葡萄-2026")

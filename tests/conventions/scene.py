"""One object of every kind that an address can name, in 大圩镇, for the authorisation matrix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from tests.cast import staff
from yichuang.ground import clock, files
from yichuang.rooms.cases import actions as cases
from yichuang.rooms.cases import queries as case_queries
from yichuang.rooms.cases.actions import CaseOpening, Paper
from yichuang.rooms.cases.models import Case
from yichuang.rooms.feedback import queries as feedback
from yichuang.rooms.hall import actions as hall
from yichuang.rooms.hall.actions import Wish
from yichuang.rooms.hall.models import Ticket, Window
from yichuang.rooms.issuing import actions as issuing
from yichuang.rooms.people.actions import Person
from yichuang.rooms.people.models import Resident
from yichuang.rooms.signing import actions as signing
from yichuang.rooms.signing.queries import in_tray

# 老年人优待证 on the spot; home care, which needs the village head's signature
ON_THE_SPOT, SIGNED = "MZ-013", "MZ-012"


@dataclass(frozen=True)
class Scene:
    """What fills the blanks of addresses: by the blank's name, or by the beginning of the address and its name."""

    blanks: dict[str, str]

    def fill(self, path: str) -> str:
        """The address with every blank filled by an object of 大圩镇."""

        def filled(blank: re.Match[str]) -> str:
            name = blank.group(1)
            keys = [
                key for key in self.blanks if key.endswith(f":{name}") and path.startswith(key.split(":")[0])
            ]
            return self.blanks[max(keys, key=len)] if keys else self.blanks[name]

        return re.sub(r"<\w+:(\w+)>", filled, path)


def set_up() -> Scene:
    """Play a matter far enough that every address has something to show."""
    clerk, resident = staff("clerk"), Resident.objects.get(name="李桂芳")
    window = Window.objects.get(number=4)
    hall.open_window(window=window, by=clerk)
    hall.take_ticket(wish=Wish(items=(SIGNED,)), channel="kiosk", by=None)
    called = hall.call_next(window=4, by=clerk)
    assert called is not None
    hall.start_serving(ticket=called.id, by=clerk)
    hall.finish_serving(ticket=called.id, by=clerk)
    ticket = Ticket.objects.get(pk=called.id)
    granted = _accepted(resident, [ON_THE_SPOT])
    (result,) = issuing.issue(case=granted, by=clerk)
    waiting = _accepted(resident, [SIGNED])
    head = staff("head-v04")
    task = next(task for task in in_tray(head) if task.item.case == waiting)
    signing.open_task(task=task, by=head)
    document = waiting.documents.exclude(file=None).first()
    return Scene(
        {
            "number": waiting.number,
            "/desk/window:number": "4",
            "/api/v1/windows:number": "4",
            "/api/v1/results:number": result.number,
            "result_number": result.number,
            "document_id": str(document.pk),
            "ticket_id": str(ticket.pk),
            "task_id": str(task.pk),
            "item_id": str(waiting.items.first().pk),
            "code": SIGNED,
            "/verify/:code": result.check_code,
            "/api/v1/verify/:code": result.check_code,
            "version": "1",
            "digest": files.keep(b"PK", media_type="application/zip", at=clock.now()).digest,
            "key": "newborn",
            "figure": "accepted_cases",
            "name": "accepted_cases",
            "token": ticket.track_token,
            "/track/:token": waiting.track_token,
            "/api/v1/track/:token": waiting.track_token,
            "/rate/:token": feedback.invitation_of(ticket),
            "invitation": feedback.invitation_of(ticket),
            "path": "x",
            "channel": "poster",
            "file": "poster.pdf",
            "product": "broadcast",
            "section": "basics",
            "look": "phone",
        }
    )


def _accepted(resident: Resident, items: list[str]) -> Case:
    """A case with every paper there, accepted."""
    clerk = staff("clerk")
    applicant = Person(name=resident.name, id_number=str(resident.id_number), village="V04")
    case = cases.open_case(opening=CaseOpening(items=items, applicant=applicant), by=clerk)
    answers = {asked.key: asked.answers[0] for asked in case_queries.checklist_of(case).questions}
    values = {field.key: _value(field) for field in case_queries.checklist_of(case).fields}
    case = cases.save_draft(case=case, draft=cases.Draft(answers=answers, fields=values), by=clerk)
    case = cases.submit(case=case, by=clerk)
    for needed in case_queries.missing_of(case):
        file = files.keep(a_picture(), media_type="image/png", at=clock.now())
        cases.add_document(case=case, paper=Paper(needed.name, needed.person, file, "照片.png"), by=clerk)
    return cases.accept(case=case, by=clerk)


def _value(field) -> str:
    kinds = {
        "number": "1",
        "date": "1954-03-08",
        "phone": "13900000001",
        "bank_account": "6217001234567890123",
    }
    return field.options[0] if field.options else kinds.get(field.type, "金葡萄家园")


def a_picture() -> bytes:
    whole = BytesIO()
    Image.new("RGB", (60, 40), "white").save(whole, "PNG")
    return whole.getvalue()

"""Builders for the pages that come after the window: a browser of nobody, results, visits."""

from __future__ import annotations

from django.test import Client

from yichuang.doors.shared import sign_in
from yichuang.ground.towns import Town
from yichuang.rooms.cases.models import Case
from yichuang.rooms.cases.tests import make
from yichuang.rooms.hall import actions as hall
from yichuang.rooms.hall.actions import Wish
from yichuang.rooms.hall.models import Ticket, Window
from yichuang.rooms.hall.tests.make import a_hall, a_window
from yichuang.rooms.issuing import actions as issuing
from yichuang.rooms.issuing.models import Result
from yichuang.rooms.issuing.rules import Receiver


def nobody(town: Town) -> Client:
    """A browser that has never been here."""
    sign_in.forget()
    return Client(HTTP_HOST=f"{town.key}.localhost")


def shown(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def a_result(case: Case | None = None) -> Result:
    case = case or make.granted(make.SHOP)
    return issuing.issue(case=case, by=make.a_clerk())[0]


def a_closed_case() -> Case:
    result = a_result()
    receiver = Receiver(name="李桂芳", last_four=str(result.item.case.applicant.id_number)[-4:])
    issuing.hand_over(result=result, receiver=receiver, by=make.a_clerk())
    return result.item.case


def a_visit(*, until: str = "finished") -> Ticket:
    """A ticket of the only window there is, served as far as told."""
    if not Window.objects.exists():
        a_hall(windows=1)
    taken = hall.take_ticket(wish=Wish(queue="general"), channel="kiosk", by=None)
    if until != "waiting":
        window, clerk = a_window(1), make.a_clerk()
        if window.clerk:
            clerk = window.clerk
        else:
            hall.open_window(window=window, by=clerk)
        hall.call_next(window=1, by=clerk)
        if until == "missed":
            hall.miss(ticket=Ticket.objects.get(pk=taken.id), by=clerk)
        elif until != "called":
            hall.start_serving(ticket=taken.id, by=clerk)
            if until == "finished":
                hall.finish_serving(ticket=taken.id, by=clerk)
    return Ticket.objects.get(pk=taken.id)

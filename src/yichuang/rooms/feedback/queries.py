"""Reading feedback: which service an invitation is for, and what was said."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime

from yichuang.ground import towns
from yichuang.ground.refusals import Refused
from yichuang.ground.secrets import blind_index
from yichuang.rooms.cases.models import Case
from yichuang.rooms.hall.models import Ticket

from .models import Rating, ServiceKind

_LETTERS = {"t": ServiceKind.TICKET, "c": ServiceKind.CASE}
_TOKEN = re.compile(r"([tc])([0-9]{1,15})-([0-9a-f]{24})")


@dataclass(frozen=True)
class Service:
    """A service somebody had: a visit to the window, or a case from start to end."""

    kind: ServiceKind
    id: int
    name: str  # "A034 号，4号窗口" or "办件 20261123-0231"
    ended_at: datetime | None  # None: not over yet


def invitation_of(subject: Ticket | Case) -> str:
    """The token of the invitation to rate this visit or case: always the same one, nobody can guess it."""
    letter = "t" if isinstance(subject, Ticket) else "c"
    return f"{letter}{subject.pk}-{_mark(letter, subject.pk)}"


def service_of(token: str) -> Service:
    """The service an invitation is for. Refused: invitation_unknown."""
    found = _TOKEN.fullmatch(token)
    if found is None or not hmac.compare_digest(_mark(found[1], int(found[2])), found[3]):
        raise Refused("invitation_unknown")
    kind, number = _LETTERS[found[1]], int(found[2])
    service = _visit(number) if kind == ServiceKind.TICKET else _case(number)
    if service is None:
        raise Refused("invitation_unknown")
    return service


def rating_of(service: Service) -> Rating | None:
    """What was said of this service."""
    return Rating.objects.filter(subject_kind=service.kind, subject_id=service.id).first()


def _mark(letter: str, number: int) -> str:
    """96 bits that only this installation can make, bound to the town."""
    return blind_index(f"{towns.current_id()}.{letter}.{number}", "invitation")[:24]


def _visit(number: int) -> Service | None:
    ticket = Ticket.objects.select_related("window").filter(pk=number).first()
    if ticket is None:
        return None
    where = f"，{ticket.window.number}号窗口" if ticket.window else ""
    return Service(ServiceKind.TICKET, ticket.pk, f"{ticket.number} 号{where}", ticket.finished_at)


def _case(number: int) -> Service | None:
    """A case can be rated as soon as one of its items is closed or refused."""
    case = Case.objects.filter(pk=number).first()
    if case is None:
        return None
    ends = [end for item in case.items.all() if (end := item.closed_at or item.refused_at)]
    return Service(ServiceKind.CASE, case.pk, f"办件 {case.number}", max(ends, default=None))

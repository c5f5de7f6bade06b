"""Reading results: what waits to be collected, and what anybody may check by a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from yichuang.ground import towns
from yichuang.ground.refusals import Refused
from yichuang.ground.secrets import mask_name
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.cases.models import Case
from yichuang.rooms.people.models import Staff

from . import rules
from .models import Result
from .states import ResultStatus


@dataclass(frozen=True)
class Checked:
    """What the public check page shows: enough to compare with the paper in hand, and no more."""

    number: str
    title: str
    item: str
    holder: str  # 李*
    hall: str
    issued_at: datetime
    digest: str
    is_demo: bool


def by_check_code(code: str) -> Result:
    """The result with this check code, as printed or as typed. Refused: check_code_unknown."""
    result = _results().filter(check_code=rules.plain_check_code(code)).first()
    if result is None:
        raise Refused("check_code_unknown")
    return result


def checked(code: str) -> Checked:
    """What anybody may know of a result who holds its code. Refused: check_code_unknown."""
    result, town = by_check_code(code), towns.current()
    return Checked(
        number=result.number,
        title=result.title,
        item=result.item.name,
        holder=mask_name(result.item.case.applicant.name),
        hall=town.hall_name,
        issued_at=result.issued_at,
        digest=result.digest,
        is_demo=town.is_demo,
    )


def by_number(number: str, *, staff: Staff) -> Result:
    """The result with this number, if this person may see its case. Refused: result_unknown."""
    result = _results().filter(number=number, item__case__in=cases.visible_to(staff)).first()
    if result is None:
        raise Refused("result_unknown")
    return result


def ready() -> QuerySet[Result]:
    """等领取：the longest waiting first."""
    return _results().filter(status=ResultStatus.READY).order_by("issued_at", "pk")


def results_of(case: Case) -> QuerySet[Result]:
    """The results of a case."""
    return _results().filter(item__case=case).order_by("pk")


def _results() -> QuerySet[Result]:
    return Result.objects.select_related("item__case__applicant", "document", "issued_by")

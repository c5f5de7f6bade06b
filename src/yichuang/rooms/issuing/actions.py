"""The verbs of issuing."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from yichuang.ground import clock, files, numbers, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases.actions import endings
from yichuang.rooms.cases.actions.locked import locked, moving
from yichuang.rooms.cases.models import Case, CaseItem
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.people.models import Staff

from . import papers, rules
from .models import Result
from .rules import Expected, Receiver


@transaction.atomic
def issue(*, case: Case, by: Staff) -> list[Result]:
    """出件：已经准予的每件事，编号、打印结果，印上查验码。Refused: wrong_moment."""
    (case, rows), now = locked(case), clock.now()
    results = [_issue_item(row, by=by, at=now) for row in moving(rows, "issue")]
    trail.record(
        "issuing.issued",
        case,
        by=by,
        at=now,
        items=[result.item.code for result in results],
        names=[result.item.name for result in results],
        results=[result.number for result in results],
    )
    return results


@transaction.atomic
def hand_over(*, result: Result, receiver: Receiver, by: Staff) -> Result:
    """领取：看身份证，记下领取人，这件事办结。

    Refused: receiver_missing, receiver_unchecked, receiver_differs, receiver_unknown, wrong_moment.
    """
    (case, rows), now = locked(result.item.case), clock.now()
    result = Result.objects.select_for_update().get(pk=result.pk)
    result.item = next(row for row in rows if row.pk == result.item_id)
    receiver = Receiver(receiver.name.strip(), receiver.last_four.strip().upper()[-4:], receiver.is_proxy)
    _refuse_receiver(case, receiver)
    result.move("hand_over")
    result.delivered_at, result.delivered_by = now, by
    result.receiver = receiver.name
    result.receiver_last_four = receiver.last_four
    result.receiver_is_proxy = receiver.name != case.applicant.name or receiver.is_proxy
    result.save()
    endings.close(result.item, at=now)
    trail.record(
        "issuing.handed_over",
        result,
        by=by,
        at=now,
        case=case.pk,
        item=result.item.code,
        name=result.item.name,
        result=result.number,
        proxy=result.receiver_is_proxy,
    )
    return result


def _issue_item(row: CaseItem, *, by: Staff, at: datetime) -> Result:
    day = clock.day_of(at)
    item = catalog.spec(row.version_id)
    result = Result(
        item=row,
        number=f"R{numbers.case_number(day, numbers.next_number('result', day))}",
        check_code=_new_check_code(),
        title=papers.title_of(item),
        issued_at=at,
        issued_by=by,
    )
    pdf = papers.certificate(result, item)
    result.document = files.keep(pdf, media_type="application/pdf", at=at)
    result.digest = result.document.digest
    result.save()
    endings.issue(row, at=at)
    return result


def _new_check_code() -> str:
    """Sixteen signs nobody can guess, in groups so that a person can type them."""
    groups = range(rules.GROUPS)
    return "-".join("".join(secrets.choice(rules.SIGNS) for _ in range(rules.SIGNS_A_GROUP)) for _ in groups)


def _refuse_receiver(case: Case, receiver: Receiver) -> None:
    applicant = Expected(case.applicant.name, case.applicant.id_number[-4:])
    proxy = Expected(case.proxy_name, case.proxy_id_number[-4:]) if case.proxy_name else None
    code = rules.objection_to(receiver, applicant, proxy)
    if code:
        fields = {"receiver": "请填写"} if code == "receiver_missing" else {}
        raise Refused(code, name=receiver.name, fields=fields)

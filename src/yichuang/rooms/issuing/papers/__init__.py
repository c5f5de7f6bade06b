"""办理结果：the paper an item ends in, with a code by which anybody can check it."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from yichuang.ground import clock, papers, towns
from yichuang.ground.secrets import mask_id_number
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.catalog.terms import ResultKind

from ..models import Result

TEMPLATE = Path(__file__).with_name("result.typ")
_BRACKETS = re.compile(r"（.*?）|\(.*?\)")
_PAPERS = tuple("书表单证函照件明见议知执据卡果")  # how the names of papers end: 决定书、结算单、营业执照 …
_SAYS = {
    ResultKind.RECORD: "您申请的“{item}”已经办结，特此确认。",
    ResultKind.CERTIFICATE: "经审核，申请人符合“{item}”的条件，准予发给{title}。",
    ResultKind.RULING: "经审核，申请人符合“{item}”的条件，准予办理。",
    ResultKind.PAYMENT: "经审核，申请人符合“{item}”的条件，准予发放，款项打到登记的账户。",
    ResultKind.NONE: "您申请的“{item}”已经办结。",
}


def title_of(item: ItemSpec) -> str:
    """What the paper is called: by its own name where the result is a paper, else a notice that names the result."""
    if item.result_kind == ResultKind.NONE:
        return "办结通知书"
    name = _BRACKETS.sub("", item.result).strip()
    return name if name.endswith(_PAPERS) else "办理结果通知书"


def certificate(result: Result, item: ItemSpec) -> bytes:
    """The result as a PDF."""
    case, town = result.item.case, towns.current()
    facts = {
        "hall": town.hall_name,
        "demo": town.is_demo,
        "title": result.title,
        "number": result.number,
        "applicant": case.applicant.name,
        "id_number": mask_id_number(case.applicant.id_number),
        "item": item.name,
        "says": _SAYS[ResultKind(item.result_kind)].format(item=item.name, title=result.title),
        "result": "" if item.result == result.title else item.result,
        "validity": item.result_validity,
        "legal_basis": item.legal_basis,
        "case": case.number,
        "day": clock.day_of(result.issued_at),
        "check_code": result.check_code,
        "qr": papers.qr_svg(verify_url(result)),
    }
    return papers.typeset(TEMPLATE, facts, at=result.issued_at)


def verify_url(result: Result) -> str:
    """Where the code on the paper leads."""
    return f"{settings.PUBLIC_URL}/verify/{result.check_code}"

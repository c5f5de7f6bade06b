"""The papers of a case: receipt, one-time notice, acceptance and refusal, each a PDF with the code to track it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from yichuang.ground import clock, papers, towns, workdays
from yichuang.ground.secrets import mask_account, mask_id_number, mask_phone
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import Checklist, ItemSpec, checklist
from yichuang.rooms.catalog.terms import FieldType, Mode

from .. import queries, rules
from ..models import Case, CaseItem, Correction
from ..states import ItemStatus

_HERE = Path(__file__).parent
_MASKS = {
    FieldType.BANK_ACCOUNT: mask_account,
    FieldType.ID_NUMBER: mask_id_number,
    FieldType.PHONE: mask_phone,
}


def intake_receipt(case: Case, *, at: datetime) -> bytes:
    """收件凭证：what was handed in and when."""
    items = list(case.items.order_by("pk"))
    facts = {
        **_heading(case, "收件凭证", at),
        "opening": "您交来的申请和材料已经收下。材料齐全的当场受理；不齐的，我们一次告诉您缺什么。",
        "items": [[item.name, item.get_status_display()] for item in items],
        "columns": ["办的事", "现在"],
        "documents": papers_received(case),
        "deferred": [],
        "notes": [],
    }
    return papers.typeset(_HERE / "receipt.typ", facts, at=at)


def acceptance_receipt(case: Case, *, at: datetime) -> bytes:
    """受理通知书：what is accepted, the day promised, what may still follow."""
    items = list(case.items.exclude(status__in=queries.BEFORE_ACCEPTANCE).order_by("pk"))
    provisional = any(item.promised_is_provisional for item in items)
    facts = {
        **_heading(
            case, "受理通知书", min((item.accepted_at for item in items if item.accepted_at), default=at)
        ),
        "opening": "您申请的事项材料齐全、符合形式要求，现予受理。承诺的日子从受理的第二天起按工作日计算。",
        "items": [[item.name, _promise(item), _law(item)] for item in items],
        "columns": ["受理的事", "承诺最迟办好", "法定最迟"],
        "documents": papers_received(case),
        "deferred": list(dict.fromkeys(name for item in items for name in item.deferred)),
        "notes": ["带星号的日子跨过还没有公布放假安排的年份，公布以后可能调整，我们会告诉您。"]
        if provisional
        else [],
    }
    return papers.typeset(_HERE / "receipt.typ", facts, at=at)


def one_time_notice(correction: Correction, *, at: datetime) -> bytes:
    """一次性告知书：everything that was missing, how to cure each, and what comes then."""
    case = correction.case
    names = {item.code: item.name for item in case.items.all()}
    required = _grouped([paper for paper in correction.missing if paper["need"] == "required"], names)
    later = _grouped([paper for paper in correction.missing if paper["need"] != "required"], names)
    facts = {
        **_heading(case, "一次性告知书", correction.noticed_at),
        "items": len(names),
        "missing": required,
        "later": [f"{row[0]}：{row[1]}" for row in later],
        "documents": papers_received(case, until=correction.noticed_at),
        "then": [_then(item, correction) for item in correction.items.order_by("pk")],
        "village": case.village.name if case.village else "",
        "clerk": correction.by.name,
        "window": case.ticket.window.number if case.ticket and case.ticket.window else None,
        "phone": towns.current().phone,
    }
    return papers.typeset(_HERE / "notice.typ", facts, at=at)


def refusal_notice(item: CaseItem, *, at: datetime) -> bytes:
    """不予办理决定书：the reasons, and where to turn (行政许可法 art. 38, 行政复议法 art. 20)."""
    spec = catalog.spec(item.version_id)
    facts = {
        **_heading(item.case, "不予办理决定书", item.refused_at or at),
        "item": item.name,
        "reason": item.reason,
        "legal_basis": spec.legal_basis,
        "phone": towns.current().phone,
    }
    return papers.typeset(_HERE / "refusal.typ", facts, at=at)


def track_url(case: Case) -> str:
    """Where the receipt's code leads."""
    return f"{settings.PUBLIC_URL}/track/{case.track_token}"


def filled_form(case: Case, listed: Checklist) -> list[list[str]]:
    """The form as label and value; accounts, phones and id numbers are masked."""
    values = case.fields
    return [
        [field.label, _shown(field.type, values[field.key])]
        for field in listed.fields
        if values.get(field.key)
    ]


def papers_received(
    case: Case, item: ItemSpec | None = None, *, until: datetime | None = None, digests: bool = False
) -> list[list[str]]:
    """The papers that are there: name, and how it came.

    `item`: only those it asks for; `until`: as it was then; `digests`: the first signs of each file's digest, too.
    """
    wanted = {needed.document for needed in checklist([item], case.answers).materials} if item else None
    rows: dict[tuple[str, str], list[str]] = {}
    for document in case.documents.filter(wrong="").select_related("file").order_by("pk"):
        key = (document.material, document.person)
        if (wanted is not None and key not in wanted) or (until and document.received_at > until):
            continue
        how = f"{document.pages} 页" if document.file else "原件已核验退还"
        if digests and document.file:
            how = f"{how}，{document.file.digest[:12]}"
        if document.instead:
            how = f"{document.instead}，{how}"
        rows[key] = [rules.said(*key), how]
    return list(rows.values())


def _heading(case: Case, title: str, day: datetime) -> dict[str, Any]:
    town = towns.current()
    return {
        "title": title,
        "hall": town.hall_name,
        "demo": town.is_demo,
        "number": case.number,
        "at": day,
        "day": clock.day_of(day),
        "applicant": case.applicant.name,
        "id_number": mask_id_number(case.applicant.id_number),
        "proxy": case.proxy_name,
        "qr": papers.qr_svg(track_url(case)),
    }


def _grouped(missing: list[dict[str, Any]], names: dict[str, str]) -> list[list[str]]:
    """Rows of the notice: what, what kind, how to cure, for which item; alternatives share a row."""
    groups: dict[Any, list[dict[str, Any]]] = {}
    for paper in missing:
        groups.setdefault(paper["choice"] or (paper["name"], paper["person"]), []).append(paper)
    rows = []
    for papers_of_group in groups.values():
        what = [rules.said(paper["name"], paper["person"]) for paper in papers_of_group]
        kinds = ["；".join([_kind(paper), *paper["notes"]]) for paper in papers_of_group]
        cures = [f"{_wrong(paper)}{paper['how']}" for paper in papers_of_group]
        codes = dict.fromkeys(code for paper in papers_of_group for code in paper["items"])
        several = len(what) > 1
        rows.append(
            [
                " 或 ".join(what) + ("（交一份就行）" if several else ""),
                "\n".join(dict.fromkeys(kinds)),
                "\n".join(dict.fromkeys(cures)),
                "、".join(names.get(code, code) for code in codes),
            ]
        )
    return rows


def _kind(paper: dict[str, Any]) -> str:
    return f"{paper['form']} {paper['copies']} 份" if paper["copies"] else str(paper["form"])


def _wrong(paper: dict[str, Any]) -> str:
    return f"交来的不能用：{paper['wrong']}。" if paper["wrong"] else ""


def _then(item: CaseItem, correction: Correction) -> str:
    spec = catalog.spec(item.version_id)
    if spec.mode == Mode.ON_THE_SPOT:
        return f"{item.name}：当场办结。"
    told = clock.day_of(correction.noticed_at)
    promise = rules.promise(spec, told, workdays.calendar())
    day = promise.promised_by
    return (
        f"{item.name}：从受理的第二天起 {spec.promised_workdays} 个工作日内办结（法定 {spec.statutory_workdays} 个）。"
        f"{told.month}月{told.day}日补齐，最迟 {day.year}年{day.month}月{day.day}日办好。"
    )


def _promise(item: CaseItem) -> str:
    if item.status in (ItemStatus.REFUSED,):
        return "不予办理"
    if catalog.spec(item.version_id).mode == Mode.ON_THE_SPOT:
        return "当场办结"
    return _day(item.promised_by) + ("*" if item.promised_is_provisional else "")


def _law(item: CaseItem) -> str:
    return "当场" if catalog.spec(item.version_id).mode == Mode.ON_THE_SPOT else _day(item.statutory_by)


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _shown(kind: str, value: str) -> str:
    mask = _MASKS.get(FieldType(kind))
    return mask(value) if mask else value

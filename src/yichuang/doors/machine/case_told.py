"""A case and what belongs to it, as answers. Personal numbers are masked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from pydantic import Field

from yichuang.ground import trail
from yichuang.ground.secrets import mask_id_number, mask_phone
from yichuang.rooms.cases import queries
from yichuang.rooms.cases.models import Case, CaseItem, Document
from yichuang.rooms.catalog.rules import Asked as AskedQuestion
from yichuang.rooms.catalog.rules import Needed
from yichuang.rooms.issuing import queries as issuing
from yichuang.rooms.issuing.models import Result

from .schemas import Moment, Told
from .told_trail import TrailTold, trail_told


class StepTold(Told):
    name: str = Field(description="环节")
    state: str = Field(description="done 办完，now 正在办，later 还没轮到")
    by: str
    at: Moment | None
    note: str


class ItemTold(Told):
    id: int
    code: str
    name: str
    status: str
    status_name: str
    state: str = Field(description="现在怎么样，一句话")
    submitted_at: Moment | None
    accepted_at: Moment | None
    promised_by: date | None = Field(description="承诺哪天办好")
    provisional: bool = Field(description="承诺的日子跨过还没有放假通知的年份，可能会变")
    statutory_by: date | None = Field(description="法定最迟哪天")
    deferred: list[str] = Field(description="可以随后补的材料")
    granted_at: Moment | None
    refused_at: Moment | None
    reason: str = Field(description="不予办理的理由")
    issued_at: Moment | None
    closed_at: Moment | None
    steps: list[StepTold]


class MissingTold(Told):
    name: str
    person: str
    choice: str = Field(description="同一组里有一份就行")
    items: list[str]
    why: str
    how: str


class UnansweredTold(Told):
    key: str
    question: str
    answers: list[str]


class DocumentTold(Told):
    id: int
    material: str
    person: str
    instead: str = Field(description="用哪个证件代替的")
    name: str = Field(description="文件名；看过原件就还的没有")
    media_type: str
    pages: int
    wrong: str = Field(description="哪里不对")
    received_at: Moment


class NoticeRow(Told):
    name: str
    person: str
    need: str = Field(description="required 要补，deferrable 可以随后补")
    how: str
    why: str
    wrong: str
    items: list[str]


class NoticeTold(Told):
    noticed_at: Moment
    missing: list[NoticeRow]


class ResultTold(Told):
    number: str = Field(description="结果编号")
    item: str
    title: str
    status: str = Field(description="ready 等领取，delivered 已领取")
    check_code: str = Field(description="查验码")
    verify_url: str
    document_url: str
    digest: str = Field(description="文件的 SHA-256")
    issued_at: Moment


class ApplicantTold(Told):
    name: str
    id_number: str = Field(description="只显示头三位和末四位")
    phone: str


class CaseTold(Told):
    number: str = Field(description="办件编号")
    channel: str
    opened_at: Moment
    received_on: date | None
    applicant: ApplicantTold
    proxy: str
    village: str
    ticket: str | None = Field(description="票号")
    items: list[ItemTold]
    missing: list[MissingTold] = Field(description="居民还要带来或交来的，不含窗口打印和系统调取的")
    unanswered: list[UnansweredTold]
    answers: dict[str, str]
    documents: list[DocumentTold]
    notices: list[NoticeTold] = Field(description="一次性告知")
    results: list[ResultTold]
    trail: list[TrailTold] = Field(description="这个办件和它的结果发生过的事，早的在前")
    track_url: str


def case_told(case: Case) -> dict[str, Any]:
    """The whole of a case for those who work on it, read anew."""
    case = Case.objects.select_related("applicant", "village", "ticket").get(pk=case.pk)
    results = list(issuing.results_of(case))
    rows = case.items.select_related("accepted_by", "case__applicant", "case__village").order_by("pk")
    return {
        "number": case.number,
        "channel": case.channel,
        "opened_at": case.opened_at,
        "received_on": case.received_on,
        "applicant": {
            "name": case.applicant.name,
            "id_number": mask_id_number(str(case.applicant.id_number)),
            "phone": mask_phone(str(case.applicant.phone)),
        },
        "proxy": case.proxy_name,
        "village": case.village.name if case.village else "",
        "ticket": case.ticket.number if case.ticket else None,
        "items": [item_told(row) for row in rows],
        "missing": [missing_told(needed) for needed in queries.missing_of(case)],
        "unanswered": [unanswered_told(asked) for asked in queries.unanswered_of(case)],
        "answers": case.answers,
        "documents": [document_told(each) for each in case.documents.select_related("file").order_by("pk")],
        "notices": list(case.corrections.order_by("pk")),
        "results": [result_told(result) for result in results],
        "trail": trail_told(trail.told_of(case, *results)),
        "track_url": f"{settings.PUBLIC_URL}/track/{case.track_token}",
    }


def item_told(item: CaseItem) -> dict[str, Any]:
    return {
        **{
            name: getattr(item, name)
            for name in (
                "id", "code", "name", "status", "submitted_at", "accepted_at", "promised_by", "statutory_by",
                "deferred", "granted_at", "refused_at", "reason", "issued_at", "closed_at",
            )
        },
        "status_name": item.get_status_display(),
        "state": queries.plain_state(item),
        "provisional": item.promised_is_provisional,
        "steps": queries.steps(item),
    }  # fmt: skip


def missing_told(needed: Needed) -> dict[str, Any]:
    return {
        "name": needed.name,
        "person": needed.person,
        "choice": needed.choice,
        "items": list(needed.items),
        "why": needed.why,
        "how": needed.how,
    }


def unanswered_told(asked: AskedQuestion) -> dict[str, Any]:
    return {"key": asked.key, "question": asked.question, "answers": list(asked.answers)}


def document_told(document: Document) -> dict[str, Any]:
    return {
        "id": document.pk,
        "material": document.material,
        "person": document.person,
        "instead": document.instead,
        "name": document.name,
        "media_type": document.file.media_type if document.file else "",
        "pages": document.pages,
        "wrong": document.wrong,
        "received_at": document.received_at,
    }


def result_told(result: Result) -> dict[str, Any]:
    return {
        "number": result.number,
        "item": result.item.code,
        "title": result.title,
        "status": result.status,
        "check_code": result.check_code,
        "verify_url": f"{settings.PUBLIC_URL}/verify/{result.check_code}",
        "document_url": f"/api/v1/results/{result.number}/document",
        "digest": result.digest,
        "issued_at": result.issued_at,
    }

"""Cases at the window: opening, papers, the one notice, acceptance, deciding on the spot, issuing."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import File, Form, Status, UploadedFile
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock, files
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.actions import CaseOpening, Draft, Paper, Proxy
from yichuang.rooms.cases.models import Case
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.issuing import actions as issuing
from yichuang.rooms.people.actions import Person

from .api import router
from .case_told import CaseTold, DocumentTold, ResultTold, case_told, document_told, result_told
from .schemas import Asked, Code, Told, found, who_asks

calls = router("办件")

SEEN_BY = ("clerk", "reviewer", "village_head", "hall_manager", "supervisor", "leader", "auditor")
Value = str | int | float | bool | None


class ApplicantSaid(Asked):
    name: str = Field(max_length=80, description="姓名")
    id_number: str = Field(max_length=30, description="身份证号")
    phone: str = Field("", max_length=30, description="电话")
    address: str = Field("", max_length=200, description="住址")
    village: str = Field("", max_length=60, description="所属村，代码或名称；不是本镇的不填")


class ProxySaid(Asked):
    name: str = Field("", max_length=80, description="代办人姓名")
    id_number: str = Field("", max_length=30, description="代办人身份证号")
    phone: str = Field("", max_length=30, description="代办人电话")


class CaseSaid(Asked):
    items: list[Code] = Field(min_length=1, max_length=20, description="要办的事项编码")
    applicant: ApplicantSaid
    proxy: ProxySaid | None = Field(None, description="替别人办的，写代办人")
    answers: dict[str, Value] = Field({}, description="情形问题的回答")
    fields: dict[str, Value] = Field({}, description="表单")
    ticket: int | str | None = Field(None, description="哪个号来办的：号的 id，或今天的票号")
    list_code: str | None = Field(
        None, max_length=400, description="带来的清单；不说就用号上的，答过的不再问"
    )


class CorrectionSaid(Asked):
    wrong: dict[Annotated[int, Field(ge=1, lt=10**18)], Annotated[str, Field(max_length=200)]] = Field(
        {}, description="已经收的材料哪里不对：材料 id 对一句话"
    )


class DraftSaid(Asked):
    items: list[Code] | None = Field(None, min_length=1, max_length=20, description="换成这些事项")
    village: str | None = Field(None, max_length=60, description="所属村，代码或名称")
    answers: dict[str, Value] = Field({}, description="情形问题的回答，没说的不变")
    fields: dict[str, Value] = Field({}, description="表单，没说的不变")


class Some(Asked):
    only: list[Code] = Field([], max_length=20, description="只办其中几个事项；不说就是全部")


class Decision(Asked):
    item: Code = Field(description="事项编码，要是即办件")
    verdict: Literal["agree", "refuse"] = Field("agree", description="agree 准予，refuse 不予办理")
    reason: str = Field("", max_length=1000, description="不予办理的理由")


class DocumentAdded(Told):
    document: DocumentTold
    missing: list[str] = Field(description="还缺的材料")


class Issued(Told):
    results: list[ResultTold]


@calls.post("/cases", response={201: CaseTold}, summary="收件")
@audience("clerk")
def open_case(request: HttpRequest, body: CaseSaid) -> Status:
    """收件：登记申请人和要办的事；问题可以先不答全，材料可以随后补。"""
    opening = CaseOpening(
        items=body.items,
        applicant=Person(**body.applicant.model_dump()),
        proxy=Proxy(**body.proxy.model_dump()) if body.proxy else None,
        answers=body.answers,
        fields=body.fields,
        list_code=body.list_code or "",
        ticket=None if body.ticket in (None, "") else _ticket(str(body.ticket)),
    )
    return Status(201, case_told(actions.open_case(opening=opening, by=who_asks(request).staff)))


def _ticket(told: str) -> Ticket:
    today = Ticket.objects.filter(day=clock.day_of(clock.now()), number=told).first()
    if today is None and told.isdecimal() and told.isascii() and len(told) < 19:
        today = Ticket.objects.filter(pk=int(told)).first()
    return found(today)


@calls.get("/cases/{word:number}", response=CaseTold, summary="一个办件")
@audience(*SEEN_BY)
def case(request: HttpRequest, number: str) -> dict[str, Any]:
    """办件现在的样子：每个事项到哪一步、缺什么、承诺哪天办好。"""
    return case_told(_case(request, number))


def _case(request: HttpRequest, number: str) -> Case:
    return queries.by_number(number, staff=who_asks(request).staff)


@calls.post("/cases/{word:number}/draft", response=CaseTold, summary="存草稿")
@audience("clerk")
def save_draft(request: HttpRequest, number: str, body: DraftSaid) -> dict[str, Any]:
    """填到哪存到哪：回答问题、填表、加减事项。提交以后只能改表，受理以后都不能改。"""
    case = _case(request, number)
    draft = Draft(answers=body.answers, fields=body.fields, items=body.items, village=body.village)
    return case_told(actions.save_draft(case=case, draft=draft, by=who_asks(request).staff))


@calls.post("/cases/{word:number}/documents", response={201: DocumentAdded}, summary="收一份材料")
@audience("clerk")
def add_document(
    request: HttpRequest,
    number: str,
    material: Annotated[str, Form(min_length=1, max_length=120, description="清单上的材料名称")],
    person: Annotated[str, Form(max_length=40, description="谁的；不说就是清单上头一份")] = "",
    pages: Annotated[int, Form(ge=1, le=500, description="页数")] = 1,
    file: UploadedFile | None = File(None, description="照片或 PDF；看过原件就还的可以没有"),  # noqa: B008
) -> Status:
    """收材料：照片、扫描件或 PDF；没有文件的，是窗口看过原件。"""
    case, now = _case(request, number), clock.now()
    stored = files.receive(name=str(file.name), chunks=file.chunks(), at=now) if file else None
    name = str(file.name) if file else ""
    paper = Paper(material=material, person=person, file=stored, name=name, pages=pages)
    document = actions.add_document(case=case, paper=paper, by=who_asks(request).staff)
    missing = [needed.name for needed in queries.missing_of(case)]
    return Status(201, {"document": document_told(document), "missing": missing})


@calls.post("/cases/{word:number}/submit", response=CaseTold, summary="提交")
@audience("clerk")
def submit(request: HttpRequest, number: str) -> dict[str, Any]:
    """提交给窗口看材料；问题没答、表没填的会逐个说出来。"""
    return case_told(actions.submit(case=_case(request, number), by=who_asks(request).staff))


@calls.post("/cases/{word:number}/request-correction", response=CaseTold, summary="一次性告知")
@audience("clerk")
def request_correction(
    request: HttpRequest, number: str, body: CorrectionSaid | None = None
) -> dict[str, Any]:
    """缺什么、哪里不对，一次说全；同一件事只告知一次。"""
    case = _case(request, number)
    actions.request_correction(case=case, wrong=body.wrong if body else None, by=who_asks(request).staff)
    return case_told(case)


@calls.post("/cases/{word:number}/resubmit", response=CaseTold, summary="补齐了，重新提交")
@audience("clerk")
def resubmit(request: HttpRequest, number: str, body: Some | None = None) -> dict[str, Any]:
    """材料补齐，重新提交。"""
    only = body.only if body else ()
    return case_told(actions.resubmit(case=_case(request, number), only=only, by=who_asks(request).staff))


@calls.post("/cases/{word:number}/accept", response=CaseTold, summary="受理")
@audience("clerk")
def accept(request: HttpRequest, number: str, body: Some | None = None) -> dict[str, Any]:
    """受理：承诺哪天办好，交给村和部门；即办件当场准予。"""
    only = body.only if body else ()
    return case_told(actions.accept(case=_case(request, number), only=only, by=who_asks(request).staff))


@calls.post("/cases/{word:number}/decide", response=CaseTold, summary="即办件当场决定")
@audience("clerk")
def decide(request: HttpRequest, number: str, body: Decision) -> dict[str, Any]:
    """即办件：受理和决定一次做完；不予办理要写理由。"""
    case = _case(request, number)
    item = found(case.items.filter(code=body.item).first())
    actions.decide_on_the_spot(
        item=item, verdict=body.verdict, opinion=body.reason, by=who_asks(request).staff
    )
    return case_told(case)


@calls.post("/cases/{word:number}/issue", response=Issued, summary="出件")
@audience("clerk")
def issue(request: HttpRequest, number: str) -> dict[str, Any]:
    """给准予了的每个事项出结果：编号、文件、查验码。"""
    results = issuing.issue(case=_case(request, number), by=who_asks(request).staff)
    return {"results": [result_told(result) for result in results]}

"""The village head's signature: bound to the digest of the paper that was shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.ground import files
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.signing import actions, queries
from yichuang.rooms.signing.models import SigningTask

from .api import router
from .reviews import TaskTold, Tray, task_told
from .schemas import Asked, Moment, Told, found, pdf, who_asks

calls = router("签批")


class SheetTold(Told):
    document_url: str = Field(description="签批单（PDF）")
    digest: str = Field(description="签批单的 SHA-256，签的就是它")
    words: str = Field(description="摘要的暗语，纸上也印着")
    status: str = Field(description="shown 已打开，signed 已签，returned 已退回")
    shown_at: Moment | None
    signed_at: Moment | None
    task: TaskTold


class Signature(Asked):
    digest: str = Field(min_length=64, max_length=64, description="看到的签批单的摘要")
    pin: str = Field(min_length=1, max_length=40, description="签字密码")
    strokes: str | None = Field(
        None, max_length=700_000, description="手写的名字，PNG 图片的 base64，可以没有"
    )


class ReturnReason(Asked):
    reason: str = Field(max_length=2000, description="为什么退回")


@calls.get("/signing/tray", response=Tray, summary="请我签字的")
@audience("village_head")
def tray(request: HttpRequest) -> dict[str, Any]:
    """本村待签的件，剩余时间最少的在前。"""
    return {"tasks": [task_told(task) for task in queries.in_tray(who_asks(request).staff)]}


@calls.get("/signing/{row:task_id}", response=SheetTold, summary="打开签批单")
@audience("village_head")
def sheet(request: HttpRequest, task_id: int) -> dict[str, Any]:
    """打开签批单：从这一刻起文件定下来，再打开还是同一份。"""
    staff = who_asks(request).staff
    return _sheet_told(actions.open_task(task=cases.task_of(staff, task_id), by=staff))


@calls.get(
    "/signing/{row:task_id}/document",
    summary="签批单的 PDF",
    openapi_extra=pdf("签批单；签过的是带签名的那一份"),
)
@audience("village_head")
def document(request: HttpRequest, task_id: int) -> HttpResponse:
    """打开过的签批单。"""
    signing = found(queries.signing_of(cases.task_of(who_asks(request).staff, task_id)))
    stored = signing.signed_document or signing.document
    return HttpResponse(files.content_of(stored), content_type=stored.media_type)


@calls.post("/signing/{row:task_id}/sign", response=SheetTold, summary="同意并签字")
@audience("village_head")
def sign(request: HttpRequest, task_id: int, body: Signature) -> dict[str, Any]:
    """签的必须正是看到的那一份；再认一次人。"""
    staff = who_asks(request).staff
    signed = actions.sign(
        task=cases.task_of(staff, task_id),
        digest=body.digest,
        strokes=body.strokes,
        pin=body.pin,
        by=staff,
    )
    return _sheet_told(signed)


@calls.post("/signing/{row:task_id}/return", response=SheetTold, summary="退回")
@audience("village_head")
def give_back(request: HttpRequest, task_id: int, body: ReturnReason) -> dict[str, Any]:
    """情况不实或不同意，写清理由。"""
    staff = who_asks(request).staff
    task = cases.task_of(staff, task_id)
    return _sheet_told(actions.return_task(task=task, reason=body.reason, by=staff))


def _sheet_told(signing: SigningTask) -> dict[str, Any]:
    return {
        "document_url": f"/api/v1/signing/{signing.task_id}/document",
        "digest": signing.digest,
        "words": signing.words,
        "status": signing.status,
        "shown_at": signing.shown_at,
        "signed_at": signing.signed_at,
        "task": task_told(signing.task),
    }

"""The reviewer's tray: claiming a task and giving an opinion."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.actions.review import SIGNED_KINDS
from yichuang.rooms.cases.models import RouteTask

from .api import router
from .schemas import Asked, Moment, Told, who_asks

calls = router("审核")


class TaskTold(Told):
    id: int
    case: str = Field(description="办件编号")
    item: str = Field(description="事项编码")
    name: str = Field(description="事项")
    applicant: str
    kind: str = Field(description="village_review、village_seal、village_signature、office_review")
    place: str = Field(description="哪个部门或村")
    stage: int
    status: str = Field(description="open 待办，claimed 正在办，done 已办")
    by: str = Field(description="谁在办")
    verdict: str
    opinion: str
    promised_by: date | None
    provisional: bool
    opened_at: Moment | None


class Tray(Told):
    tasks: list[TaskTold]


class Opinion(Asked):
    verdict: Literal["agree", "refuse", "send_back"] = Field(
        description="agree 同意，refuse 不同意，send_back 退回上一步"
    )
    reason: str = Field("", max_length=2000, description="意见；不同意和退回一定要写")


@calls.get("/reviews/tray", response=Tray, summary="轮到我审的")
@audience("reviewer", "village_head")
def tray(request: HttpRequest) -> dict[str, Any]:
    """本部门待审的件，剩余时间最少的在前。签字、盖章的在 /signing/tray。"""
    tasks = queries.tray(who_asks(request).staff).exclude(kind__in=SIGNED_KINDS)
    return {"tasks": [task_told(task) for task in tasks]}


@calls.post("/reviews/{row:task_id}/claim", response=TaskTold, summary="领件")
@audience("reviewer", "village_head")
def claim(request: HttpRequest, task_id: int) -> dict[str, Any]:
    """这一件我来审。"""
    staff = who_asks(request).staff
    return task_told(actions.claim(task=queries.task_of(staff, task_id), by=staff))


@calls.post("/reviews/{row:task_id}/opinion", response=TaskTold, summary="审核意见")
@audience("reviewer", "village_head")
def opinion(request: HttpRequest, task_id: int, body: Opinion) -> dict[str, Any]:
    """同意、不同意或退回；最后一步都同意，这件事就准予。"""
    staff = who_asks(request).staff
    task = queries.task_of(staff, task_id)
    return task_told(actions.give_opinion(task=task, verdict=body.verdict, opinion=body.reason, by=staff))


def task_told(task: RouteTask) -> dict[str, Any]:
    item = task.item
    return {
        "id": task.pk,
        "case": item.case.number,
        "item": item.code,
        "name": item.name,
        "applicant": item.case.applicant.name,
        "kind": task.kind,
        "place": task.place,
        "stage": task.stage,
        "status": task.status,
        "by": task.by.name if task.by else "",
        "verdict": task.verdict,
        "opinion": task.opinion,
        "promised_by": item.promised_by,
        "provisional": item.promised_is_provisional,
        "opened_at": task.opened_at,
    }

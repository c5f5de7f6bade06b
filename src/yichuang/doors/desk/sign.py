"""The village head's signature, on a phone: a link, a look, a signature."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.ground.identity import IdNumber
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import queries
from yichuang.rooms.cases.models import Case, RouteTask, TaskKind
from yichuang.rooms.cases.papers import filled_form
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import checklist
from yichuang.rooms.signing import actions
from yichuang.rooms.signing import queries as signing
from yichuang.rooms.signing.rules import OPINIONS
from yichuang.rooms.signing.states import SigningStatus

from .answers import act, gone_on, shown, who_of
from .drawing import drawn

TRAY = "/desk/sign/"
STEPS = {
    TaskKind.VILLAGE_REVIEW: "村初审",
    TaskKind.VILLAGE_SEAL: "村盖章",
    TaskKind.VILLAGE_SIGNATURE: "村主任签字",
}
SIGNED_SHOWN = 5


@audience("village_head")
def tray(request: HttpRequest) -> HttpResponse:
    """请您签字：时间最紧的在前面。"""
    head = who_of(request).staff
    rows = [
        {
            "task": task,
            "step": STEPS[TaskKind(task.kind)],
            "name": catalog.spec(task.item.version_id).short_name,
        }
        for task in signing.in_tray(head)
    ]
    return shown(
        request, "desk/sign_tray.html", {"rows": rows, "signed": signing.signed_by(head)[:SIGNED_SHOWN]}
    )


@audience("village_head")
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """打开签批单：从这一刻起文件定下来，看到的就是要签的。"""
    found = queries.task_of(who_of(request).staff, task_id)
    return _sheet(request, found)


@act
@audience("village_head", keep_answer=False)  # a kept digest of the request would let a PIN be guessed
def sign(request: HttpRequest, task_id: int) -> HttpResponse:
    """同意并签字"""
    found = queries.task_of(who_of(request).staff, task_id)
    told = request.POST
    try:
        actions.sign(
            task=found,
            digest=told.get("digest", ""),
            strokes=drawn(told.get("strokes", "")),
            pin=told.get("pin", ""),
            by=who_of(request).staff,
        )
    except Refused as refused:
        return _sheet(request, found, refused)
    return gone_on(TRAY, f"签好了：{found.item.case.applicant.name}，{found.item.name}")


@act
@audience("village_head")
def send_back(request: HttpRequest, task_id: int) -> HttpResponse:
    """退回，写清理由"""
    found = queries.task_of(who_of(request).staff, task_id)
    try:
        actions.return_task(task=found, reason=request.POST.get("reason", ""), by=who_of(request).staff)
    except Refused as refused:
        return _sheet(request, found, refused)
    return gone_on(TRAY, f"退回了：{found.item.case.applicant.name}，{found.item.name}")


def _sheet(request: HttpRequest, task: RouteTask, refused: Refused | None = None) -> HttpResponse:
    opened = signing.signing_of(task)
    if opened is None:
        try:
            opened = actions.open_task(task=task, by=who_of(request).staff)
        except Refused as closed:
            return shown(request, "desk/sign_closed.html", {"task": task}, closed)
    case, spec = task.item.case, catalog.spec(task.item.version_id)
    listed = checklist([spec], case.answers)
    page: dict[str, Any] = {
        "task": task,
        "signing": opened,
        "is_open": opened.status == SigningStatus.SHOWN,
        "case": case,
        "spec": spec,
        "step": STEPS[TaskKind(task.kind)],
        "facts": _facts(case, task),
        "form": filled_form(case, listed),
        "answers": [(asked.question, asked.answer) for asked in listed.questions if asked.answer],
        "typed": request.POST,
    }
    return shown(request, "desk/sign.html", page, refused)


def _facts(case: Case, task: RouteTask) -> list[tuple[str, str]]:
    """Five lines that a village head looks at first."""
    person = case.applicant
    number = IdNumber(str(person.id_number))
    age = number.age_on(clock.day_of(clock.now()))
    rows = [
        ("申请人", f"{person.name}，{'男' if number.sex == 'male' else '女'}，{age} 岁"),
        ("住在", person.address or "没有登记"),
        ("材料", f"{case.documents.filter(wrong='').count()} 份，窗口核对过"),
        ("您的意见", OPINIONS[task.kind].rstrip("。")),
    ]
    if case.proxy_name:
        rows.insert(2, ("代办人", case.proxy_name))
    return rows

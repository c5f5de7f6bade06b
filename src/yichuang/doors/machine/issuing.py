"""Results: handing over, and the public check by code. Issuing itself is a verb of the case (cases.py)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.ground import files
from yichuang.rooms.feedback.queries import invitation_of
from yichuang.rooms.issuing import actions, queries
from yichuang.rooms.issuing.rules import Receiver

from .api import router
from .case_told import ResultTold, result_told
from .schemas import Asked, Moment, Told, pdf, who_asks

calls = router("出件")


class ReceiverSaid(Asked):
    receiver: str = Field(max_length=80, description="谁来领的，姓名")
    last_four: str = Field("", max_length=4, description="看身份证，号码后四位")
    is_proxy: bool = Field(False, description="不是本人也不是登记的代办人：看过委托书，代领")


class HandedOver(ResultTold):
    invitation: str = Field(description="请评价：POST /ratings/{invitation}")


class Checked(Told):
    number: str
    title: str
    item: str
    holder: str = Field(description="持有人，只显示姓")
    hall: str
    issued_at: Moment
    digest: str = Field(description="文件的 SHA-256")
    is_demo: bool = Field(description="演示用，没有法律效力")


@calls.post("/results/{word:number}/hand-over", response=HandedOver, summary="领取")
@audience("clerk")
def hand_over(request: HttpRequest, number: str, body: ReceiverSaid) -> dict[str, Any]:
    """核对身份证，交给来领的人，这件事办结；给出请他评价的邀请。"""
    staff = who_asks(request).staff
    receiver = Receiver(body.receiver, body.last_four, body.is_proxy)
    result = actions.hand_over(result=queries.by_number(number, staff=staff), receiver=receiver, by=staff)
    return {**result_told(result), "invitation": invitation_of(result.item.case)}


@calls.get("/results/{word:number}/document", summary="结果的 PDF", openapi_extra=pdf("结果文件"))
@audience("clerk", "hall_manager")
def document(request: HttpRequest, number: str) -> HttpResponse:
    """结果文件。"""
    result = queries.by_number(number, staff=who_asks(request).staff)
    return HttpResponse(files.content_of(result.document), content_type=result.document.media_type)


@calls.get("/verify/{word:code}", response=Checked, summary="查验一份结果")
@audience("public")
def verify(request: HttpRequest, code: str) -> queries.Checked:
    """凭查验码核对手里的结果是不是真的；只给核对用得着的。"""
    return queries.checked(code)

"""The trail and its seals, for the auditor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.ground import seals

from .api import router
from .schemas import Told

calls = router("留痕")


class TrailCheck(Told):
    events: int = Field(description="核对了几条留痕")
    seals: int = Field(description="核对了几个封条")
    first_bad: dict[str, Any] | None = Field(description="第一处对不上的地方；没有就是 null")


@calls.get("/trail/check", response=TrailCheck, summary="核对留痕有没有被改动")
@audience("auditor")
def check(request: HttpRequest) -> seals.Check:
    """把整条链从头数一遍：改过、删过、插过、换过次序，都会对不上。"""
    return seals.check()

"""The figures of the hall, each with its definition and the records it counts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.rooms.supervision import queries

from .api import router
from .schemas import FIRST_DAY, LAST_DAY, Moment, Told

calls = router("数字")

SEEN_BY = ("hall_manager", "supervisor", "leader", "auditor")
FROM = Query(alias="from", ge=FIRST_DAY, le=LAST_DAY, description="从哪天，默认今天")
TO = Query(ge=FIRST_DAY, le=LAST_DAY, description="到哪天，默认今天")


class FigureTold(Told):
    name: str
    label: str = Field(description="叫什么")
    value: float | int | None = Field(description="没有可数的时候是 null")
    unit: str
    part: int
    whole: int
    definition: str = Field(description="怎么数的，一句话")
    sql: str = Field(description="从记录重新数一遍的语句")
    beside: str = Field(description="一定要和它放在一起看的数")


class FiguresTold(Told):
    start: date = Field(serialization_alias="from")
    to: date
    figures: list[FigureTold]


class RecordTold(Told):
    at: Moment
    what: str
    who: str
    detail: str


class RecordsTold(Told):
    rows: list[RecordTold]
    total: int
    page: int
    pages: int


@calls.get("/figures", response=FiguresTold, by_alias=True, summary="大厅的数字")
@audience(*SEEN_BY)
def figures(
    request: HttpRequest,
    start: Annotated[date | None, FROM] = None,
    to: Annotated[date | None, TO] = None,
) -> dict[str, Any]:
    """每个数字的值和定义；一个数字只有一个定义，点得开、数得回。"""
    first, last = _days(start, to)
    told = queries.figures(first, last).values()
    return {"start": first, "to": last, "figures": list(told)}


@calls.get("/figures/{word:name}/records", response=RecordsTold, summary="一个数字数的是哪些记录")
@audience(*SEEN_BY)
def records(
    request: HttpRequest,
    name: str,
    start: Annotated[date | None, FROM] = None,
    to: Annotated[date | None, TO] = None,
    page: Annotated[int, Query(ge=1, le=1_000_000, description="第几页，每页 100 条")] = 1,
) -> queries.Records:
    """这个数字背后的一条条记录，新的在前；不显示个人信息。"""
    return queries.records(name, *_days(start, to), page)


def _days(start: date | None, to: date | None) -> tuple[date, date]:
    today = clock.day_of(clock.now())
    return start or to or today, to or max(start or today, today)

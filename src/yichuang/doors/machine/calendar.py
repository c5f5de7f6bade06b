"""Counting in working days, as the limits of the law are counted."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.ground import workdays

from .api import router
from .schemas import FIRST_DAY, LAST_DAY, Told

calls = router("工作日")
MOST_WORKDAYS = 3_000


class Due(Told):
    date: date
    provisional: bool = Field(description="路上经过的年份还没有放假通知，日子可能会变")


class Between(Told):
    workdays: int = Field(description="起始日不算，截止日算；截止日在前的是负数")


@calls.get("/workdays/add", response=Due, summary="几个工作日以后是哪天")
@audience("public")
def add(
    request: HttpRequest,
    start: Annotated[date, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY, description="从哪天起，当天不算")],
    days: Annotated[int, Query(ge=0, le=MOST_WORKDAYS, description="几个工作日")],
) -> workdays.Due:
    """从某天起加几个工作日，当天不算；周六调休上班的算工作日，放假的不算。"""
    return workdays.calendar().add_workdays(start, days)


@calls.get("/workdays/between", response=Between, summary="两天之间有几个工作日")
@audience("public")
def between(
    request: HttpRequest,
    start: Annotated[date, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY, description="起始日，不算")],
    to: Annotated[date, Query(ge=FIRST_DAY, le=LAST_DAY, description="截止日，算")],
) -> dict[str, int]:
    """两天之间的工作日数。"""
    return {"workdays": workdays.calendar().workdays_between(start, to)}

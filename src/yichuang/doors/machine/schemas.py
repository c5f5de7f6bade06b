"""What the groups' schemas share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, PlainSerializer

from yichuang.doors.shared.sign_in import Principal
from yichuang.ground import clock
from yichuang.ground.refusals import Refused

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)  # days that may be asked about


def _with_offset(moment: datetime) -> str:
    return moment.astimezone(clock.TOWN_TIME).isoformat(timespec="milliseconds")


Moment = Annotated[
    datetime,
    PlainSerializer(_with_offset, return_type=str),
    Field(examples=["2026-11-23T09:00:00.000+08:00"]),
]
"""A moment in the town's time, RFC 3339 with its offset."""

Code = Annotated[str, Field(min_length=1, max_length=20)]
"""The code of an item."""


_Row = TypeVar("_Row")


class Told(Schema):
    """An answer."""


class Asked(Schema):
    """A JSON body. Names it does not know are left aside."""


def who_asks(request: HttpRequest) -> Principal:
    """Who the Gate found to be asking."""
    who: Principal = request.who  # type: ignore[attr-defined]
    return who


def found(row: _Row | None) -> _Row:
    """The row, or 404: what is not there and what is another's look the same."""
    if row is None:
        raise Refused("not_found")
    return row


def pdf(description: str) -> dict[str, Any]:
    """How the description of the API shows an answer that is a PDF."""
    content = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": description, "content": content}}}

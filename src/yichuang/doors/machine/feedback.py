"""Rating a service: by an invitation, once, without giving a name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.ground import trail
from yichuang.rooms.feedback import actions, queries, rules
from yichuang.rooms.feedback.actions import Said
from yichuang.rooms.feedback.models import Channel, Grade, Rating
from yichuang.rooms.people.models import Device

from .api import router
from .schemas import Asked, Moment, Told, who_asks
from .told_trail import TrailTold, trail_told

calls = router("评价")
CHANNELS = {"rater": Channel.RATER, "kiosk": Channel.KIOSK}


class Offered(Told):
    code: str
    name: str


class GradeOffered(Told):
    grade: int
    name: str
    reasons: list[Offered]


class RatingTold(Told):
    grade: int = Field(description="5 非常满意，4 满意，3 基本满意，2 不满意，1 非常不满意")
    grade_name: str
    reasons: list[str]
    rated_at: Moment
    trail: list[TrailTold] = Field(description="留下的痕；谁评的不记名字")


class InvitationTold(Told):
    service: str = Field(description="哪一次服务")
    is_over: bool = Field(description="办完了，可以评价")
    rating: RatingTold | None = Field(description="已经评过的；没评是 null")
    grades: list[GradeOffered]


class RatingSaid(Asked):
    grade: int = Field(ge=1, le=5, description="5 非常满意 … 1 非常不满意")
    reasons: list[str] = Field([], max_length=20, description="原因代号，可以不选")
    words: str = Field("", max_length=rules.MOST_WORDS, description="想说的话，可以不写")


@calls.get("/ratings/{word:invitation}", response=InvitationTold, summary="一份评价邀请")
@audience("public")
def invitation(request: HttpRequest, invitation: str) -> dict[str, Any]:
    """请评价的是哪一次服务，评过没有，可以怎么评。"""
    service = queries.service_of(invitation)
    rating = queries.rating_of(service)
    grades = [
        {
            "grade": int(grade),
            "name": grade.label,
            "reasons": [{"code": code, "name": name} for code, name in rules.reasons_for(grade).items()],
        }
        for grade in Grade
    ]
    return {
        "service": service.name,
        "is_over": service.ended_at is not None,
        "rating": _told(rating) if rating else None,
        "grades": grades,
    }


@calls.post("/ratings/{word:invitation}", response={201: RatingTold}, summary="评价")
@audience("public")
def rate(request: HttpRequest, invitation: str, body: RatingSaid) -> Status:
    """这次服务满意不满意。一次服务评一次，评了不改，不记是谁评的。"""
    who = who_asks(request)
    device = who.row if isinstance(who.row, Device) else None
    channel = CHANNELS.get(device.kind, Channel.LINK) if device else Channel.LINK
    said = Said(grade=body.grade, reasons=body.reasons, words=body.words)
    rating: Rating = actions.rate(invitation=invitation, said=said, channel=channel, by=device)
    return Status(201, _told(rating))


def _told(rating: Rating) -> dict[str, Any]:
    told = {name: getattr(rating, name) for name in ("grade", "grade_name", "reasons", "rated_at")}
    return {**told, "trail": trail_told(trail.told_of(rating))}

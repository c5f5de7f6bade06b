"""Signing in: a member of staff gets the token that stands for them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from yichuang.doors.shared import sign_in
from yichuang.doors.shared.gate import audience, town_of
from yichuang.ground import clock, towns
from yichuang.ground.towns import Town
from yichuang.rooms.people import actions

from .api import router
from .schemas import Asked, Moment, Told

calls = router("登录")


class SignIn(Asked):
    username: str = Field(min_length=1, max_length=100, description="用户名；别的镇的写成 用户名@镇代号")
    password: str = Field(min_length=1, max_length=200, description="密码")
    totp: str = Field("", max_length=6, pattern="^([0-9]{6})?$", description="动态码，6 位数字，可以不填")


class Session(Told):
    token: str = Field(description="放在 Authorization: Bearer 后面")
    expires_at: Moment = Field(description="到这时要重新登录")
    name: str = Field(description="姓名")
    roles: list[str] = Field(description="岗位")


@calls.post("/sessions", response={201: Session}, summary="登录")
@audience("public", any_town=True, keep_answer=False)
def enter(request: HttpRequest, body: SignIn) -> Status:
    """用户名和密码换一个令牌，12 小时有效。连续错 5 次锁 10 分钟。"""
    town, username = _town_and_name(request, body.username)
    with towns.acting_for(town):
        staff = actions.sign_in(username=username, password=body.password, totp=body.totp)
    token = sign_in.staff_token(staff)
    who = sign_in.principal(token)
    roles = sorted(who.roles - {"staff"}) if who else []
    expires_at = clock.now() + sign_in.VALID_FOR
    return Status(201, {"token": token, "expires_at": expires_at, "name": staff.name, "roles": roles})


def _town_and_name(request: HttpRequest, written: str) -> tuple[Town, str]:
    """Whose staff it is: the town named behind the @, else the town of the address."""
    username, at, key = written.rpartition("@")
    if at and (town := Town.objects.filter(key=key.lower()).first()):
        return town, username
    return town_of(request), written

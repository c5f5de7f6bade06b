"""Signing in and out, and the staff's home: what each duty does here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from yichuang.doors.shared import sign_in
from yichuang.doors.shared.gate import audience, town_of
from yichuang.ground import towns
from yichuang.ground.refusals import Refused
from yichuang.ground.towns import Town
from yichuang.rooms.people import actions
from yichuang.rooms.people.models import Role, Staff

HOME = "/office/"


class SignInForm(forms.Form):
    """What is asked for at the door."""

    username = forms.CharField(
        label="用户名", max_length=100, error_messages={"required": "请填用户名", "max_length": "用户名太长"}
    )
    password = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "请填密码"},
    )
    totp = forms.RegexField(
        r"^[0-9]{6}$",
        label="动态码",
        required=False,
        error_messages={"invalid": "动态码是 6 位数字"},
    )


@audience("public", any_town=True)
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """登录：用户名、密码，有动态码的再填动态码。

    `name@town` signs in to another town of this installation. A wrong try keeps the name, never the password.
    """
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        return _shown(request, SignInForm(), 200)
    if not form.is_valid():
        return _shown(request, form, 422)
    town, username = _town_and_name(request, form.cleaned_data["username"])
    try:
        with towns.acting_for(town):
            staff = actions.sign_in(
                username=username, password=form.cleaned_data["password"], totp=form.cleaned_data["totp"]
            )
    except Refused as refused:
        return _shown(request, form, refused.status, refused)
    answer = HttpResponseRedirect(_next(request))
    sign_in.remember(answer, sign_in.staff_token(staff), secure=request.is_secure())
    return answer


@audience("public")
def sign_out(request: HttpRequest) -> HttpResponse:
    """退出登录。Only this browser's; a plain link must not do it, so a GET asks first."""
    if request.method != "POST":
        return render(request, "office/sign_out.html")
    answer = HttpResponseRedirect("/office/sign-in/?out=1")
    answer.delete_cookie(sign_in.COOKIE, samesite="Lax")
    return answer


@dataclass(frozen=True)
class Place:
    """A page of the house, for whom it is and what they do there."""

    href: str
    name: str
    words: str
    icon: str
    roles: frozenset[str]


_ALL = frozenset({"staff"})
_PUBLICITY = frozenset({Role.EDITOR, Role.PUBLISHER, Role.HALL_MANAGER})
_SUPERVISION = frozenset({Role.HALL_MANAGER, Role.SUPERVISOR, Role.LEADER, Role.AUDITOR})
PLACES = (
    Place("/desk/", "窗口", "叫号、收件、受理、出件", "people", frozenset({Role.CLERK})),
    Place("/desk/review/", "审核", "轮到您审的件，按剩余时间排", "paper", frozenset({Role.REVIEWER})),
    Place("/desk/sign/", "签字", "等您签字、盖章的件", "pen", frozenset({Role.VILLAGE_HEAD})),
    Place("/office/figures/", "数字", "办件、来访、满意度，点开就是记录", "chart", _SUPERVISION),
    Place(
        "/office/catalog/",
        "事项目录",
        "改一版、核对发布，看哪里让人白跑",
        "list",
        frozenset({Role.EDITOR, Role.PUBLISHER, Role.HALL_MANAGER}),
    ),
    Place("/office/publicity/", "宣传", "海报、广播稿、公众号文章，看哪张纸带来人", "bell", _PUBLICITY),
    Place(
        "/office/letters/",
        "没发出去的短信",
        "看看为什么，再发一次",
        "message",
        frozenset({Role.HALL_MANAGER, Role.SUPERVISOR, Role.ADMIN}),
    ),
)
SCREENS = (
    Place("/kiosk/", "取号机", "居民在这里取号", "ticket", _ALL),
    Place("/board/", "大厅显示屏", "叫到几号、去几号窗口", "bell", _ALL),
    Place("/screen/", "大屏", "大厅里正在发生什么", "chart", _ALL),
    Place("/", "居民的网页", "查事项、查进度", "globe", _ALL),
    Place("/office/components/", "零件样张", "页面上每个零件的样子", "list", _ALL),
)
SENT = Place("/sent/", "发出的短信", "演示里短信不会真的发出去，都在这里", "mobile", _ALL)


@audience("staff")
def home(request: HttpRequest) -> HttpResponse:
    """工作台：先是您岗位上的，再是大家都能看的。"""
    who: sign_in.Principal = request.who  # type: ignore[attr-defined]
    mine = [place for place in PLACES if who.roles & place.roles]
    others = [*SCREENS, *([SENT] if settings.DEMO else [])]
    roles = [str(Role(role).label) for role in Role.values if role in who.roles]
    return render(request, "office/home.html", {"mine": mine, "others": others, "roles": roles})


def _shown(
    request: HttpRequest, form: SignInForm, status: int, refused: Refused | None = None
) -> HttpResponse:
    page: dict[str, Any] = {
        "form": form,
        "refused": refused,
        "next": _next(request),
        "is_out": "out" in request.GET,
        "signed_in": _signed_in(request),
    }
    return render(request, "office/sign_in.html", page, status=status)


def _signed_in(request: HttpRequest) -> Staff | None:
    token = sign_in.token_of(request)
    who = sign_in.principal(token) if token else None
    return who.row if who and isinstance(who.row, Staff) else None


def _town_and_name(request: HttpRequest, written: str) -> tuple[Town, str]:
    """Whose staff it is: the town named behind the @, else the town of the address."""
    username, at, key = written.rpartition("@")
    if at and (town := Town.objects.filter(key=key.lower()).first()):
        return town, username
    return town_of(request), written


def _next(request: HttpRequest) -> str:
    """Where they wanted to go; only an address of our own, and never back to this page."""
    wanted = request.POST.get("next") or request.GET.get("next") or HOME
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and not wanted.startswith("/office/sign-") else HOME

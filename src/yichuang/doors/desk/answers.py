"""How the desk answers: a page with what was said a moment ago, or the way on with what to say there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, unquote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.sign_in import Principal
from yichuang.ground.refusals import Refused

SAID = "desk_said"  # a cookie with the one sentence to show on the next page
SAID_SECONDS = 30


def who_of(request: HttpRequest) -> Principal:
    """Whom the gate let in."""
    who: Principal = request.who  # type: ignore[attr-defined]
    return who


def shown(
    request: HttpRequest, template: str, page: dict[str, Any], refused: Refused | None = None
) -> HttpResponse:
    """The page; with what the last act said, or with what was refused in this one and its status."""
    said = unquote(request.COOKIES.get(SAID, ""))
    if refused is None and said:
        page = {**page, "toast": {"text": said, "seconds": 6, "look": "left"}}
    response = render(
        request, template, {**page, "refused": refused}, status=refused.status if refused else 200
    )
    if said:
        response.delete_cookie(SAID, samesite="Lax")
    return response


def gone_on(to: str, said: str = "") -> HttpResponse:
    """After an act: on to the next page, where `said` is shown once."""
    response = HttpResponseRedirect(to)
    if said:
        response.set_cookie(SAID, quote(said), max_age=SAID_SECONDS, httponly=True, samesite="Lax")
    return response


def act(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that only changes things; whoever comes to its address by hand is led to the screen."""

    @wraps(view)
    def only_posted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect("/desk/")
        return view(request, *args, **kwargs)

    return only_posted

"""The gate every request passes: who asks, may they, for which town, was it asked before; then the view.

A view says who it is for with `audience`; one that does not is closed to everybody (and a test fails). An answer of
400 or more rolls the whole transaction back: a refused request changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

from yichuang.ground import clock, once, towns
from yichuang.ground.refusals import Refused
from yichuang.ground.towns import Town

from . import sign_in
from .sign_in import Principal

View = Callable[..., HttpResponse]
_AnyView = TypeVar("_AnyView", bound=Callable[..., Any])
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self';"
    " frame-ancestors 'self'"
)


@dataclass(frozen=True)
class Audience:
    """Whom a view is for: role names, or `public`, `staff`, `resident`, and the kinds of devices."""

    roles: frozenset[str]
    hot: bool = False  # its one SQL function is its own transaction and keeps its own answer
    keep_answer: bool = True  # False where the answer holds a secret
    any_town: bool = False  # it finds the town itself and keeps its own transactions (signing in)

    def admits(self, who: Principal) -> bool:
        return "public" in self.roles or bool(self.roles & who.roles)


def audience(
    *roles: str, hot: bool = False, keep_answer: bool = True, any_town: bool = False
) -> Callable[[_AnyView], _AnyView]:
    """Declare whom a view is for."""

    def declare(view: _AnyView) -> _AnyView:
        view.audience = Audience(frozenset(roles), hot, keep_answer, any_town)  # type: ignore[attr-defined]
        return view

    return declare


def audience_of(view: Any, method: str) -> Audience | None:
    """The audience of a page view, or of the operation behind a path of the machine API."""
    for operation in getattr(view, "operations", ()):
        if method in operation.methods:
            return getattr(operation.view_func, "audience", None)
    return getattr(view, "audience", None)


class Gate:
    """The middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse:
        allowed = audience_of(view, request.method or "GET")
        if allowed is None and hasattr(view, "operations"):
            return wrong_method(request, view)
        try:
            town = request.town = town_of(request)  # type: ignore[attr-defined]
            who = self._who(request, town, allowed)
            if allowed is None or not allowed.admits(who):
                return turned_away(request, who)
            request.who, request.audience = who, allowed  # type: ignore[attr-defined]
            request.once = asked(request, who)  # type: ignore[attr-defined]
            if allowed.any_town:
                return view(request, *args, **kwargs)
            if allowed.hot:
                with towns.acting_for(who.town_id):
                    return view(request, *args, **kwargs)
            with towns.within(who.town_id):
                return answered_once(request, lambda: view(request, *args, **kwargs))
        except Refused as refused:
            return refusal(request, refused)
        except Http404:
            return refusal(request, Refused("not_found"))
        except RequestDataTooBig:
            return refusal(request, Refused("request_too_large"))
        except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
            return refusal(request, Refused("bad_request"))

    @staticmethod
    def _who(request: HttpRequest, town: Town, allowed: Audience | None) -> Principal:
        token = sign_in.token_of(request)
        who = sign_in.principal(token) if token else None
        if who is not None:
            return who
        if (
            settings.DEMO
            and not request.path.startswith("/api/")
            and allowed
            and "public" not in allowed.roles
        ):
            device = sign_in.demo_device(town.pk, allowed.roles)
            if device is not None:
                return device
        return Principal("public", town.pk)


def town_of(request: HttpRequest) -> Town:
    """The town of a call by nobody in particular: the host's first label, else the installation's first town."""
    label = request.get_host().split(":")[0].split(".")[0]
    town = Town.objects.filter(key=label).first() or Town.objects.order_by("pk").first()
    if town is None:
        raise Refused("no_town")
    return town


def answered_once(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Run a view in the open transaction; a repeated request gets the first one's answer."""
    asked_for: once.Request = request.once  # type: ignore[attr-defined]
    guarded = request.method == "POST" and asked_for.key and request.audience.keep_answer  # type: ignore[attr-defined]
    try:
        if guarded and (told := once.begin(asked_for, at=clock.now())) is not None:
            return _told_again(told)
        response = view()
    except (Refused, Http404, RequestDataTooBig):
        transaction.set_rollback(True)
        raise
    if response.status_code >= 400:
        transaction.set_rollback(True)
    elif guarded:
        once.keep(asked_for, _to_tell_again(response))
    return response


def asked(request: HttpRequest, who: Principal) -> once.Request:
    """The request as idempotency sees it. The key is the header's, or the form's hidden `client_key`."""
    if request.method != "POST":
        return once.Request(who.name, request.path, "", "")
    key = request.headers.get("Idempotency-Key") or (
        "" if _is_json(request) else request.POST.get("client_key", "")
    )
    return once.Request(who.name, request.path, key[:100], _digest(request) if key else "")


def _is_json(request: HttpRequest) -> bool:
    return request.content_type not in ("application/x-www-form-urlencoded", "multipart/form-data")


def _digest(request: HttpRequest) -> str:
    whole = sha256()
    if _is_json(request):
        whole.update(request.body)
        return whole.hexdigest()
    fields = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    kept = [each for each in fields if each[0] not in ("csrfmiddlewaretoken", "client_key")]
    whole.update(json.dumps(kept, ensure_ascii=False).encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            whole.update(f"{name}|{upload.name}|".encode())
            for chunk in upload.chunks():
                whole.update(chunk)
            upload.seek(0)
    return whole.hexdigest()


def _to_tell_again(response: HttpResponse) -> dict[str, Any]:
    return {
        "status": response.status_code,
        "type": response.headers.get("Content-Type", ""),
        "location": response.headers.get("Location", ""),
        "body": response.content.decode() if not response.streaming else "",
    }


def _told_again(told: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(
        told.get("body", ""), status=told.get("status", 200), content_type=told.get("type") or None
    )
    if location := told.get("location"):
        response.headers["Location"] = location
    response.headers["Idempotent-Replay"] = "true"
    return response


def turned_away(request: HttpRequest, who: Principal) -> HttpResponse:
    """Nobody signed in: to the sign-in page (pages) or 401 (machines). Signed in without the right: 403."""
    if who.kind != "public":
        return refusal(request, Refused("no_right"))
    if wants_problem(request) or request.method not in ("GET", "HEAD"):
        return refusal(request, Refused("sign_in_first"))
    return HttpResponseRedirect(f"/office/sign-in/?{urlencode({'next': request.get_full_path()})}")


def wrong_method(request: HttpRequest, view: Any) -> HttpResponse:
    """A path of the machine API that does not have this method."""
    response = refusal(request, Refused("method_unknown"))
    response.headers["Allow"] = ", ".join(method for each in view.operations for method in each.methods)
    return response


def wants_problem(request: HttpRequest) -> bool:
    """Machines get problem+json; scripts of pages ask for it."""
    return request.path.startswith("/api/") or "json" in request.headers.get("Accept", "")


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal as a full page in plain words, or as application/problem+json (RFC 9457)."""
    if wants_problem(request):
        return problem(refused)
    return render(request, "refusal.html", {"refused": refused}, status=refused.status)


def problem(refused: Refused) -> JsonResponse:
    """RFC 9457, with our `code`, Chinese `detail` and `next`, and `fields` for input errors."""
    body: dict[str, Any] = {
        "type": f"urn:yichuang:refusal:{refused.code}",
        "title": refused.wrong,
        "status": refused.status,
        "code": refused.code,
        "detail": refused.wrong,
        "next": refused.next,
    }
    if refused.fields:
        body["fields"] = refused.fields
    options = {"ensure_ascii": False}
    return JsonResponse(
        body, status=refused.status, content_type="application/problem+json", json_dumps_params=options
    )


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF: the page was open too long, or was not ours."""
    return refusal(request, Refused("stale_page"))

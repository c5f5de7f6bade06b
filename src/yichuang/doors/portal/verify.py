"""查验：is this paper genuine. Shows what is needed to compare it with the paper in hand, and no more. No sign-in."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground.refusals import Refused
from yichuang.rooms.issuing import queries
from yichuang.rooms.issuing.rules import plain_check_code

CODE = re.compile(r"[0-9A-Za-z -]{1,60}")


@audience("public")
def ask(request: HttpRequest) -> HttpResponse:
    """填查验码；带不带横线、大写小写都行。"""
    written = request.GET.get("code", "").strip()
    code = written.rstrip("/").rsplit("/", 1)[-1]
    if not code:
        return render(request, "portal/verify_ask.html", {"written": ""})
    if not CODE.fullmatch(code):
        return _not_ours(request, written)
    return HttpResponseRedirect(f"/verify/{plain_check_code(code)}")


@audience("public")
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """这份结果是不是这里发的：名称、编号、持有人（遮住名）、日期和文件摘要。"""
    if not CODE.fullmatch(code):
        return _not_ours(request, "")
    try:
        result = queries.checked(code)
    except Refused:
        return _not_ours(request, code)
    digest = [result.digest[place : place + 8] for place in range(0, len(result.digest), 8)]
    answer = render(
        request, "portal/verify.html", {"result": result, "code": plain_check_code(code), "digest": digest}
    )
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _not_ours(request: HttpRequest, written: str) -> HttpResponse:
    return render(
        request, "portal/verify_ask.html", {"written": written[:60], "is_unknown": True}, status=404
    )

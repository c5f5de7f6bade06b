"""The answer when something broke underneath: plain words, and 503 instead of 500 where trying again will help."""

from __future__ import annotations

import errno
import html
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from psycopg.errors import DiskFull

# status, code, what is wrong, what to do next
BROKEN = (500, "broken", "系统出错了，刚才的操作没有保存。", "请再试一次；还是不行，请联系大厅管理员。")
RECOVERING = (503, "recovering", "系统正在恢复，刚才的操作没有保存。", "请过几秒再试一次，填写的内容不会丢。")
DISK_FULL = (
    507,
    "disk_full",
    "服务器的磁盘满了，刚才的操作没有保存。",
    "请联系大厅管理员清理磁盘，再试一次。",
)


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler500: called while the exception is being handled. Asks nothing of the database."""
    status, code, wrong, todo = cause_of(sys.exc_info()[1])
    if request.path.startswith("/api/") or "json" in request.headers.get("Accept", ""):
        body = {"type": f"urn:yichuang:refusal:{code}", "title": wrong, "status": status}
        response: HttpResponse = JsonResponse(
            {**body, "code": code, "detail": wrong, "next": todo},
            status=status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        response = HttpResponse(_page(wrong, todo), status=status)
    if status != 500:
        response.headers["Retry-After"] = "2"
    response.headers["Cache-Control"] = "no-store"
    return response


def cause_of(problem: BaseException | None) -> tuple[int, str, str, str]:
    """Which of the three it is, looking through what caused what."""
    while problem is not None:
        if isinstance(problem, DiskFull) or (isinstance(problem, OSError) and problem.errno == errno.ENOSPC):
            return DISK_FULL
        if isinstance(problem, OperationalError | InterfaceError) and not isinstance(
            problem.__cause__, DiskFull
        ):
            return RECOVERING
        problem = problem.__cause__ or problem.__context__
    return BROKEN


def _page(wrong: str, todo: str) -> str:
    """The house's own page; where even that cannot be drawn, bare words."""
    try:
        return render_to_string("broken.html", {"wrong": wrong, "next": todo})
    except Exception:  # whatever broke may have broken the templates too
        return (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{html.escape(wrong)}</title></head>'
            f"<body><main><h1>{html.escape(wrong)}</h1><p>{html.escape(todo)}</p>"
            '<p><a href="">再试一次</a></p></main></body></html>'
        )

"""GET /healthz: is it well? Answered before everything else, so that it needs no town, no sign-in and no database."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from yichuang import __version__

STALLED_AFTER_SECONDS = 30


class Health:
    """The first middleware: answers /healthz and hands everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return health(request) if request.path_info == "/healthz" else self.get_response(request)


def health(request: HttpRequest) -> HttpResponse:
    """200 when work can be done, 503 without a database; `worker` is ok, stalled or absent."""
    skew = clock_skew_ms()
    worker = worker_state()
    state = {
        "status": "ok" if skew is not None and worker == "ok" else "degraded" if skew is not None else "down",
        "version": __version__,
        "database": "ok" if skew is not None else "down",
        "worker": worker,
        "clock_skew_ms": skew,
    }
    return JsonResponse(state, status=200 if skew is not None else 503, headers={"Cache-Control": "no-store"})


def clock_skew_ms() -> int | None:
    """How far the database's clock is ahead of ours, in milliseconds; None without a database."""
    try:
        with connection.cursor() as cursor:
            before = time.time()
            cursor.execute("select extract(epoch from clock_timestamp())::float8")
            theirs: Any = cursor.fetchone()[0]
            after = time.time()
    except Error:
        return None
    return round((theirs - (before + after) / 2) * 1000)


def heartbeat_file() -> Path:
    return Path(settings.HOME) / "worker.heartbeat"


def worker_state() -> str:
    """The background worker touches its file after every round."""
    try:
        age = time.time() - heartbeat_file().stat().st_mtime
    except FileNotFoundError:
        return "absent"
    return "ok" if age < STALLED_AFTER_SECONDS else "stalled"

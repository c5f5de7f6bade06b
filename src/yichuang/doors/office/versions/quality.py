"""质量：which guides send people home, which nobody understands, which grow old; each figure leads to where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.cases.queries import Corrections
from yichuang.rooms.catalog import standing
from yichuang.rooms.catalog.models import BasisCheck
from yichuang.rooms.catalog.standing import Understood

from . import frame
from .catalogue import Line, line_of

LOOKED_BACK_DAYS = 90
UNUSED_DAYS = 180
OLD_DAYS = 365
SORTS = {
    "corrections": "材料不齐的多",
    "understood": "没看懂的多",
    "age": "版本旧的",
    "basis": "依据该核对的",
    "unused": "没人办的",
    "score": "完整度低的",
}


@dataclass(frozen=True)
class Row:
    """One item of the table."""

    line: Line
    corrections: Corrections | None
    understood: Understood | None
    check: BasisCheck | None
    is_check_due: bool
    is_unused: bool
    is_old: bool


@audience(*frame.READERS)
def quality(request: HttpRequest) -> HttpResponse:
    """质量：哪个事项让人白跑、看不懂、没人办；点数字去看记录，或者去改。"""
    now = clock.now()
    today = clock.day_of(now)
    since = now - timedelta(days=LOOKED_BACK_DAYS)
    corrections = cases.corrections_by_item(since)
    used = cases.received_since(now - timedelta(days=UNUSED_DAYS))
    answers = standing.understood(clock.day_of(since))
    checks = standing.basis_checks()
    rows = []
    for each in standing.standing():
        if each.published is None:
            continue
        line, code = line_of(each), each.item.code
        check = checks.get(code)
        rows.append(
            Row(
                line,
                corrections.get(code),
                answers.get(code),
                check,
                check is None or check.next_on <= today,
                bool(used) and code not in used and (line.days or 0) >= UNUSED_DAYS,
                (line.days or 0) > OLD_DAYS,
            )
        )
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "corrections"
    rows.sort(key=lambda row: _place(row, sort))
    shown: dict[str, Any] = {
        "rows": rows,
        "tabs": [
            {"label": label, "href": f"/office/catalog/quality/?sort={key}", "current": key == sort}
            for key, label in SORTS.items()
        ],
        "sums": list(_sums(rows, has_cases=bool(used), has_answers=bool(answers))),
    }
    return render(request, "office/versions/quality.html", shown)


def _sums(rows: list[Row], *, has_cases: bool, has_answers: bool) -> Iterator[str]:
    """The table in a few sentences; what cannot be known yet is said."""
    came = sum(row.corrections.came for row in rows if row.corrections)
    told = sum(row.corrections.told for row in rows if row.corrections)
    if came:
        yield f"近 {LOOKED_BACK_DAYS} 天来办 {came} 件，{told} 件材料不齐"
    elif not has_cases:
        yield "还没有办件，办了才有数"
    if not has_answers:
        yield "还没有人回答“看懂了吗”"
    yield f"{sum(row.is_check_due for row in rows)} 个事项的依据该核对"
    if old := sum(row.is_old for row in rows):
        yield f"{old} 个用了一年以上"
    if unused := sum(row.is_unused for row in rows):
        yield f"{unused} 个 {UNUSED_DAYS} 天没人办"
    if lacking := sum((row.line.score or 0) < 100 for row in rows):
        yield f"{lacking} 个还没有写全"


def _place(row: Row, sort: str) -> tuple[Any, ...]:
    """Worst first; equal ones by code."""
    told, code = row.corrections, row.line.code
    match sort:
        case "understood":
            answers = row.understood
            return (-(answers.no if answers else 0), -(answers.asked if answers else 0), code)
        case "age":
            return (-(row.line.days or 0), code)
        case "basis":
            return (row.check is not None, row.check.next_on if row.check else None, code)
        case "unused":
            return (not row.is_unused, told.came if told else 0, code)
        case "score":
            return (row.line.score or 0, code)
    return (-(told.told if told else 0), -(told.share if told else 0), -(told.came if told else 0), code)

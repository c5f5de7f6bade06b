"""Reading the figures, quickly or by recount, and the records behind each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from yichuang.ground import clock, towns
from yichuang.ground.refusals import Refused
from yichuang.ground.secrets import mask_name, mask_phone
from yichuang.rooms.cases.models import Case
from yichuang.rooms.feedback.models import Rating
from yichuang.rooms.feedback.rules import REASONS
from yichuang.rooms.hall.models import Ticket

from . import rules
from .figures import DEFINITIONS, Definition
from .rules import Period

PAGE = 100  # records shown at once
FRESH_SECONDS = 2.0  # a screen asks often, the day's figures are counted at most this often


@dataclass(frozen=True)
class Figure:
    """A figure of a period. `value` is None when there is nothing to share; `part` and `whole` stand behind a share."""

    name: str
    label: str
    value: int | float | None
    unit: str
    definition: str
    sql: str
    part: int
    whole: int
    beside: str = ""


def figures(first: date, last: date) -> dict[str, Figure]:
    """Every figure of these days by name, read from what was told (quick). Refused: period_backwards, period_too_long."""
    return _read(_checked(first, last), lambda definition: definition.quick)


def recount(first: date, last: date) -> dict[str, Figure]:
    """Every figure of these days, counted anew from the records themselves."""
    return _read(_checked(first, last), lambda definition: definition.recount)


def compared(first: date, last: date) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """重新数一遍：as told and as recounted. In a busy hall something may happen between the two: then once more."""
    for _ in range(3):
        told, again = figures(first, last), recount(first, last)
        if told == again:
            break
    return told, again


_kept: dict[tuple[int, date], tuple[float, dict[str, Figure]]] = {}


def figures_today(now: datetime) -> dict[str, Figure]:
    """今天的数，for screens; at most FRESH_SECONDS old."""
    place = (towns.current_id(), clock.day_of(now))
    until, told = _kept.get(place, (0.0, {}))
    if time.monotonic() < until:
        return told
    if len(_kept) > 200:  # days gone by
        _kept.clear()
    told = figures(place[1], place[1])
    _kept[place] = (time.monotonic() + FRESH_SECONDS, told)
    return told


def definition(name: str) -> Definition:
    """The definition of a figure. Refused: figure_unknown."""
    if name not in DEFINITIONS:
        raise Refused("figure_unknown", name=name)
    return DEFINITIONS[name]


def _checked(first: date, last: date) -> Period:
    period = Period(first, last)
    if code := rules.objection(period):
        raise Refused(code, days=rules.LONGEST_DAYS)
    return period


def _read(period: Period, statement: Callable[[Definition], str]) -> dict[str, Figure]:
    told = {}
    with connection.cursor() as database:
        for name, definition in DEFINITIONS.items():
            database.execute(statement(definition), _values(period))
            part, whole = database.fetchone()
            told[name] = Figure(
                name=name,
                label=definition.label,
                value=rules.percent(part, whole) if definition.kind == "share" else part,
                unit=definition.unit,
                definition=definition.words,
                sql=definition.recount.strip(),
                part=part,
                whole=whole,
                beside=definition.beside,
            )
    return told


def _values(period: Period) -> dict[str, Any]:
    return {
        "town": towns.current_id(),
        "begin": period.begin(clock.TOWN_TIME),
        "end": period.end(clock.TOWN_TIME),
    }


@dataclass(frozen=True)
class Record:
    """One record behind a figure; persons are masked."""

    at: datetime
    what: str
    who: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Records:
    """One page of the records behind a figure, newest first."""

    rows: list[Record]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def records(name: str, first: date, last: date, page: int = 1) -> Records:
    """The records behind a figure. Refused: figure_unknown, period_backwards, period_too_long."""
    statement = definition(name).records
    values = _values(_checked(first, last))
    with connection.cursor() as database:
        database.execute(f"select count(*) from ({statement}) as record", values)  # noqa: S608  our own SQL
        total = int(database.fetchone()[0])
        page = min(max(page, 1), max(1, -(-total // PAGE)))
        database.execute(
            f"select kind, id, at, counts from ({statement}) as record order by at desc, kind, id desc"  # noqa: S608
            " limit %(most)s offset %(skip)s",
            values | {"most": PAGE, "skip": (page - 1) * PAGE},
        )
        found = [_Found(*row) for row in database.fetchall()]
    tellers = {kind: _TELLERS[kind]([each.id for each in found if each.kind == kind]) for kind in _TELLERS}
    unrated = name == "rated_share"
    rows = [_told(each, tellers[each.kind], unrated) for each in found]
    return Records(rows, total, page)


@dataclass(frozen=True)
class _Found:
    kind: str
    id: int
    at: datetime
    counts: bool


def _told(found: _Found, tell: Callable[[int], tuple[str, str, str]], is_about_rating: bool) -> Record:
    what, who, detail = tell(found.id)
    if is_about_rating:
        detail = "已经评价" if found.counts else "没有评价"
    return Record(found.at.astimezone(clock.TOWN_TIME), what, who, detail)


def _cases(ids: list[int]) -> Callable[[int], tuple[str, str, str]]:
    rows = Case.objects.select_related("applicant").prefetch_related("items").in_bulk(ids)

    def tell(number: int) -> tuple[str, str, str]:
        case = rows[number]
        names = "、".join(item.name for item in case.items.all())
        return f"办件 {case.number}", mask_name(case.applicant.name), f"{names}，{case.get_channel_display()}"

    return tell


def _tickets(ids: list[int]) -> Callable[[int], tuple[str, str, str]]:
    rows = Ticket.objects.select_related("queue", "window").in_bulk(ids)

    def tell(number: int) -> tuple[str, str, str]:
        ticket = rows[number]
        where = f"，{ticket.window.number}号窗口" if ticket.window else ""
        return (
            f"{ticket.number} 号",
            mask_phone(str(ticket.phone)),
            f"{ticket.queue.name}，{ticket.get_channel_display()}取号，{ticket.get_status_display()}{where}",
        )

    return tell


def _ratings(ids: list[int]) -> Callable[[int], tuple[str, str, str]]:
    """What was said, not by whom: who rates is protected."""
    rows = Rating.objects.in_bulk(ids)

    def tell(number: int) -> tuple[str, str, str]:
        rating = rows[number]
        said = [REASONS[code] for code in rating.reasons if code in REASONS]
        words = f"“{rating.words}”" if rating.words else ""
        service = rating.get_subject_kind_display()
        return rating.grade_name, "", "，".join([service, *said, *([words] if words else [])])

    return tell


_TELLERS: dict[str, Callable[[list[int]], Callable[[int], tuple[str, str, str]]]] = {
    "case": _cases,
    "ticket": _tickets,
    "rating": _ratings,
}

"""The promise: fixed once at acceptance, in working days, and how near it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from yichuang.ground.workdays import Calendar
from yichuang.rooms.catalog.rules import ItemSpec

NOTICE_WORKDAYS = (
    5  # 行政许可法 art. 32: to tell once what is missing; afterwards the case counts as accepted
)
Light = Literal["green", "yellow", "red"]


@dataclass(frozen=True)
class Promise:
    """The days by which an item is promised and by which the law wants it."""

    promised_by: date
    provisional: bool
    statutory_by: date


def promise(item: ItemSpec, accepted_on: date, calendar: Calendar) -> Promise:
    """承诺办结日：working days of the version after the day of acceptance, which is not counted (行政许可法 art. 82).

    Provisional when a year on the way has no holiday notice yet.
    """
    promised = calendar.add_workdays(accepted_on, item.promised_workdays)
    statutory = calendar.add_workdays(accepted_on, max(item.statutory_workdays, item.promised_workdays))
    return Promise(promised.date, promised.provisional, statutory.date)


def light(promised_by: date, limit_workdays: int, today: date, calendar: Calendar) -> Light:
    """Green; yellow at 80 % of the limit, at the latest one working day before; red past it."""
    left = calendar.workdays_between(today, promised_by)
    if today > promised_by:
        return "red"
    return "yellow" if left <= max(1, limit_workdays // 5) else "green"


def is_deemed_accepted(received_on: date, today: date, calendar: Calendar) -> bool:
    """Whether the window has let the days for its one notice go by."""
    return today > calendar.add_workdays(received_on, NOTICE_WORKDAYS).date

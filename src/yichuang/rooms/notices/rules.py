"""Pure decisions: when and how often a message goes out, whether it is still news; who followed a sheet's code."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

QUIET_FROM, QUIET_UNTIL = time(21), time(8)  # nobody's phone rings at night
WAITS = [
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)
]  # after the first, second … failed try
MOST_TRIES = len(WAITS) + 1
LEASE = timedelta(minutes=2)  # a message in somebody's hands; longer than any call of a gateway lasts
NEWS_FOR = timedelta(
    days=3
)  # what is older is told by nobody: after a restore or a long stop it would only confuse

# Programs that fetch an address to show a preview or to index it; WeChat's own browser (MicroMessenger) is a person.
PROGRAMS = re.compile(
    r"bot\b|bot/|crawl|spider|preview|facebookexternalhit|whatsapp|curl|wget|python|go-http|java/|headless",
    re.I,
)


def is_quiet(now: datetime) -> bool:
    """21 点到第二天 8 点不发。`now` is the town's own time."""
    return now.time() >= QUIET_FROM or now.time() < QUIET_UNTIL


def next_try_at(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None: no more, a person must look at it."""
    return now + WAITS[tries - 1] if tries < MOST_TRIES else None


def is_news(happened_at: datetime, now: datetime) -> bool:
    """Whether what happened then is still worth a message."""
    return now - happened_at <= NEWS_FOR


def plain_day(day: date, today: date) -> str:
    """12月3日; another year is named."""
    said = f"{day.month}月{day.day}日"
    return said if day.year == today.year else f"{day.year}年{said}"


def is_followed_by_a_person(agent: str, purpose: str) -> bool:
    """扫码的是人：not a program by its name, not a page fetched ahead. `agent` and `purpose` as the browser says."""
    return bool(agent) and not PROGRAMS.search(agent) and "prefetch" not in purpose.lower()

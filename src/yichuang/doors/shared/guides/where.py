"""Where and when: the hall's hours and windows in words. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from itertools import groupby

from yichuang.rooms.hall.models import Window
from yichuang.rooms.hall.rules import Hours

WEEKDAYS = "一二三四五六日"


def hours_words(hours: Sequence[Hours]) -> str:
    """周一至周五 8:30 至 12:00，13:30 至 17:30；周六 9:00 至 12:00"""
    by_day = {
        day: "，".join(f"{_time(each.opens)} 至 {_time(each.closes)}" for each in stretch)
        for day, stretch in groupby(
            sorted(hours, key=lambda each: (each.weekday, each.opens)), lambda h: h.weekday
        )
    }
    stretches: list[tuple[int, int, str]] = []  # first day, last day, words
    for day, words in by_day.items():
        if stretches and stretches[-1][1] == day - 1 and stretches[-1][2] == words:
            stretches[-1] = (stretches[-1][0], day, words)
        else:
            stretches.append((day, day, words))
    return "；".join(
        f"周{WEEKDAYS[first]}{f'至周{WEEKDAYS[last]}' if last > first else ''} {words}"
        for first, last, words in stretches
    )


def until_words(today: Sequence[Hours], now: time) -> str:
    """到 12:00，下午 13:30 再开; empty outside the hours."""
    stretch = next((each for each in today if each.opens <= now < each.closes), None)
    if stretch is None:
        return ""
    again = next((each for each in today if each.opens >= stretch.closes), None)
    return f"到 {_time(stretch.closes)}" + (f"，{_time(again.opens)} 再开" if again else "")


def _time(moment: time) -> str:
    return f"{moment:%H:%M}".removeprefix("0")


def windows_words(windows: Iterable[Window], office: str) -> str:
    """8 个窗口都能办，4号窗口最熟，在一楼大厅正中。"""
    rows = list(windows)
    if not rows:
        return "各窗口都能办"
    said = f"{len(rows)} 个窗口都能办" if len(rows) > 1 else "到窗口就能办"
    known = [row for row in rows if office in row.main_offices]
    if known and len(rows) > 1:
        numbers = "、".join(f"{row.number}号" for row in known)
        said += f"，{numbers}窗口最熟，在{known[0].floor_position}"
    return said

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
    return "；".join(
        f"周{WEEKDAYS[first]}{f'至周{WEEKDAYS[last]}' if last > first else ''} "
        + "，".join(f"{clock_time(each.opens)} 至 {clock_time(each.closes)}" for each in stretch)
        for first, last, stretch in stretches(hours)
    )


def stretches(hours: Sequence[Hours]) -> list[tuple[int, int, list[Hours]]]:
    """Days that follow each other with the same hours: the first day, the last, and the hours."""
    found: list[tuple[int, int, list[Hours]]] = []
    ordered = sorted(hours, key=lambda each: (each.weekday, each.opens))
    for day, group in groupby(ordered, lambda each: each.weekday):
        own = list(group)
        before = found[-1] if found else None
        if before and before[1] == day - 1 and _same(before[2], own):
            found[-1] = (before[0], day, before[2])
        else:
            found.append((day, day, own))
    return found


def _same(some: Sequence[Hours], others: Sequence[Hours]) -> bool:
    return [(each.opens, each.closes) for each in some] == [(each.opens, each.closes) for each in others]


def until_words(today: Sequence[Hours], now: time) -> str:
    """到 12:00，下午 13:30 再开; empty outside the hours."""
    stretch = next((each for each in today if each.opens <= now < each.closes), None)
    if stretch is None:
        return ""
    again = next((each for each in today if each.opens >= stretch.closes), None)
    return f"到 {clock_time(stretch.closes)}" + (f"，{clock_time(again.opens)} 再开" if again else "")


def clock_time(moment: time) -> str:
    """8:30"""
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

"""Opening hours as they are written and as they are said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from itertools import groupby

from yichuang.rooms.hall.rules import Hours

from .numerals import count

NOON = 12
WEEKDAYS = "一二三四五六日"


def hours_written(hours: Sequence[Hours]) -> str:
    """周一至周五 8:30 至 12:00，13:30 至 17:30；周六 9:00 至 12:00"""
    return "；".join(
        f"周{WEEKDAYS[first]}{f'至周{WEEKDAYS[last]}' if last > first else ''} {said}"
        for first, last, said in _runs(
            hours, lambda day: "，".join(f"{_written(each.opens)} 至 {_written(each.closes)}" for each in day)
        )
    )


def hours_spoken(hours: Sequence[Hours]) -> str:
    """星期一到星期五上午八点半到十二点、下午一点半到五点半，星期六上午九点到十二点"""
    return _by_days(hours, lambda day: "、".join(_stretch(each) for each in day))


def days_spoken(hours: Sequence[Hours]) -> str:
    """星期一到星期五全天，星期六上午"""
    return _by_days(hours, _part_of_day)


def _by_days(hours: Sequence[Hours], say: Callable[[list[Hours]], str]) -> str:
    named = [
        f"星期{WEEKDAYS[first]}{f'到星期{WEEKDAYS[last]}' if last > first else ''}{said}"
        for first, last, said in _runs(hours, say)
    ]
    return "，".join(named) or "工作日"


def _runs(hours: Sequence[Hours], say: Callable[[list[Hours]], str]) -> list[tuple[int, int, str]]:
    """Days one after another of which the same is said: first day, last day, words."""
    runs: list[tuple[int, int, str]] = []
    for day, stretches in groupby(sorted(hours, key=lambda h: (h.weekday, h.opens)), lambda h: h.weekday):
        said = say(list(stretches))
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == said:
            runs[-1] = (runs[-1][0], day, said)
        else:
            runs.append((day, day, said))
    return runs


def _part_of_day(day: list[Hours]) -> str:
    if day[0].opens.hour < NOON < day[-1].closes.hour:
        return "全天"
    return "上午" if day[0].opens.hour < NOON else "下午"


def _stretch(each: Hours) -> str:
    part = "上午" if each.opens.hour < NOON else "下午"
    return (
        f"{part}{_clock(each.opens.hour, each.opens.minute)}到{_clock(each.closes.hour, each.closes.minute)}"
    )


def _clock(hour: int, minute: int) -> str:
    said = count(hour if hour <= NOON else hour - NOON) + "点"
    return said + ("半" if minute == 30 else f"{count(minute)}分" if minute else "")


def _written(moment: time) -> str:
    return f"{moment:%H:%M}".removeprefix("0")

"""Which of several items has to be done first, because another asks for its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lists import Checklist, brought_by_resident
from .spec import Document, ItemSpec

SHORTEST_NAME = 3  # signs; a shorter name stands in too many results by chance


@dataclass(frozen=True)
class Wait:
    """One item waits for another, whose result is one of its papers."""

    item: str
    document: Document
    after: str


def waits(items: Sequence[ItemSpec], listed: Checklist) -> tuple[Wait, ...]:
    """谁等谁：a paper this resident needs that another of these items gives.

    The name of the paper stands in the name of the result ("居住证" in "安徽省居住证"). A paper that is one of
    several, or that something else may stand for, holds nothing up. Of two items that wait for each other
    neither does.
    """
    found = [
        Wait(code, needed.document, giver.code)
        for needed in listed.materials
        if brought_by_resident(needed) and not needed.choices and not needed.accepts
        for giver in items
        if len(needed.name) >= SHORTEST_NAME
        and needed.name in giver.result
        and giver.code not in needed.items
        for code in needed.items
    ]
    pairs = {(wait.item, wait.after) for wait in found}
    return tuple(wait for wait in found if (wait.after, wait.item) not in pairs)


def in_order(items: Sequence[ItemSpec], found: Sequence[Wait]) -> tuple[ItemSpec, ...]:
    """先后：as given, but each behind what it waits for."""
    behind = {item.code: {wait.after for wait in found if wait.item == item.code} for item in items}
    ordered: list[ItemSpec] = []
    rest = list(items)
    while rest:
        placed = {item.code for item in ordered}
        ready = [item for item in rest if behind[item.code] <= placed] or rest
        ordered.append(ready[0])
        rest.remove(ready[0])
    return tuple(ordered)


def longest_workdays(items: Sequence[ItemSpec], found: Sequence[Wait]) -> int:
    """多少个工作日全办完：each item begins when what it waits for is done; the promised limits are added up."""
    done: dict[str, int] = {}
    for item in in_order(items, found):
        before = [done.get(wait.after, 0) for wait in found if wait.item == item.code]
        done[item.code] = max(before, default=0) + item.promised_workdays
    return max(done.values(), default=0)

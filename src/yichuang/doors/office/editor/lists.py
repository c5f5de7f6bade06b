"""Rows of a form: in the order they stand on the page, added, moved, taken away and put back.

A list `materials` has a hidden field `materials` for each row with the row's number; the row's fields are called
`materials.NUMBER.name`. A row that was taken away stays in the page with `materials.NUMBER.gone` until it is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from .cells import Typed

MOST_ROWS = 200


def numbers(typed: Typed, name: str) -> list[str]:
    """The rows' numbers in their order."""
    found = [number for number in typed.get(name, ()) if re.fullmatch(r"[0-9]{1,5}", number)]
    return list(dict.fromkeys(found))[:MOST_ROWS]


def is_gone(typed: Typed, name: str, number: str) -> bool:
    return bool(typed.get(f"{name}.{number}.gone"))


def staying(typed: Typed, name: str) -> list[str]:
    """The numbers of the rows that have not been taken away."""
    return [number for number in numbers(typed, name) if not is_gone(typed, name, number)]


def said(typed: Typed, name: str, number: str, cell: str) -> str:
    """The one value of a row's field."""
    values = typed.get(f"{name}.{number}.{cell}", ())
    return values[0] if values else ""


def laid_out(name: str, rows: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Rows as typed fields, numbered from 0."""
    typed: dict[str, list[str]] = {name: []}
    for number, row in enumerate(rows):
        typed[name].append(str(number))
        typed |= {f"{name}.{number}.{cell}": list(values) for cell, values in row.items()}
    return typed


def added(typed: Typed, name: str, row: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], str]:
    """The form with one more row at the end, and the row's number."""
    changed = {field: list(values) for field, values in typed.items()}
    number = str(max((int(each) for each in numbers(typed, name)), default=-1) + 1)
    changed.setdefault(name, []).append(number)
    changed |= {f"{name}.{number}.{cell}": list(values) for cell, values in row.items()}
    return changed, number


def moved(typed: Typed, name: str, number: str, verb: str) -> dict[str, list[str]]:
    """`up`, `down`, `drop` (taken away), `back` (put back): the form after that."""
    changed = {field: list(values) for field, values in typed.items()}
    order = numbers(typed, name)
    if number not in order:
        return changed
    if verb == "drop":
        changed[f"{name}.{number}.gone"] = ["1"]
    elif verb == "back":
        changed.pop(f"{name}.{number}.gone", None)
    elif verb in ("up", "down"):
        at = order.index(number)
        to = at + (-1 if verb == "up" else 1)
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
        changed[name] = order
    return changed

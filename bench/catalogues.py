"""Catalogues of any size that read like a real one: names, colloquial words and conditions made of a town's own.

A name walks from sign to sign as the real names do (the next sign is one that follows the same two signs
somewhere), so that pieces repeat as often as they do in life.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from yichuang.rooms.catalog.loading import read_folder
from yichuang.rooms.catalog.rules import ItemSpec

DAWEI = Path(__file__).parents[1] / "src" / "yichuang" / "cli" / "demo" / "dawei"
LONGEST = 40  # signs of a name
_END = ""
_BRACKET = re.compile(r"（.*?）")
_CLAUSE = re.compile(r"[^，。；、]+")

Walk = dict[str, list[str]]


@cache
def real() -> tuple[ItemSpec, ...]:
    """The demo town's items."""
    return tuple(read_folder(DAWEI).items)


def generated(count: int, seed: int) -> list[ItemSpec]:
    """`count` items; the same seed makes the same ones."""
    chance = random.Random(seed)
    names = _walk(_BRACKET.sub("", item.name) for item in real())
    short = _walk(item.short_name for item in real())
    said = _walk(alias for item in real() for alias in item.aliases)
    clauses = [clause for item in real() for clause in _CLAUSE.findall(item.condition)]
    return [
        replace(
            chance.choice(real()),
            code=f"ZZ-{number:06d}",
            name=_text(names, chance),
            short_name=_text(short, chance),
            aliases=tuple(_text(said, chance) for _ in range(chance.randint(3, 6))),
            condition="，".join(chance.choices(clauses, k=chance.randint(3, 7))) + "。",
        )
        for number in range(count)
    ]


def _walk(texts: Iterable[str]) -> Walk:
    """Which signs follow which two; the key "" holds the beginnings."""
    follows: Walk = defaultdict(list)
    for text in texts:
        follows[_END].append(text[:2])
        for place in range(2, len(text) + 1):
            follows[text[place - 2 : place]].append(text[place : place + 1])
    return follows


def _text(follows: Walk, chance: random.Random) -> str:
    text = chance.choice(follows[_END])
    while len(text) < LONGEST:
        sign = chance.choice(follows[text[-2:]])
        if sign == _END:
            break
        text += sign
    return text

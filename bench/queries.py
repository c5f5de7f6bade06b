"""What people type, drawn from a catalogue: names, pieces, slips, letters for sounds, initials, and nonsense."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Sequence

from pypinyin import Style, lazy_pinyin

from yichuang.rooms.catalog.rules import ItemSpec

LONGEST_PIECE = 6
LONGEST_NONSENSE = 12


def drawn(items: Sequence[ItemSpec], count: int, seed: int) -> list[tuple[str, str]]:
    """`count` pairs (kind, text), each kind as often as any other; the same seed draws the same."""
    chance = random.Random(seed)
    kinds = list(KINDS)
    return [
        (kind := kinds[number % len(kinds)], KINDS[kind](chance.choice(items), chance))
        for number in range(count)
    ]


def _name(item: ItemSpec, chance: random.Random) -> str:
    return chance.choice((item.name, item.short_name, *item.aliases))


def _piece(item: ItemSpec, chance: random.Random) -> str:
    name = _name(item, chance)
    begin = chance.randrange(max(1, len(name) - 1))
    return name[begin : begin + chance.randint(2, LONGEST_PIECE)]


def _slip(item: ItemSpec, chance: random.Random) -> str:
    """A sign too few, one of another item, or two changed round."""
    name = _name(item, chance)
    place = chance.randrange(max(1, len(name) - 1))
    kind = chance.randrange(3)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + chance.choice(item.condition) + name[place + 1 :]
    return name[:place] + name[place : place + 2][::-1] + name[place + 2 :]


def _sounds(item: ItemSpec, chance: random.Random) -> str:
    return "".join(lazy_pinyin(_piece(item, chance)))


def _initials(item: ItemSpec, chance: random.Random) -> str:
    return "".join(lazy_pinyin(_piece(item, chance), style=Style.FIRST_LETTER))


def _nonsense(item: ItemSpec, chance: random.Random) -> str:
    length = chance.randint(1, LONGEST_NONSENSE)
    if chance.random() < 0.5:
        return "".join(chance.choices(string.ascii_lowercase + string.digits + " '", k=length))
    return "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(length))


KINDS: dict[str, Callable[[ItemSpec, random.Random], str]] = {
    "names": _name,
    "pieces": _piece,
    "slips": _slip,
    "sounds": _sounds,
    "initials": _initials,
    "nonsense": _nonsense,
}

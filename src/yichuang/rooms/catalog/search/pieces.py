"""Which entries hold which piece of text, compactly; and which pieces sound like what was typed.

A piece is a sign or a pair of signs next to each other. An entry is a number (its place); its places are kept in
an array of four bytes each, in order.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import islice

from . import sounds
from .texts import pairs, parts

_EMPTY = array("I")
_ALIKE_AT_MOST = 12  # pieces of the same sound that are looked at


class Pieces:
    """The pieces of many entries: those of their phrases apart from those of the text around them."""

    def __init__(self) -> None:
        self.count = 0
        self._named: dict[str, array[int]] = {}
        self._around: dict[str, array[int]] = {}

    def add(self, phrases: Collection[str], around: str) -> None:
        """The next entry."""
        place, self.count = self.count, self.count + 1
        named: set[str] = set()
        for phrase in phrases:
            named.update(phrase)
            named.update(pairs(phrase))
        beside = {piece for part in parts(around) for piece in pairs(part)} - named
        for pieces, kept in ((named, self._named), (beside, self._around)):
            for piece in pieces:
                places = kept.get(piece)
                if places is None:
                    places = kept[piece] = array("I")
                places.append(place)

    def named(self, piece: str) -> array[int]:
        """The entries that hold it in a phrase."""
        return self._named.get(piece, _EMPTY)

    def around(self, piece: str) -> array[int]:
        """The entries that hold it only in the text around."""
        return self._around.get(piece, _EMPTY)

    def rarity(self, piece: str) -> float:
        """How much it says: 0 when every entry has it, high when one has it (inverse document frequency)."""
        held = len(self.named(piece)) + 0.5 * len(self.around(piece))
        return math.log(1 + (self.count - min(held, self.count) + 0.5) / (held + 0.5)) if held else 0.0

    def __contains__(self, piece: str) -> bool:
        return piece in self._named or piece in self._around

    def every_pair(self) -> Iterator[str]:
        """Each pair of signs that occurs."""
        yield from (piece for piece in self._named if len(piece) == 2)
        yield from (piece for piece in self._around if len(piece) == 2 and piece not in self._named)

    def often(self, piece: str) -> int:
        """In how many entries it is found."""
        return len(self.named(piece)) + len(self.around(piece))


class Soundings:
    """Pairs of signs by their sound: whole syllables, sounds that are mixed up, first letters."""

    def __init__(self, pieces: Pieces) -> None:
        exact: dict[str, list[str]] = {}
        mixed: dict[str, list[str]] = {}
        for pair in pieces.every_pair():
            first, second = sounds.syllables(pair)
            exact.setdefault(f"{first} {second}", []).append(pair)
            one, other = sounds.alike(first), sounds.alike(second)
            for key in {
                f"{one} {other}",
                f"{one} {second[0]}",
                f"{first[0]} {other}",
                f"{first[0]} {second[0]}",
            }:
                mixed.setdefault(key, []).append(pair)
        for found in (*exact.values(), *mixed.values()):
            found.sort(key=lambda pair: (-pieces.often(pair), pair))
        self._exact, self._mixed = exact, mixed
        self._in_order = sorted(exact)

    def same(self, first: str, second: str) -> list[str]:
        """Pairs that sound exactly so, the most frequent first."""
        return self._exact.get(f"{first} {second}", [])[:_ALIKE_AT_MOST]

    def mixed_up(self, first: str, second: str) -> list[str]:
        """Pairs that sound so to people who mix up n and l, zh and z, f and h, in and ing.

        A single letter stands for any syllable that begins with it.
        """
        one = sounds.alike(first) if sounds.is_syllable(first) else first
        other = sounds.alike(second) if sounds.is_syllable(second) else second
        return self._mixed.get(f"{one} {other}", [])[:_ALIKE_AT_MOST]

    def begun(self, first: str, letters: str) -> list[str]:
        """Pairs whose second syllable is only begun: gao lin."""
        key = f"{first} {letters}"
        begin = bisect_left(self._in_order, key)
        found = (
            each for each in islice(self._in_order, begin, begin + _ALIKE_AT_MOST) if each.startswith(key)
        )
        return [pair for each in found for pair in self._exact[each]][:_ALIKE_AT_MOST]

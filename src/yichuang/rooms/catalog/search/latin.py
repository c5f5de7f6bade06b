"""Queries in Latin letters: pinyin, first letters, and the English names of items."""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence

from . import sounds
from .closeness import in_order

_WORD = re.compile(r"[a-z]{2,}")
_LITTLE = frozenset(
    [
        "the",
        "of",
        "for",
        "and",
        "to",
        "in",
        "on",
        "an",
        "is",
        "are",
        "at",
        "by",
        "or",
        "with",
        "how",
        "do",
        "get",
        "my",
        "your",
    ]
)
_PREFIX = 3  # letters of a word that is still being typed
_STEM = 5  # letters that a word of the same family shares
_MOST_WORDS, _READ = 12, 10_000  # words of a query, and places read for each word


def closeness(typed: str, phrase: str) -> float:
    """How well typed letters stand for a phrase, 0 to 100: as pinyin, as first letters, or with a slip."""
    syllables = sounds.syllables(phrase)
    letters, heard = "".join([each[0] for each in syllables]), "".join(syllables)
    if typed == letters:
        return 97.0
    if typed == heard:
        return 98.0
    if len(typed) >= 2 and letters.startswith(typed):
        return 70 + 25 * len(typed) / len(letters)
    if len(typed) >= 3 and _starts_syllable(typed, heard, syllables):
        return 62 + 33 * len(typed) / len(heard)
    if len(typed) >= 3 and typed in letters:
        return 45 + 35 * len(typed) / len(letters)
    near = 80 * _shared(typed, heard) if len(typed) >= 5 else 0.0
    gaps = 66 * in_order(typed, letters) if len(typed) >= 3 else 0.0
    return max(near if near >= 30 else 0.0, gaps)


def _starts_syllable(typed: str, heard: str, syllables: Sequence[str]) -> bool:
    """Whether the letters begin where a syllable of the phrase begins."""
    if typed not in heard:
        return False
    place = 0
    for syllable in syllables:
        if heard.startswith(typed, place):
            return True
        place += len(syllable)
    return False


def _shared(typed: str, heard: str) -> float:
    """How many of the letter triples of both they share, 0 to 1."""
    one, other = _triples(typed), _triples(heard)
    common = len(one & other)
    return 0.6 * common / len(one) + 0.4 * 2 * common / (len(one) + len(other)) if one and other else 0.0


def _triples(letters: str) -> set[str]:
    return {letters[place : place + 3] for place in range(len(letters) - 2)}


class English:
    """English words of the entries."""

    def __init__(self) -> None:
        self._named: dict[str, array[int]] = {}
        self._beside: dict[str, array[int]] = {}
        self._words: list[str] = []
        self._long = array("H")  # words of each name

    def add(self, place: int, told: tuple[str, ...]) -> None:
        """The English name and summary of the next entry."""
        for number, text in enumerate(told):
            kept = self._beside if number else self._named
            for word in set(words(text)):
                kept.setdefault(word, array("I")).append(place)
        self._long.append(len(words(told[0])) if told else 0)

    def search(self, text: str) -> dict[int, float]:
        """0 to 90 by entry: how many of the words it has, rare ones first; the last word may be only begun."""
        asked = words(text)
        if not asked or not self._named:
            return {}
        self._words = self._words or sorted({*self._named, *self._beside})
        found: dict[int, float] = {}
        whole = 0.0
        for number, word in enumerate(asked[:_MOST_WORDS]):
            meant = self._meant(word, is_last=number == len(asked) - 1)
            weight = max((self._rarity(other) for other in meant), default=1.0)
            whole += weight
            best: dict[int, float] = {}
            for other, fits in meant.items():
                for kept, counts in ((self._named, 1.0), (self._beside, 0.6)):
                    for place in kept.get(other, ())[:_READ]:
                        best[place] = max(best.get(place, 0.0), fits * counts)
            for place, fits in best.items():
                found[place] = found.get(place, 0.0) + fits * weight
        return {
            place: (80 + 10 * min(1.0, len(asked) / (self._long[place] or 1))) * had / whole
            for place, had in found.items()
        }

    def _meant(self, word: str, *, is_last: bool) -> dict[str, float]:
        """Known words for a typed one: itself, words it begins, and where it is unknown, words that begin alike."""
        meant = {word: 1.0} if word in self._named or word in self._beside else {}
        if is_last and len(word) >= _PREFIX:
            meant |= {other: 0.8 for other in self._beginning(word) if other not in meant}
        if not meant and len(word) > _STEM:
            meant = dict.fromkeys(self._beginning(word[:_STEM]), 0.7)  # license, unemployment
        return meant

    def _beginning(self, letters: str) -> list[str]:
        begin = bisect_left(self._words, letters)
        return [word for word in self._words[begin : begin + 8] if word.startswith(letters)]

    def _rarity(self, word: str) -> float:
        held = len(self._named.get(word, ())) + 0.5 * len(self._beside.get(word, ()))
        return math.log(1 + len(self._long) / (held + 0.5))


def words(text: str) -> list[str]:
    """The English words of a text, without little ones and without the s of the plural."""
    found = (word for word in _WORD.findall(text.lower()) if word not in _LITTLE)
    return [word[:-1] if word.endswith("s") and len(word) > 3 else word for word in found]

"""All phrases of all entries, to be found by how they begin: as text, as pinyin, as first letters.

Kept are the phrases and three arrays of their numbers, each in one order; sounds are worked out when they are
compared (a look-up compares some twenty), so that a hundred thousand entries stay small.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from . import sounds


class Phrases:
    """The phrases of entries, in the order of the entries; each keeps its number within its entry."""

    def __init__(self, held: Iterable[Iterable[str]]) -> None:
        self.texts: list[str] = []
        self._begins = array("I")
        for phrases in held:
            self._begins.append(len(self.texts))
            self.texts.extend(phrases)
        self._by_text = self._sorted(lambda text: text)
        self._by_sound = self._sorted(sound)
        self._by_letters = self._sorted(first_letters)

    def of(self, place: int) -> list[str]:
        """The phrases of one entry."""
        end = self._begins[place + 1] if place + 1 < len(self._begins) else len(self.texts)
        return self.texts[self._begins[place] : end]

    def owner(self, number: int) -> tuple[int, int]:
        """The entry of a phrase, and which of its phrases it is."""
        place = bisect_right(self._begins, number) - 1
        return place, number - self._begins[place]

    def beginning(self, text: str, most: int) -> list[int]:
        """Numbers of phrases that begin with this text, in the order of their text: what equals it comes first."""
        return self._found(self._by_text, lambda phrase: phrase, text, most)

    def sounding(self, letters: str, most: int) -> list[int]:
        """Numbers of phrases whose pinyin begins with these letters."""
        return self._found(self._by_sound, sound, letters, most)

    def abbreviated(self, letters: str, most: int) -> list[int]:
        """Numbers of phrases whose first letters begin so."""
        return self._found(self._by_letters, first_letters, letters, most)

    def _sorted(self, key: Callable[[str], str]) -> array[int]:
        keys = [key(text) for text in self.texts]
        return array("I", sorted(range(len(keys)), key=keys.__getitem__))

    def _found(self, order: array[int], key: Callable[[str], str], begins: str, most: int) -> list[int]:
        if not begins:
            return []
        place = bisect_left(order, begins, key=lambda number: key(self.texts[number]))
        found = []
        for number in order[place : place + most]:
            if not key(self.texts[number]).startswith(begins):
                break
            found.append(number)
        return found


def sound(text: str) -> str:
    """Its pinyin without tones and gaps."""
    return "".join(sounds.syllables(text))


def first_letters(text: str) -> str:
    """The first letter of each syllable."""
    return "".join(syllable[0] for syllable in sounds.syllables(text))

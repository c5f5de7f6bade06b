"""The table of everyday words (everyday.txt), and finding its words in what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import sounds

_TABLE = Path(__file__).with_name("everyday.txt")
_AGE = re.compile(r"(?<![0-9])(1?[0-9]{2})(?=岁|周岁|多|了|$)|(?<=满)(1?[0-9]{2})(?!年|天|个)")

_WHO = 0.5  # what a word counts that only says who it is about


@dataclass(frozen=True, slots=True)
class Meaning:
    """The words that may stand for a said word, best first, and how much it counts."""

    words: tuple[str, ...]
    counts: float = 1.0


def table(lines: Iterable[str]) -> dict[str, Meaning]:
    """What each said word means; a word said on several lines means all of it."""
    found: dict[str, Meaning] = {}
    for line in lines:
        words, _, meant = line.partition("#")[0].partition(":")
        counts = _WHO if meant.startswith("~") else 1.0
        for word in words.split():
            before = found.get(word, Meaning((), counts))
            every = dict.fromkeys((*before.words, *meant.removeprefix("~").split()))
            found[word] = Meaning(tuple(every), max(counts, before.counts))
    return found


@cache
def meanings() -> dict[str, Meaning]:
    """The table, read once."""
    return table(_TABLE.read_text(encoding="utf-8").splitlines())


@cache
def _by_sound() -> dict[str, str]:
    """Said words of two signs and more by their sounds, as people mix them up."""
    words = (word for word in meanings() if len(word) > 1)
    return {" ".join(map(sounds.alike, sounds.syllables(word))): word for word in words}


def warm() -> None:
    """Read the table now, not at the first query."""
    meanings()
    _by_sound()


def heard(syllables: list[str], most: int = 5) -> list[tuple[int, int, str]]:
    """Said words among syllables: where each begins and ends, and the word. The longest count, none overlap."""
    found, place = [], 0
    mixed = [sounds.alike(each) for each in syllables]
    while place < len(mixed):
        for end in range(min(len(mixed), place + most), place + 1, -1):
            if word := _by_sound().get(" ".join(mixed[place:end])):
                found.append((place, end, word))
                place = end
                break
        else:
            place += 1
    return found


def said(text: str, most: int = 8) -> list[tuple[int, int, Meaning]]:
    """Said words in a text: where each begins and ends, and what it means. The longest count, none overlap."""
    found, place, known = [], 0, meanings()
    while place < len(text):
        for end in range(min(len(text), place + most), place, -1):
            if meant := known.get(text[place:end]):
                found.append((place, end, meant))
                place = end
                break
        else:
            place += 1
    return found + [
        (match.start(), match.end(), _age(int(match[1] or match[2]))) for match in _AGE.finditer(text)
    ]


def _age(years: int) -> Meaning:
    """Who is 83 has turned 80."""
    turned = years // 10 * 10
    return Meaning((f"{turned}周岁", f"{turned}岁"))

"""What somebody typed, understood: slots, each with the pieces of text that would answer it.

A slot is a pair of signs, a word of the everyday table, a syllable pair of typed pinyin. Its options are what may
stand for it in the catalogue, with how well each does: itself, words that mean it, pieces that sound like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from . import everyday, sounds, texts
from .everyday import Meaning
from .pieces import Pieces, Soundings

LONGEST = 60  # signs of a query that are read
_RUN = re.compile(r"[a-z]+|[^a-z]+")

# How well something stands for what was typed, 0 to 1.
_MEANT = (0.9, 0.8, 0.72, 0.66, 0.6)  # the first, second … word of the everyday table
_SAME_SOUND, _MIXED_SOUND = 0.75, 0.6  # when what was typed stands nowhere itself
_SAME_SOUND_TOO = 0.3  # when it does
_FIRST_LETTERS = 0.6
# How much a slot weighs against a plain pair of signs.
_INSIDE, _ACROSS, _LITTLE = 0.5, 0.2, 0.35
_SINGLE, _SPREAD, _UNKNOWN = 0.4, 0.6, 1.5
_LITTLE_SIGNS = frozenset("了的在要有我他她它个不是到去上下里就给把和跟想能会也都还又来没得着过吗人")


@dataclass(frozen=True, slots=True)
class Slot:
    """What may answer it, best first, and how much it matters."""

    options: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """A query as its slots."""

    slots: tuple[Slot, ...]
    weight: float  # of all slots, and of what stands nowhere


class Reader:
    """Understands queries with the words of one catalogue."""

    def __init__(self, pieces: Pieces, soundings: Soundings) -> None:
        self._pieces, self._soundings = pieces, soundings
        everyday.warm()

    def read(self, plain: str) -> Query:
        """A plain text as a query."""
        text, spans = _without_chatter(plain[:LONGEST])
        slots: list[Slot] = []
        unknown = 0.0
        for begin, end, meant in spans:
            slots += self._meaning(text[begin:end], meant)
        share = {begin - 1: _ACROSS for begin, _, _ in spans} | {end - 1: _ACROSS for _, end, _ in spans}
        share |= {place: _INSIDE for begin, end, _ in spans for place in range(begin, end - 1)}
        begin = 0
        for run in _RUN.findall(text):
            if run[0].isascii() and run[0].isalpha():
                slots += self._typed(run)
            else:
                found, missed = self._signs(run, {place - begin: each for place, each in share.items()})
                slots += found
                unknown += missed
            begin += len(run)
        weight = sum(slot.weight for slot in slots)
        return Query(tuple(slots), weight + min(unknown, weight))

    def _meaning(self, word: str, meaning: Meaning) -> list[Slot]:
        known = [(each, 1.0) for each in (word,) if self._holds(each)]
        known += [
            (each, _MEANT[min(place, len(_MEANT) - 1)])
            for place, each in enumerate(meaning.words)
            if each != word and self._holds(each)
        ]
        if not known:
            return []
        weight = max(self._rarity(each) for each, _ in known[:2])
        return [Slot(tuple(known), weight * meaning.counts)]

    def _signs(self, run: str, share: dict[int, float]) -> tuple[list[Slot], float]:
        slots: list[Slot] = []
        unknown = 0.0
        if len(run) == 1:
            return [Slot(((run, 1.0),), self._pieces.rarity(run))] if run in self._pieces else [], 0.0
        heard = sounds.syllables(run)
        known = [pair in self._pieces for pair in texts.pairs(run)]
        for place, pair in enumerate(texts.pairs(run)):
            options = self._sounding(pair, *heard[place : place + 2])
            if options:
                weight = max(self._pieces.rarity(piece) * fits for piece, fits in options)
                weight *= share.get(place, 1.0) * (_LITTLE if _LITTLE_SIGNS & set(pair) else 1.0)
                slots.append(Slot(options, weight))
            elif place not in share:
                unknown += _UNKNOWN
        for place, sign in enumerate(run):
            if any(known[max(0, place - 1) : place + 1]) or sign not in self._pieces:
                continue
            slots.append(Slot(((sign, 1.0),), _SINGLE * self._pieces.rarity(sign)))
        for place in range(len(run) - 2):
            spread = run[place] + run[place + 2]
            if not any(known[place : place + 2]) and spread in self._pieces:
                slots.append(Slot(((spread, 1.0),), _SPREAD * self._pieces.rarity(spread)))
        return slots, unknown

    def _sounding(self, pair: str, first: str, second: str) -> tuple[tuple[str, float], ...]:
        options = {pair: 1.0} if pair in self._pieces else {}
        if not (texts.is_han(pair[0]) and texts.is_han(pair[1])):
            return tuple(options.items())
        for other in self._soundings.same(first, second):
            options.setdefault(other, _SAME_SOUND_TOO if pair in self._pieces else _SAME_SOUND)
        if pair not in self._pieces:
            for other in self._soundings.mixed_up(first, second):
                options.setdefault(other, _MIXED_SOUND)
        return tuple(options.items())

    def _typed(self, letters: str) -> Iterator[Slot]:
        """Pinyin, whole or begun, and first letters."""
        heard = sounds.cut(letters)
        if len(heard) == 1:
            heard = [*heard, ""]
        for _, _, word in everyday.heard(heard):
            yield from self._meaning(word, everyday.meanings()[word])
        for place, (first, second) in enumerate(pairwise(heard)):
            options: dict[str, float] = {}
            if sounds.is_syllable(first) and sounds.is_syllable(second):
                options |= dict.fromkeys(self._soundings.same(first, second), 1.0)
                for other in self._soundings.mixed_up(first, second):
                    options.setdefault(other, 0.8)
            else:
                options |= dict.fromkeys(self._soundings.mixed_up(first, second), _FIRST_LETTERS)
            if place == len(heard) - 2:
                for other in self._soundings.begun(first, second):
                    options.setdefault(other, 0.7)
            if options:
                yield Slot(tuple(options.items()), max(self._pieces.rarity(each) for each in options))

    def _holds(self, word: str) -> bool:
        return all(pair in self._pieces for pair in texts.pairs(word)) and (
            len(word) > 1 or word in self._pieces
        )

    def _rarity(self, word: str) -> float:
        return max(
            (self._pieces.rarity(pair) for pair in texts.pairs(word)), default=self._pieces.rarity(word)
        )


def _without_chatter(plain: str) -> tuple[str, list[tuple[int, int, Meaning]]]:
    """The query without what people say around it, and the everyday words in it."""
    kept, spans, place, long = [], [], 0, 0
    for begin, end, meant in sorted(everyday.said(plain)):
        if begin < place:
            continue
        between = texts.without_chatter(plain[place:begin])
        kept += [between, plain[begin:end]]
        spans.append((long + len(between), long + len(between) + end - begin, meant))
        long += len(between) + end - begin
        place = end
    kept.append(texts.without_chatter(plain[place:]))
    return ("".join(kept), spans) if any(kept) else (plain, [])

"""Finding an item by what people type: words of the list, colloquial words, pinyin, initials, wrong characters.

In memory, pure Python. A query is compared with every phrase of an item (whole, part, pinyin, initials), and its
pieces (single signs, pairs of signs, pairs of syllables) are weighed by how rare they are in this catalogue (BM25).
Comparing syllables finds words written with wrong characters of the same sound.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from pypinyin import Style, lazy_pinyin

from ..rules import ItemSpec

_NOT_WORDS = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")
# What people say around the thing itself.
_CHATTER = re.compile(
    r"请问|你好|您好|我想|我要|想要|需要|怎么办理|怎么办|怎么弄|怎么搞|怎样|怎么|如何|哪里|在哪|什么|办理|申请|一下|手续|可以|能不能|吗|呢|啊|的|了"
)
_WEIGHTS = (1.0, 0.97, 0.95)  # of a phrase: name, short name, colloquial
_Piece = TypeVar("_Piece")
_K1, _B = 1.2, 0.5  # BM25: how fast repeats saturate, how much length counts


@dataclass(frozen=True)
class Hit:
    """An item found, with its score (0 to 100)."""

    code: str
    name: str
    score: float


@dataclass(frozen=True)
class _Phrase:
    text: str
    syllables: tuple[str, ...]
    sound: str
    initials: str
    weight: float


@dataclass(frozen=True)
class _Entry:
    item: ItemSpec
    phrases: tuple[_Phrase, ...]
    pieces: Counter[str]
    length: int


class Index:
    """The published items of one town, ready to be searched."""

    def __init__(self, items: Iterable[ItemSpec]) -> None:
        self._entries = [_entry(item) for item in items]
        self._average = sum(entry.length for entry in self._entries) / max(len(self._entries), 1)
        held = Counter(piece for entry in self._entries for piece in entry.pieces)
        count = len(self._entries)
        self._rarity = {
            piece: math.log(1 + (count - number + 0.5) / (number + 0.5)) for piece, number in held.items()
        }
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(self._entries):
            for piece in entry.pieces:
                self._holders[piece].append(place)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The best items first; an empty or senseless query finds nothing."""
        query = _plain(text)[:60]
        if not query:
            return []
        if (code := text.strip().upper()) and (exact := [e for e in self._entries if e.item.code == code]):
            return [Hit(code, exact[0].item.name, 100.0)]
        core = _CHATTER.sub("", query) or query
        if core.isascii():
            scores = {place: self._by_sound(core, entry) for place, entry in enumerate(self._entries)}
        else:
            scores = self._by_words(core)
        found = [(score, place) for place, score in scores.items() if score >= 12]
        found.sort(key=lambda each: (-each[0], each[1]))
        return [
            Hit(self._entries[place].item.code, self._entries[place].item.name, round(min(score, 100.0), 1))
            for score, place in found[:limit]
        ]

    def _by_words(self, core: str) -> dict[int, float]:
        pieces = _pieces(core, _syllables(core))
        whole = sum(self._rarity.get(piece, 4.0) * weight for piece, weight in pieces.items()) or 1.0
        weighed: dict[int, float] = defaultdict(float)
        for piece, weight in pieces.items():
            for place in self._holders.get(piece, ()):
                entry = self._entries[place]
                often = entry.pieces[piece]
                damped = often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * entry.length / self._average))
                weighed[place] += self._rarity[piece] * min(damped, 1.6) * weight
        return {
            place: 45 * min(score / whole, 1.0) + 55 * _best_phrase(core, self._entries[place])
            for place, score in weighed.items()
        }

    def _by_sound(self, core: str, entry: _Entry) -> float:
        """A query in Latin letters: full pinyin, initials, or both with a slip."""
        best = 0.0
        for phrase in entry.phrases:
            if core in (phrase.initials, phrase.sound):
                score = 100.0
            elif len(core) >= 2 and phrase.initials.startswith(core):
                score = 70 + 25 * len(core) / len(phrase.initials)
            elif len(core) >= 3 and _starts_syllable(core, phrase):
                score = 65 + 30 * len(core) / len(phrase.sound)
            elif len(core) >= 3 and core in phrase.initials:
                score = 45 + 25 * len(core) / len(phrase.initials)
            else:
                alike = 75 * _alike(core, phrase.sound) if len(core) >= 5 else 0.0
                score = max(alike if alike >= 30 else 0.0, 55 * _in_order(core, phrase.initials))
            best = max(best, score * phrase.weight)
        return best


def _entry(item: ItemSpec) -> _Entry:
    named = [
        (item.name, _WEIGHTS[0]),
        (item.short_name, _WEIGHTS[1]),
        *((alias, _WEIGHTS[2]) for alias in item.aliases),
    ]
    phrases = tuple(_phrase(text, weight) for text, weight in named)
    pieces: Counter[str] = Counter()
    for phrase in phrases:
        pieces.update(_pieces(phrase.text, phrase.syllables).keys())
    around = " ".join((item.condition, item.result, *item.life_events))
    for part in _NOT_WORDS.split(unicodedata.normalize("NFKC", around).lower()):
        for piece in _pairs(part):
            pieces[piece] += 0 if piece in pieces else 1
    return _Entry(item, phrases, pieces, sum(len(phrase.text) for phrase in phrases))


def _phrase(text: str, weight: float) -> _Phrase:
    plain = _CHATTER.sub("", _plain(text)) or _plain(text)
    syllables = _syllables(plain)
    return _Phrase(plain, syllables, "".join(syllables), "".join(each[0] for each in syllables), weight)


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).lower())


def _syllables(text: str) -> tuple[str, ...]:
    """Pinyin syllables without tones; digits and Latin letters stay as they are."""
    return tuple(lazy_pinyin(text, style=Style.NORMAL))


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _pieces(text: str, syllables: tuple[str, ...]) -> dict[str, float]:
    """Pieces of a text with their weights: signs, pairs of signs, pairs of syllables."""
    pieces = dict.fromkeys(text, 0.35)
    pieces |= dict.fromkeys(_pairs(text), 1.0)
    pieces |= {f"{first} {second}": 0.55 for first, second in pairwise(syllables)}
    return pieces


def _best_phrase(core: str, entry: _Entry) -> float:
    best = 0.0
    pairs = set(_pairs(core))
    sounds = set(pairwise(_syllables(core)))
    for phrase in entry.phrases:
        if core == phrase.text:
            score = 1.0
        elif core in phrase.text:
            score = 0.72 + 0.25 * len(core) / len(phrase.text)
        elif phrase.text in core:
            score = 0.62 + 0.3 * len(phrase.text) / len(core)
        else:
            score = 0.8 * max(
                _dice(pairs, set(_pairs(phrase.text))),
                0.85 * _dice(sounds, set(pairwise(phrase.syllables))),
            )
        best = max(best, score * phrase.weight)
    return best


def _dice(one: set[_Piece], other: set[_Piece]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _starts_syllable(core: str, phrase: _Phrase) -> bool:
    """Whether the typed letters begin where a syllable of the phrase begins."""
    place = 0
    for syllable in phrase.syllables:
        if phrase.sound.startswith(core, place):
            return True
        place += len(syllable)
    return False


def _alike(typed: str, sound: str) -> float:
    """How many of the typed letter triples occur in the sound, 0 to 1."""
    triples = {typed[place : place + 3] for place in range(len(typed) - 2)}
    return sum(triple in sound for triple in triples) / len(triples) if triples else 0.0


def _in_order(core: str, initials: str) -> float:
    """Initials with words left out between them (ydjy in 异地长期居住人员就医): how close together they stand, 0 to 1."""
    best = 0.0
    for begin in range(len(initials)):
        place = begin - 1
        for letter in core:
            place = initials.find(letter, place + 1)
            if place < 0:
                break
        else:
            best = max(best, len(core) / (place + 1 - begin))
    return best if len(core) >= 3 and best >= 0.4 else 0.0

"""The items of one town, ready to be searched."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from ..rules import ItemSpec
from . import latin, texts
from .closeness import closeness, spread
from .phrases import Phrases
from .pieces import Pieces, Soundings
from .query import Query, Reader

WEAK = 40.0  # a hit with a lower score is a guess: one right first answer in six has less
_LEAST = 8.0  # below this nothing is shown
# Bounds on the work of one search, whatever is typed and however many entries there are.
_READ = 24_000  # places read from the lists of pieces
_LONG = 8_000  # a longer list says too little to be read while shorter ones are left
_COMPARED = 200  # entries compared with the query sign by sign
_LETTERED = 60  # of them compared letter by letter
_BEGUN = 60  # phrases looked at that begin with the query
_EXACT = (100.0, 99.0, 98.0)  # the query is the name, the short name, a colloquial word


@dataclass(frozen=True)
class Hit:
    """An item found, with its score: 100 it was named, 70 and more most of the query is in it, below WEAK a guess."""

    code: str
    name: str
    score: float


@dataclass(frozen=True)
class Suggestion:
    """An item offered while somebody is typing, with the phrase of it that fits."""

    code: str
    name: str
    phrase: str


@dataclass(frozen=True)
class Entry:
    """What is searched of a thing: its name first, what it is called besides, the text around, its English words."""

    code: str
    named: tuple[str, ...]
    around: tuple[str, ...] = ()
    english: tuple[str, ...] = ()


def item_entry(item: ItemSpec) -> Entry:
    """What is searched of an item."""
    return Entry(
        item.code,
        (item.name, item.short_name, *item.aliases),
        (item.condition, item.result, *item.life_events),
        tuple(filter(None, (item.name_en, item.summary_en))),
    )


class Index:
    """Things ready to be searched: the published items of a town, or its bundles. Never changed once made."""

    def __init__(self, things: Iterable[Any], entry: Callable[[Any], Entry] = item_entry) -> None:
        self._things, self._entry = list(things), entry
        self._pieces = Pieces()
        self._places: dict[str, int] = {}
        held = []
        english = latin.English()
        for place, thing in enumerate(self._things):
            told = entry(thing)
            phrases = [texts.core(texts.plain(each)) for each in told.named]
            self._pieces.add(phrases, " ".join(told.around))
            english.add(place, told.english)
            self._places[texts.plain(told.code)] = place
            held.append(phrases)
        self._phrases = Phrases(held)
        self._english = english
        self._soundings = Soundings(self._pieces)
        self._reader = Reader(self._pieces, self._soundings)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The best first; an empty or senseless query finds nothing."""
        typed = texts.plain(text)
        if len(typed) >= 4 and len(set(typed)) == 1 and typed.isascii():
            return []  # a finger left on a key
        found = [(score, place) for place, (score, _) in self._scores(text).items() if score >= _LEAST]
        best = nlargest(limit, found, key=lambda each: (each[0], -each[1]))
        return [self._hit(place, score) for score, place in best]

    def suggest(self, text: str, limit: int = 6) -> list[Suggestion]:
        """What is meant by what is typed so far: phrases that begin so first, then what a search finds."""
        typed = texts.plain(text)
        if not typed:
            return []
        begun = [self._phrases.owner(number) for number in self._beginning(typed)]
        begun.sort(key=lambda each: (len(self._phrases.of(each[0])[each[1]]), each))
        offered: dict[int, int] = {}
        for place, which in begun:
            offered.setdefault(place, which)
        if len(offered) < limit:
            scores = self._scores(text)
            best = nlargest(limit, scores, key=lambda place: (scores[place][0], -place))
            for place in best:
                if scores[place][0] >= _LEAST:
                    offered.setdefault(place, scores[place][1])
        return [self._suggestion(place, which) for place, which in list(offered.items())[:limit]]

    def _hit(self, place: int, score: float) -> Hit:
        told = self._entry(self._things[place])
        return Hit(told.code, told.named[0], round(min(score, 100.0), 1))

    def _suggestion(self, place: int, which: int) -> Suggestion:
        told = self._entry(self._things[place])
        return Suggestion(told.code, told.named[0], told.named[which])

    def _scores(self, text: str) -> dict[int, tuple[float, int]]:
        """By place: the score, and which phrase of the entry answers."""
        plain = texts.plain(text)
        if not plain:
            return {}
        if plain in self._places:
            return {self._places[plain]: (100.0, 0)}
        query, typed = self._reader.read(plain), texts.core(plain)
        begun = {self._phrases.owner(number)[0] for number in self._beginning(typed)}
        scores = {place: self._score(query, plain, typed, place) for place in begun | self._candidates(query)}
        for place in begun | set(nlargest(_LETTERED, scores, key=lambda place: (scores[place], -place))):
            if (spelt := self._spelt(typed, place)) > scores[place]:
                scores[place] = spelt
        for place, score in self._english.search(text).items():
            if place not in scores or scores[place][0] < score:
                scores[place] = (score, 0)
        return scores

    def _score(self, query: Query, plain: str, typed: str, place: int) -> tuple[float, int]:
        """By the words of the query, and which phrase answers."""
        phrases = self._phrases.of(place)
        told = self._entry(self._things[place])
        if typed in phrases:
            which = phrases.index(typed)
            chatter = 0.0 if texts.plain(told.named[which]) == plain else 0.5
            return _EXACT[min(which, 2)] - chatter, which
        near, which = closeness(query, phrases, told.around)
        return 94 * near, which

    def _spelt(self, typed: str, place: int) -> tuple[float, int]:
        """By its letters as pinyin or first letters; by its signs with others left out between them."""
        if typed.isascii():
            near = latin.closeness
        elif 3 <= len(typed) <= 8:
            near = spread
        else:
            return 0.0, 0
        scores = [near(typed, phrase) for phrase in self._phrases.of(place)]
        best = max(scores)
        return best, scores.index(best)

    def _beginning(self, typed: str) -> list[int]:
        if typed.isascii():
            return self._phrases.sounding(typed, _BEGUN) + self._phrases.abbreviated(typed, _BEGUN)
        return self._phrases.beginning(typed, _BEGUN)

    def _candidates(self, query: Query) -> set[int]:
        """Entries worth comparing: the rarest pieces are read first, and no more than a bound altogether."""
        lists: list[tuple[array[int], float]] = []
        for slot in query.slots:
            for option, fits in slot.options:
                piece = min(texts.pairs(option), key=self._pieces.often, default=option)
                lists.append((self._pieces.named(piece), slot.weight * fits))
                lists.append((self._pieces.around(piece), slot.weight * fits * 0.5))
        lists.sort(key=lambda each: len(each[0]))
        worth: dict[int, float] = {}
        left = _READ
        for places, weight in lists:
            if left <= 0:
                break
            if len(places) > min(left, _LONG):
                places = places[: min(left, _LONG)]
            left -= len(places)
            for place in places:
                worth[place] = worth.get(place, 0.0) + weight
        return set(nlargest(_COMPARED, worth, key=worth.__getitem__))

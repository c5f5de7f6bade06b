"""How well an entry answers a query: how much of the query it has, and how much of one of its phrases is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from .query import Query

# Where a piece is found, and what it counts there.
_AROUND = 0.5  # in the conditions and the result, against 1 in a name or a colloquial word
_HAS, _IS = 0.5, 0.5  # the share of the query an entry has; the share of it that one phrase has
_FULL = 0.55  # of a phrase's score: how much of the phrase is asked for


def closeness(query: Query, phrases: Sequence[str], around: Sequence[str]) -> tuple[float, int]:
    """0 to 1, and which phrase answers best."""
    named = "\n".join(phrases)
    had, in_names = 0.0, []
    for slot in query.slots:
        best = 0.0
        for option, fits in slot.options:
            if fits <= best:
                continue
            if option in named:
                best = fits
                in_names.append((option, fits * slot.weight, id(slot)))
            elif fits * _AROUND > best and any(option in text for text in around):
                best = fits * _AROUND
        had += best * slot.weight
    if not had:
        return 0.0, 0
    closest, which = 0.0, 0
    for number, phrase in enumerate(phrases):
        if (near := _phrase(query, phrase, in_names)) > closest:
            closest, which = near, number
    return _HAS * had / query.weight + _IS * closest, which


def _phrase(query: Query, phrase: str, options: Sequence[tuple[str, float, int]]) -> float:
    """How much of the query stands in this phrase, less when the phrase says much besides."""
    held: dict[int, float] = {}
    signs = 0
    for option, worth, slot in options:
        place = phrase.find(option)
        if place >= 0:
            held[slot] = max(held.get(slot, 0.0), worth)
            signs |= ((1 << len(option)) - 1) << place
    if not held:
        return 0.0
    share = sum(held.values()) / query.weight
    return share * (1 - _FULL + _FULL * signs.bit_count() / len(phrase))


def in_order(typed: str, text: str) -> float:
    """Signs with others left out between them (两残补贴, ydjy): how close together they stand, 0 to 1."""
    best = 0.0
    for begin, sign in enumerate(text):
        if sign != typed[0]:
            continue
        place = begin - 1
        for each in typed:
            place = text.find(each, place + 1)
            if place < 0:
                break
        else:
            best = max(best, len(typed) / (place + 1 - begin))
    return best if best >= 0.4 else 0.0


def spread(typed: str, phrase: str) -> float:
    """Signs with others left out between them, 0 to 80."""
    return 80 * in_order(typed, phrase)

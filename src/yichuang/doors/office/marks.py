"""Where two sentences differ, sign by sign, so that the eye need not search for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from yichuang.rooms.catalog.rules import Difference

SHORTEST_KEPT = 2  # a single sign that happens to be the same between two changes reads worse than one change
LEAST_ALIKE = 0.4  # of the shorter one; below that the sentence is simply another one
LONGEST = 1_500  # signs; longer texts are shown as replaced


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence; `is_changed` in the one column means gone, in the other means new."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Row:
    """One difference in two columns, the changed signs marked (office/marked.html draws a column)."""

    part: str
    what: str
    before: list[Piece]
    after: list[Piece]


def side_by_side(changed: Iterable[Difference]) -> list[Row]:
    return [Row(each.part, each.what, *marked(each.before, each.after)) for each in changed]


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both sentences in pieces: joined together they are the sentences again."""
    if not before or not after or max(len(before), len(after)) > LONGEST:
        return _whole(before), _whole(after)
    blocks = [
        block
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        if block.size >= SHORTEST_KEPT or _is_at_an_end(block.a, block.b, block.size, before, after)
    ]
    if sum(block.size for block in blocks) < LEAST_ALIKE * min(len(before), len(after)):
        return _whole(before), _whole(after)
    left, right = _cut(before, [(b.a, b.size) for b in blocks]), _cut(after, [(b.b, b.size) for b in blocks])
    return left, right


def _is_at_an_end(a: int, b: int, size: int, before: str, after: str) -> bool:
    """One sign that both sentences begin or end with."""
    return size > 0 and (a == b == 0 or (a + size == len(before) and b + size == len(after)))


def _cut(text: str, kept: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for start, size in [*kept, (len(text), 0)]:
        if start > at:
            pieces.append(Piece(text[at:start], is_changed=True))
        if size:
            pieces.append(Piece(text[start : start + size]))
        at = start + size
    return pieces


def _whole(text: str) -> list[Piece]:
    return [Piece(text, is_changed=True)] if text else []

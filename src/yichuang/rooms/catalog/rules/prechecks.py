"""来之前先看看：can this be done at all? Three answers: can, cannot (why, and what then), perhaps (ask)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .spec import ItemSpec

CAN, CANNOT, PERHAPS = "can", "cannot", "perhaps"


@dataclass(frozen=True)
class PreAsked:
    """A question of the pre-check, asked once for all items that have it."""

    key: str
    question: str
    answers: tuple[str, ...]
    items: tuple[str, ...]
    answer: str = ""


@dataclass(frozen=True)
class Reason:
    """Why one item cannot be done, and what to do instead."""

    item: str
    why: str
    instead: str


@dataclass(frozen=True)
class Verdict:
    """What the answers so far say."""

    state: str  # can, cannot or perhaps
    asked: tuple[PreAsked, ...]
    reasons: tuple[Reason, ...]  # of cannot
    to_ask: tuple[str, ...]  # questions whose answer the window or the telephone must settle

    @property
    def is_begun(self) -> bool:
        return any(each.answer for each in self.asked)

    @property
    def unanswered(self) -> int:
        return sum(not each.answer for each in self.asked)


def precheck(items: Sequence[ItemSpec], answers: Mapping[str, str]) -> Verdict:
    """预判：cannot as soon as one answer says so, perhaps while something is open, else can.

    An item without questions of this kind can be done by everybody whom its condition names.
    """
    asked: dict[str, PreAsked] = {}
    reasons: list[Reason] = []
    to_ask: list[str] = []
    for item in items:
        for row in item.prechecks:
            given = answers.get(row.key, "")
            answer = given if given in row.answers else ""
            before = asked.get(row.key)
            askers = (*before.items, item.code) if before else (item.code,)
            asked[row.key] = PreAsked(
                row.key, row.question, row.answers, tuple(dict.fromkeys(askers)), answer
            )
            if answer in row.cannot:
                reasons.append(Reason(item.code, row.why, row.instead))
            elif answer in row.ask:
                to_ask.append(row.question)
    is_open = bool(to_ask) or any(not each.answer for each in asked.values())
    state = CANNOT if reasons else PERHAPS if is_open else CAN
    return Verdict(state, tuple(asked.values()), tuple(reasons), tuple(dict.fromkeys(to_ask)))

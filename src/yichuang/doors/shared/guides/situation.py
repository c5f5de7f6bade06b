"""What a resident has answered about their situation, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from yichuang.rooms.catalog.rules import Asked, Checklist, ItemSpec, PreAsked, Verdict, checklist, precheck

from . import told

MOST_IN_A_CODE = 500  # signs of answers; a denser QR code is not read from paper


@dataclass(frozen=True)
class Situation:
    """The list and the verdict for some items with the answers given so far."""

    listed: Checklist
    verdict: Verdict
    prechecks: tuple[PreAsked, ...]  # what the questions of the list do not ask already
    names: Mapping[str, str]  # of the items, where there are several

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The answers that count, by the keys under which a page asks for them."""
        asked: list[PreAsked | Asked] = [*self.prechecks, *self.listed.questions]
        return [(each.key, each.answer) for each in asked if each.answer]

    @property
    def reasons(self) -> list[tuple[str, str, str]]:
        """Why it cannot be done: the items it is about (empty where there is only one), why, what to do then."""
        about: dict[tuple[str, str], list[str]] = {}
        for reason in self.verdict.reasons:
            about.setdefault((reason.why, reason.instead), []).append(self.names.get(reason.item, ""))
        return [("、".join(filter(None, names)), why, instead) for (why, instead), names in about.items()]

    @property
    def shown(self) -> dict[str, Any]:
        """What the questions' templates need."""
        return {
            "verdict": self.verdict,
            "reasons": self.reasons,
            "prechecks": self.prechecks,
            "questions": self.listed.questions,
            "question_count": told.how_many(len(self.listed.questions)),
            "answered": [asked for asked in self.listed.questions if asked.answer],
            "kept": self.kept,
            "kept_query": urlencode(self.kept),
        }

    def addressed(self, page: str, codes: Iterable[str] = ()) -> str:
        """A page's address with the answers that count and nothing else."""
        asked_for = urlencode([*(("do", code) for code in codes), *self.kept])
        return f"{page}?{asked_for}" if 0 < len(asked_for) <= MOST_IN_A_CODE else page


def situation(items: Sequence[ItemSpec], answers: Mapping[str, str]) -> Situation:
    """A question that both the list and the pre-check ask is asked once, under the key of the list."""
    listed = checklist(items, answers)
    asked = {(each.question, each.answers): each for each in listed.questions}
    same = {
        row.key: asked[row.question, row.answers]
        for item in items
        for row in item.prechecks
        if (row.question, row.answers) in asked
    }
    verdict = precheck(items, {**answers, **{key: each.answer for key, each in same.items()}})
    names = {item.code: item.short_name for item in items} if len(items) > 1 else {}
    return Situation(listed, verdict, tuple(each for each in verdict.asked if each.key not in same), names)

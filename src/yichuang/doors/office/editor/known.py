"""What the other items say already: the same name means the same everywhere, and a question is asked in one way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from yichuang.rooms.catalog.rules import FieldSpec, ItemSpec, MaterialSpec, PrecheckSpec, QuestionSpec
from yichuang.rooms.people.models import Office


class Known:
    """The published items beside the one that is written, looked up by name and by meaning."""

    def __init__(self, others: Sequence[ItemSpec], offices: Iterable[Office] = ()) -> None:
        self.others = others
        self.offices = [(office.code, office.name) for office in offices]

    @cached_property
    def materials(self) -> dict[str, MaterialSpec]:
        """The paper of each name as most items ask for it."""
        rows: dict[str, list[MaterialSpec]] = {}
        for item in self.others:
            for row in item.materials:
                rows.setdefault(row.name, []).append(row)
        often = {
            name: Counter(row.person for row in each).most_common(1)[0][0] for name, each in rows.items()
        }
        return {name: next(row for row in each if row.person == often[name]) for name, each in rows.items()}

    @cached_property
    def uses(self) -> Counter[str]:
        """How many items ask for the paper of this name."""
        return Counter(name for item in self.others for name in {row.name for row in item.materials})

    @cached_property
    def questions(self) -> dict[str, QuestionSpec]:
        """By key."""
        return {row.key: row for item in reversed(self.others) for row in item.questions}

    @cached_property
    def situations(self) -> dict[str, str]:
        """How the situation of a key is called beside a paper."""
        words: dict[str, Counter[str]] = {}
        for item in self.others:
            for row in item.materials:
                if row.condition_key and row.condition_text:
                    words.setdefault(row.condition_key, Counter())[row.condition_text] += 1
        return {key: each.most_common(1)[0][0] for key, each in words.items()}

    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """By key."""
        return {row.key: row for item in reversed(self.others) for row in item.fields}

    @cached_property
    def prechecks(self) -> dict[str, PrecheckSpec]:
        """By question."""
        return {row.question: row for item in reversed(self.others) for row in item.prechecks}

    @cached_property
    def life_events(self) -> list[str]:
        """The events of life, the frequent ones first."""
        return [
            word for word, _ in Counter(w for item in self.others for w in item.life_events).most_common()
        ]

    def question_key(self, row: QuestionSpec, taken: Iterable[str], reserved: Iterable[str] = ()) -> str:
        """The key of a question: its own while that means nothing else, the catalogue's for a known one, or new."""
        used = set(taken)
        means = {
            key: (known.question, known.answers, known.triggers) for key, known in self.questions.items()
        }
        meaning = (row.question, row.answers, row.triggers)
        if row.key and row.key not in used and means.get(row.key, meaning) == meaning:
            return row.key
        known = next((key for key, each in means.items() if each == meaning and key not in used), "")
        return known or _next_key("situation", used.union(means, reserved))

    def field_key(self, row: FieldSpec, taken: Iterable[str], reserved: Iterable[str] = ()) -> str:
        """The key of a form field, in the same way."""
        used = set(taken)
        means = {key: (known.label, known.type, known.options) for key, known in self.fields.items()}
        meaning = (row.label, row.type, row.options)
        if row.key and row.key not in used and means.get(row.key, meaning) == meaning:
            return row.key
        known = next((key for key, each in means.items() if each == meaning and key not in used), "")
        return known or _next_key("field", used.union(means, reserved))


def _next_key(word: str, used: Iterable[str]) -> str:
    counted = [int(match[1]) for key in used if (match := re.fullmatch(rf"{word}_([0-9]{{1,6}})", key))]
    return f"{word}_{max(counted, default=0) + 1}"

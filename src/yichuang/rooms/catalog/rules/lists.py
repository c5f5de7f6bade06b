"""What this resident must bring for these items together.

1. A document is its name and its person: brought once, however many items ask for it.
2. Rows of one `choice` are alternatives, one suffices; a document that is required anyway settles the group.
3. Rows with the same question and answers are one question; its answer counts for every key it has.
4. A condition whose question is not answered is not true yet; the question is named as unanswered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..terms import Form, Need, Source
from .spec import Document, FieldSpec, ItemSpec, MaterialSpec


@dataclass(frozen=True)
class Needed:
    """A document on this resident's list."""

    name: str
    person: str
    form: str
    copies: int
    source: str
    need: str
    choices: tuple[str, ...]  # groups of alternatives it belongs to
    accepts: tuple[str, ...]  # papers every item takes instead
    notes: tuple[str, ...]
    shared_by: str
    why: str  # the situations that ask for it; empty: always asked for
    items: tuple[str, ...]
    stands_alone: bool = True  # an item asks for it outside any group of alternatives

    @property
    def document(self) -> Document:
        return self.name, self.person

    @property
    def choice(self) -> str:
        """The group of alternatives, empty when the document stands alone."""
        return self.choices[0] if self.choices else ""

    @property
    def how(self) -> str:
        """What the resident does about it, in one sentence."""
        if self.source == Source.WINDOW:
            return "窗口当场打印，您签字就行，不用自己准备。"
        if self.source == Source.REGISTER:
            return "窗口从系统里调取，不用带。"
        if self.form == Form.ELECTRONIC:
            told = "带来，或者在手机上出示电子证照"
        elif self.form == Form.ORIGINAL_AND_COPY:
            told = f"带原件，复印件 {self.copies} 份"
        else:
            told = (
                f"{Form(self.form).label} {self.copies} 份" if self.copies else f"带{Form(self.form).label}"
            )
        instead = f"；没有的可以用{'、'.join(self.accepts)}代替" if self.accepts else ""
        return f"{told}{instead}。"


@dataclass(frozen=True)
class Asked:
    """A question asked once, with every key it settles and the items that ask it."""

    question: str
    answers: tuple[str, ...]
    keys: tuple[str, ...]
    items: tuple[str, ...]
    answer: str = ""

    @property
    def key(self) -> str:
        """The key under which a door sends the answer."""
        return self.keys[0]


@dataclass(frozen=True)
class Alternatives:
    """A group of documents of which one suffices."""

    key: str
    need: str
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Checklist:
    """This resident's list for all items together."""

    materials: tuple[Needed, ...]
    possible: tuple[Needed, ...]  # what an answer not given yet may add
    questions: tuple[Asked, ...]
    fields: tuple[FieldSpec, ...]
    alternatives: tuple[Alternatives, ...]
    notes: tuple[str, ...] = ()

    @property
    def unanswered(self) -> tuple[Asked, ...]:
        return tuple(asked for asked in self.questions if not asked.answer)

    @cached_property
    def given(self) -> frozenset[Document]:
        """What is there without the resident: made by the window or given by a register."""
        return frozenset(needed.document for needed in self.materials if not brought_by_resident(needed))

    @cached_property
    def groups(self) -> dict[str, Alternatives]:
        return {group.key: group for group in self.alternatives}


def checklist(items: Sequence[ItemSpec], answers: Mapping[str, str]) -> Checklist:
    """一次告知：what these items together need from a resident in this situation, each document once.

    `answers` holds the chosen answer's text by question key; an answer that the question does not offer counts as
    not given.
    """
    items = list({item.code: item for item in items}.values())
    questions = _asked(items, answers)
    true, open_keys = _conditions(items, questions)
    rows = [(item, row) for item in items for row in item.materials]
    now = [(item, row) for item, row in rows if not row.condition_key or row.condition_key in true[item.code]]
    materials, alternatives = _merged(now)
    listed = {needed.document for needed in materials}
    later = [
        (item, row)
        for item, row in rows
        if row.condition_key in open_keys[item.code] and row.document not in listed
    ]
    return Checklist(
        materials=materials,
        possible=_merged(later)[0],
        questions=questions,
        fields=_fields(items),
        alternatives=alternatives,
        notes=_notes(items, materials, questions),
    )


def _asked(items: Sequence[ItemSpec], answers: Mapping[str, str]) -> tuple[Asked, ...]:
    keys: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    askers: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    for item in items:
        for row in item.questions:
            keys.setdefault((row.question, row.answers), {})[row.key] = None
            askers.setdefault((row.question, row.answers), {})[item.code] = None
    return tuple(
        Asked(
            question=question,
            answers=offered,
            keys=tuple(named),
            items=tuple(askers[question, offered]),
            answer=next((answers[key] for key in named if answers.get(key) in offered), ""),
        )
        for (question, offered), named in keys.items()
    )


def _conditions(
    items: Sequence[ItemSpec], questions: Iterable[Asked]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By item: the conditions that are true, and those whose question is not answered."""
    given = {(asked.question, asked.answers): asked.answer for asked in questions}
    true: dict[str, set[str]] = {}
    unknown: dict[str, set[str]] = {}
    for item in items:
        said = [(row, given[row.question, row.answers]) for row in item.questions]
        true[item.code] = {row.key for row, answer in said if answer in row.triggers}
        unknown[item.code] = {row.key for row, answer in said if not answer}
    return true, unknown


def _merged(
    rows: Sequence[tuple[ItemSpec, MaterialSpec]],
) -> tuple[tuple[Needed, ...], tuple[Alternatives, ...]]:
    by_document: dict[Document, list[tuple[ItemSpec, MaterialSpec]]] = {}
    groups: dict[str, list[MaterialSpec]] = {}
    for item, row in rows:
        by_document.setdefault(row.document, []).append((item, row))
        if row.choice:
            groups.setdefault(f"{item.code}:{row.choice}", []).append(row)
    plain = {row.document for _, row in rows if not row.choice and row.need == Need.REQUIRED}
    open_groups = {
        key: members for key, members in groups.items() if not plain & {row.document for row in members}
    }
    needed = []
    for document, asking in by_document.items():
        choices = {f"{item.code}:{row.choice}": None for item, row in asking if row.choice}
        still = tuple(key for key in choices if key in open_groups)
        if still or any(not row.choice for _, row in asking):
            needed.append(_needed(document, asking, still))
    alternatives = tuple(
        Alternatives(key, members[0].need, tuple(dict.fromkeys(row.document for row in members)))
        for key, members in open_groups.items()
    )
    return tuple(needed), alternatives


def _needed(
    document: Document, asking: Sequence[tuple[ItemSpec, MaterialSpec]], choices: tuple[str, ...]
) -> Needed:
    rows = [row for _, row in asking]
    alone = [row for row in rows if not row.choice]
    weighed = alone or rows  # a group of alternatives weighs by itself
    always = any(not row.condition_key for row in rows)
    return Needed(
        name=document[0],
        person=document[1],
        form=rows[0].form,
        copies=max(row.copies for row in rows),
        source=rows[0].source,
        need=Need.REQUIRED if any(row.need == Need.REQUIRED for row in weighed) else Need.DEFERRABLE,
        choices=choices,
        accepts=tuple(paper for paper in rows[0].accepts if all(paper in row.accepts for row in rows)),
        notes=tuple(dict.fromkeys(row.notes for row in rows if row.notes)),
        shared_by=next((row.shared_by for row in rows if row.shared_by), ""),
        why=""
        if always
        else "；".join(dict.fromkeys(row.condition_text for row in rows if row.condition_text)),
        items=tuple(dict.fromkeys(item.code for item, _ in asking)),
        stands_alone=bool(alone),
    )


def _fields(items: Sequence[ItemSpec]) -> tuple[FieldSpec, ...]:
    """Each key once; required when one item requires it."""
    found: dict[str, FieldSpec] = {}
    for item in items:
        for field in item.fields:
            if field.key not in found or (field.required and not found[field.key].required):
                found[field.key] = field
    return tuple(found.values())


def _notes(
    items: Sequence[ItemSpec], materials: Sequence[Needed], questions: Sequence[Asked]
) -> tuple[str, ...]:
    notes = []
    if unanswered := sum(not asked.answer for asked in questions):
        notes.append(f"还有 {unanswered} 个问题没有回答，回答以后材料可能会变。")
    if shared := [each.name for each in materials if len(each.items) > 1 and brought_by_resident(each)]:
        notes.append(f"{'、'.join(dict.fromkeys(shared))}：几件事共用，各带一份就行。")
    if printed := sum(each.source == Source.WINDOW for each in materials):
        notes.append(f"有 {printed} 份表由窗口打印，不用自己准备。")
    if later := [
        each.name for each in materials if each.need == Need.DEFERRABLE and brought_by_resident(each)
    ]:
        notes.append(f"{'、'.join(dict.fromkeys(later))}：一时没有可以先办，随后补上。")
    return tuple(notes)


def brought_by_resident(needed: Needed) -> bool:
    """False for what the window makes and for what a register gives."""
    return needed.source not in (Source.WINDOW, Source.REGISTER)


def missing(listed: Checklist, have: Collection[Document]) -> tuple[Needed, ...]:
    """What a resident must still bring before the case can be accepted, all of it at once.

    Of a group of alternatives that nothing satisfies every one is named, each with its group. What may follow later
    is not missing (`may_follow`).
    """
    return tuple(
        needed
        for needed in listed.materials
        if needed.document not in have and brought_by_resident(needed) and _is_due(needed, listed, have)
    )


def may_follow(listed: Checklist, have: Collection[Document]) -> tuple[Needed, ...]:
    """What is not there yet but may follow later (容缺)."""
    due = {needed.document for needed in missing(listed, have)}
    return tuple(
        needed
        for needed in listed.materials
        if needed.need == Need.DEFERRABLE
        and needed.document not in have
        and needed.document not in due
        and brought_by_resident(needed)
        and (needed.stands_alone or _open_groups(needed, listed, have))
    )


def _is_due(needed: Needed, listed: Checklist, have: Collection[Document]) -> bool:
    if not needed.choices:
        return needed.need == Need.REQUIRED
    return any(group.need == Need.REQUIRED for group in _open_groups(needed, listed, have))


def _open_groups(needed: Needed, listed: Checklist, have: Collection[Document]) -> list[Alternatives]:
    """The groups of alternatives it belongs to of which nothing is there yet; what a register gives is there."""
    groups = [listed.groups[key] for key in needed.choices]
    return [
        group
        for group in groups
        if not any(document in have or document in listed.given for document in group.documents)
    ]

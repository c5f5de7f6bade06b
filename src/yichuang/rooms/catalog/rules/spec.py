"""What an item is: a version of it as every door and room reads it. Plain values, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

Document = tuple[str, str]  # name of the paper, whose it is


@dataclass(frozen=True)
class MaterialSpec:
    """One row of an item's material list."""

    name: str
    person: str
    form: str
    copies: int
    source: str
    need: str
    condition_key: str = ""
    condition_text: str = ""
    choice: str = ""
    accepts: tuple[str, ...] = ()
    notes: str = ""
    shared_by: str = ""

    @property
    def document(self) -> Document:
        return self.name, self.person


@dataclass(frozen=True)
class QuestionSpec:
    """A question about the resident's situation; an answer among `triggers` makes the condition `key` true."""

    key: str
    question: str
    answers: tuple[str, ...]
    triggers: tuple[str, ...]


@dataclass(frozen=True)
class FieldSpec:
    """A field of the form; the same key means the same everywhere."""

    key: str
    label: str
    type: str
    options: tuple[str, ...]
    required: bool
    source: str
    hint: str = ""
    example: str = ""  # what a form filled in well says here
    least: str = ""  # number and money: a number; date: yyyy-mm-dd or `today`; text: count of signs
    most: str = ""


@dataclass(frozen=True)
class PrecheckSpec:
    """A question that decides before somebody comes: some answers make it impossible, some must be asked about."""

    question: str
    answers: tuple[str, ...]
    cannot: tuple[str, ...]
    ask: tuple[str, ...]
    why: str = ""  # said when it cannot be done
    instead: str = ""  # and what to do then

    @cached_property
    def key(self) -> str:
        """The same question of several items has one key, so it is asked once."""
        told = "|".join((self.question, *self.answers))
        return f"pre_{sha256(told.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Baseline:
    """How it was before the reform (estimated): times a resident came, offices, papers, working days."""

    visits: int
    offices: int
    materials: int
    workdays: int


@dataclass(frozen=True)
class ItemSpec:
    """A version of a service item as every door and room reads it."""

    code: str
    name: str
    short_name: str
    office: str
    kind: str
    audience: str
    mode: str
    statutory_workdays: int
    promised_workdays: int
    accept_workdays: int
    visits: int
    no_meeting: bool
    channels: tuple[str, ...]
    village_step: str
    route: tuple[tuple[str, ...], ...]  # stages one after another; offices of a stage work at the same time
    result: str
    result_kind: str
    result_validity: str
    fee: str
    condition: str
    legal_basis: str
    life_events: tuple[str, ...]
    aliases: tuple[str, ...]
    procedure: tuple[tuple[str, int], ...]
    baseline: Baseline
    materials: tuple[MaterialSpec, ...]
    questions: tuple[QuestionSpec, ...]
    fields: tuple[FieldSpec, ...]
    verified: bool = False
    prechecks: tuple[PrecheckSpec, ...] = ()
    mistakes: tuple[str, ...] = ()  # what people often get wrong, a sentence each
    name_en: str = ""
    summary_en: str = ""
    listing: tuple[tuple[str, str], ...] = ()  # fields of the national implementation list (terms.LISTING)
    version_id: int = 0  # 0: not stored yet
    version_number: int = 1

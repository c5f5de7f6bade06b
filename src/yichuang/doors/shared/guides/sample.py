"""填写示范：how a form filled in well looks, from the examples of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yichuang.rooms.catalog.rules import FieldSpec
from yichuang.rooms.catalog.terms import FieldSource, FieldType


@dataclass(frozen=True)
class Line:
    """A line of the form."""

    label: str
    example: str
    hint: str
    required: bool


@dataclass(frozen=True)
class Sample:
    """The form in two halves: what only the resident can say, and what the window reads from cards and registers."""

    said: tuple[Line, ...]
    read: tuple[Line, ...]


def sample(fields: Sequence[FieldSpec]) -> Sample | None:
    """None when no field has an example."""
    lines = [(field, _line(field)) for field in fields if field.label and field.example]
    if not lines:
        return None
    return Sample(
        said=tuple(line for field, line in lines if field.source == FieldSource.APPLICANT),
        read=tuple(line for field, line in lines if field.source != FieldSource.APPLICANT),
    )


def _line(field: FieldSpec) -> Line:
    hint = field.hint
    if not hint and field.type == FieldType.SELECT and field.options:
        hint = f"从这几项里选：{'、'.join(field.options)}"
    return Line(field.label, _written(field), hint, field.required)


def _written(field: FieldSpec) -> str:
    """As it is written on paper: a day with its words, money with its unit, a long number in groups of four."""
    text = field.example
    if field.type == FieldType.DATE and len(parts := text.split("-")) == 3 and all(map(str.isdigit, parts)):
        return f"{parts[0]}年{int(parts[1])}月{int(parts[2])}日"
    if field.type == FieldType.MONEY and not text.endswith("元"):
        return f"{text} 元"
    if field.type == FieldType.BANK_ACCOUNT:
        return " ".join(text[place : place + 4] for place in range(0, len(text), 4))
    return text

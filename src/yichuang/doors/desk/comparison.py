"""What a form says beside what the card, the register and an earlier case say: equal, or to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yichuang.rooms.catalog.rules import FieldSpec


@dataclass(frozen=True)
class Known:
    """A value from elsewhere, and where it is from."""

    value: str
    source: str  # 身份证, 登记, 上次办件


@dataclass(frozen=True)
class Compared:
    """One field beside what is known of it."""

    label: str
    said: str
    known: str
    source: str

    @property
    def is_same(self) -> bool:
        return _plain(self.said) == _plain(self.known)


def compared(
    fields: Iterable[FieldSpec], values: Mapping[str, str], known: Mapping[str, Known]
) -> list[Compared]:
    """The fields of which something else is known, those that differ first."""
    rows = [
        Compared(field.label, values.get(field.key, ""), known[field.key].value, known[field.key].source)
        for field in fields
        if field.key in known and known[field.key].value
    ]
    return sorted(rows, key=lambda row: row.is_same)


def _plain(value: str) -> str:
    return "".join(value.split()).upper()

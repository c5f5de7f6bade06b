"""The trail (留痕): one append-only table that is audit, outbox and source of figures in one.

Reading by id alone would skip a late commit, because ids are given before commit. So each row carries its transaction
id; readers see only rows below the snapshot's horizon and resume by (era, xid, id). `era` rises when a backup is
restored, because a restored database starts its transaction ids anew. Seals chain the settled rows (seals.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import connection, models

from . import towns
from .refusals import event_sentences


@dataclass(frozen=True, order=True)
class Cursor:
    """A place in the settled trail; written `era.xid.id`, also as Last-Event-ID of a stream."""

    era: int = 0
    xid: int = 0
    id: int = 0

    START: ClassVar[Cursor]

    def __str__(self) -> str:
        return f"{self.era}.{self.xid}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The cursor in a text, or None when the text is no cursor."""
        parts = text.split(".")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            return None
        return cls(*map(int, parts))


Cursor.START = Cursor()


@dataclass(frozen=True)
class Event:
    """One thing that happened, as it was told."""

    cursor: Cursor
    town_id: int
    at: datetime
    kind: str
    subject_kind: str
    subject_id: int
    actor_kind: str
    actor_id: int | None
    facts: dict[str, Any]

    @property
    def id(self) -> int:
        return self.cursor.id

    @property
    def sentence(self) -> str:
        """The event in one Chinese sentence, for timelines and the auditor."""
        return event_sentences()[self.kind].format_map(_Known(self.facts))


class _Known(dict[str, Any]):
    """Facts of an event; a blank that an older event does not fill is shown as a dash."""

    def __missing__(self, name: str) -> str:
        return "—"

    def __getitem__(self, name: str) -> Any:
        fact = super().__getitem__(name)
        return "、".join(map(str, fact)) if isinstance(fact, list) else fact


class TrailRow(towns.TownOwned):
    """The trail as a table to read in queries; rows are written by `record` only, and no role of ours may change one."""

    id = models.BigIntegerField(primary_key=True)
    era = models.IntegerField()
    xid = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    actor_kind = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    facts = models.JSONField()

    class Meta:
        app_label = "ground"
        db_table = "ground_trail"
        managed = False


def record(
    kind: str, subject: models.Model, /, *, by: models.Model | None, at: datetime, **facts: Any
) -> int:
    """Write down that something happened, in the transaction in which it happened; returns the event's id.

    `by` is the person or device who did it, None for the system. Facts are plain values without personal data.
    """
    if kind not in event_sentences():
        raise ValueError(f"trail kind {kind!r} has no Chinese sentence in words.py")
    actor_kind, actor_id = actor_of(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "select ground_record(%s, %s, %s, %s, %s, %s, %s, %s::jsonb)",
            [
                towns.current_id(),
                kind,
                kind_of(subject),
                subject.pk,
                actor_kind,
                actor_id,
                at,
                json.dumps(facts, ensure_ascii=False, default=str),
            ],
        )
        return int(cursor.fetchone()[0])


def kind_of(subject: models.Model) -> str:
    """How the trail names the kind of a row: `cases.case`."""
    return str(subject._meta.label_lower)


def actor_of(by: models.Model | None) -> tuple[str, int | None]:
    """How the trail names who did it."""
    return ("system", None) if by is None else (kind_of(by), by.pk)


_COLUMNS = (
    "era, xid::text::bigint, id, town_id, at, kind, subject_kind, subject_id, actor_kind, actor_id, facts"
)


def since(cursor: Cursor, *, limit: int = 500) -> list[Event]:
    """The current town's settled events after a cursor, in order: none is ever skipped or told twice."""
    with connection.cursor() as database:
        database.execute(
            f"select {_COLUMNS} from ground_settled(%s, %s, %s, %s, %s)",  # noqa: S608  fixed column list
            [towns.current_id(), cursor.era, cursor.xid, cursor.id, limit],
        )
        return [_event(row) for row in database.fetchall()]


def newest() -> Cursor:
    """The place after the last settled event: where a reader begins that wants only what comes."""
    with connection.cursor() as database:
        database.execute("select era, xid::text::bigint, id from ground_newest(%s)", [towns.current_id()])
        row = database.fetchone()
    return Cursor(*row) if row else Cursor.START


def told_of(*subjects: models.Model, kinds: Iterable[str] = ()) -> list[Event]:
    """Everything told of these subjects, oldest first."""
    rows = TrailRow.objects.all()
    told = models.Q(pk__in=[])
    for subject in subjects:
        told |= models.Q(subject_kind=kind_of(subject), subject_id=subject.pk)
    rows = rows.filter(told)
    if kinds := list(kinds):
        rows = rows.filter(kind__in=kinds)
    return [
        Event(
            Cursor(row.era, 0, row.id),
            row.town_id,
            row.at,
            row.kind,
            row.subject_kind,
            row.subject_id,
            row.actor_kind,
            row.actor_id,
            row.facts,
        )
        for row in rows.defer("xid").order_by("at", "id")
    ]


def _event(row: tuple[Any, ...]) -> Event:
    era, xid, number, town, at, kind, subject_kind, subject_id, actor_kind, actor_id, facts = row
    return Event(
        Cursor(era, xid, number),
        town,
        at,
        kind,
        subject_kind,
        subject_id,
        actor_kind,
        actor_id,
        _loaded(facts),
    )


def _loaded(facts: Any) -> dict[str, Any]:
    return dict(json.loads(facts)) if isinstance(facts, str) else dict(facts)

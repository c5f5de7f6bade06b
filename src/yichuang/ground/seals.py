"""Seals: a chain over the settled trail that shows any later edit, deletion, insertion or reordering.

Each seal covers a run of settled events: root = SHA-256 over the rows' hashes in order; chain = SHA-256 over the
previous chain, the root and the run's place. The chain is signed with a key that the database never sees, and each
new head is also written to a file outside the database, so cutting off the end is found too. Writers never wait.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from . import towns
from .trail import Cursor

BATCH = 5_000
# psycopg gives jsonb as parsed JSON, so the text that is hashed is fixed by PostgreSQL itself.
_HASHED = (
    "era, xid::text, id, concat_ws('|', era, xid, id, town_id, (extract(epoch from at) * 1000000)::bigint, kind,"
    " subject_kind, subject_id, actor_kind, coalesce(actor_id::text, ''), facts::text)"
)


class Seal(towns.TownOwned):
    """One link of the chain over a town's trail."""

    number = models.PositiveIntegerField()
    last = models.CharField(max_length=60)  # cursor of the last event covered
    events = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        app_label = "ground"
        constraints = [models.UniqueConstraint("town", "number", name="one_seal_a_number")]


@dataclass(frozen=True)
class Check:
    """What checking the chain found: events and seals looked at, and the first place where it does not hold."""

    events: int
    seals: int
    first_bad: dict[str, Any] | None


def seal_settled(*, now: datetime) -> int:
    """Seal the current town's settled events that no seal covers yet; returns how many.

    One sealer a town at a time (advisory lock); a second one leaves at once.
    """
    with connection.cursor() as database:
        database.execute("select pg_try_advisory_xact_lock(724, %s)", [towns.current_id()])
        if not database.fetchone()[0]:
            return 0
    before = Seal.objects.order_by("-number").first()
    rows = list(_rows_after(Cursor.parse(before.last) or Cursor.START if before else Cursor.START, BATCH))
    if not rows:
        return 0
    number, last = (before.number + 1 if before else 1), str(rows[-1][0])
    root = _root(row for _, row in rows)
    chain = _chain(before.chain if before else "", number, last, len(rows), root)
    seal = Seal.objects.create(
        number=number,
        last=last,
        events=len(rows),
        root=root,
        chain=chain,
        signature=_signature(chain),
        sealed_at=now,
    )
    town = towns.current_id()
    transaction.on_commit(lambda: _write_head(town, seal.number, seal.chain))
    return len(rows)


def check() -> Check:
    """Recount the whole chain of the current town from the rows as they stand."""
    events, place, previous, count = 0, Cursor.START, "", 0
    heads = _heads(towns.current_id())
    for count, seal in enumerate(Seal.objects.order_by("number").iterator(), start=1):
        last = Cursor.parse(seal.last) or Cursor.START
        rows = list(_rows_between(place, last))
        events += len(rows)
        chain = _chain(previous, count, seal.last, len(rows), _root(row for _, row in rows))
        if (
            seal.number != count
            or chain != seal.chain
            or not hmac.compare_digest(_signature(seal.chain), seal.signature)
            or heads.get(seal.number, seal.chain) != seal.chain
        ):
            return Check(events, count, {"seal": seal.number, "from": str(place), "to": seal.last})
        place, previous = last, seal.chain
    if heads and max(heads) > count:
        return Check(events, count, {"seal": count + 1, "from": str(place), "to": "end"})
    return Check(events, count, None)


def _root(rows: Iterator[str]) -> str:
    whole = sha256()
    for row in rows:
        whole.update(sha256(row.encode()).digest())
    return whole.hexdigest()


def _chain(previous: str, number: int, last: str, events: int, root: str) -> str:
    return sha256(f"{previous}|{number}|{last}|{events}|{root}".encode()).hexdigest()


def _signature(chain: str) -> str:
    return hmac.digest(settings.SEAL_KEY.encode(), chain.encode(), "sha256").hex()


def _rows_after(place: Cursor, limit: int) -> Iterator[tuple[Cursor, str]]:
    yield from _rows(
        f"select {_HASHED} from ground_settled(%s, %s, %s, %s, %s)",  # noqa: S608  fixed column list
        [towns.current_id(), place.era, place.xid, place.id, limit],
    )


def _rows_between(place: Cursor, last: Cursor) -> Iterator[tuple[Cursor, str]]:
    yield from _rows(
        f"select {_HASHED} from ground_trail where town_id = %s"  # noqa: S608  fixed column list
        " and (era, xid, id) > (%s, %s::text::xid8, %s) and (era, xid, id) <= (%s, %s::text::xid8, %s)"
        " order by era, xid, id",
        [towns.current_id(), place.era, place.xid, place.id, last.era, last.xid, last.id],
    )


def _rows(statement: str, values: list[Any]) -> Iterator[tuple[Cursor, str]]:
    with connection.cursor() as database:
        database.execute(statement, values)
        for era, xid, number, row in database.fetchall():
            yield Cursor(era, int(xid), number), row


def _head_file(town: int) -> Path:
    return Path(settings.HOME) / "seals" / f"town-{town}.log"


def _write_head(town: int, number: int, chain: str) -> None:
    path = _head_file(town)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as heads:
        heads.write(f"{number} {chain}\n")


def _heads(town: int) -> dict[int, str]:
    """The heads written outside the database; the last line of a number counts."""
    try:
        lines = _head_file(town).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return {}
    return {
        int(number): chain for number, _, chain in (line.partition(" ") for line in lines) if number.isdigit()
    }

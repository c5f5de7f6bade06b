"""Towns: many on one installation, kept apart twice: by the manager here and by row-level security in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self, TypeVar

from django.db import connection, models, transaction
from django.db.migrations import RunSQL

_current: ContextVar[int | None] = ContextVar("yichuang_town", default=None)
_Row = TypeVar("_Row", bound=models.Model)


class NoTown(RuntimeError):
    """Rows of a town were asked for while no town is set: a programming error, never a person's."""


class Town(models.Model):
    """镇：拥有自己的全部数据。`key` is the first label of its host name (dawei.localhost)."""

    key = models.SlugField("代号", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    hall_name = models.CharField("大厅名称", max_length=80)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    always_open = models.BooleanField("大厅全天开放（演示）", default=False)

    class Meta:
        app_label = "ground"


class TownManager(models.Manager[_Row]):
    """Rows of the current town only; without one it refuses to answer at all."""

    def get_queryset(self) -> models.QuerySet[_Row]:
        return super().get_queryset().filter(town_id=current_id())


class TownOwned(models.Model):
    """A row that belongs to one town. The first wall is the manager, the second is the database's policy."""

    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[TownManager[Self]] = TownManager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # New rows are of the current town; rows read from the database bring their own.
        if not args and "town" not in kwargs and "town_id" not in kwargs:
            kwargs["town_id"] = current_id()
        super().__init__(*args, **kwargs)


def current_id() -> int:
    """The id of the town we are working for."""
    town = _current.get()
    if town is None:
        raise NoTown("no town is set: use towns.within(town) or towns.acting_for(town)")
    return town


def current() -> Town:
    """The town we are working for."""
    return Town.objects.get(pk=current_id())


@contextmanager
def acting_for(town: Town | int) -> Iterator[None]:
    """Work for a town without a transaction: for hot verbs, whose SQL function sets the town itself."""
    wanted = town if isinstance(town, int) else town.pk
    before = _current.get()
    if before is not None and before != wanted:
        raise NoTown(f"working for town {before}, so town {wanted} cannot be entered")
    token = _current.set(wanted)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def within(town: Town | int) -> Iterator[None]:
    """Work for a town inside one transaction; the database forgets the town when it ends.

    The setting is local to the transaction (`set_config(…, true)`), never to the session: a connection serves many
    towns in turn.
    """
    with acting_for(town), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('yichuang.town', %s, true)", [str(current_id())])
        yield


def guarded(*tables: str) -> RunSQL:
    """Migration step: the database itself keeps these tables' towns apart, for their owner too.

    After a local setting has ended its value is '' and not null, hence nullif.
    """
    forward = []
    for table in tables:
        forward += [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy one_town on {table} using (town_id = nullif(current_setting('yichuang.town', true), '')::bigint)"
            f" with check (town_id = nullif(current_setting('yichuang.town', true), '')::bigint)",
        ]
    backward = [
        f"drop policy one_town on {table}; alter table {table} disable row level security" for table in tables
    ]
    return RunSQL(";\n".join(forward), ";\n".join(backward))

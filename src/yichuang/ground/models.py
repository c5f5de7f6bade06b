"""The tables of ground."""

from __future__ import annotations

from django.db import models

from .seals import Seal
from .towns import Town, TownOwned
from .trail import TrailRow

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Counter",
    "Once",
    "ReadTo",
    "Seal",
    "StoredFile",
    "Town",
    "TrailRow",
]


class CalendarDay(models.Model):
    """节假日和调休：only the days that differ from the plain week. The same for every town (国务院办公厅 notice)."""

    day = models.DateField("日期", unique=True)
    is_off = models.BooleanField("放假")  # False: a make-up workday on a weekend
    name = models.CharField("名称", max_length=40, blank=True)
    source = models.CharField("来源", max_length=80)
    changed_at = models.DateTimeField(auto_now=True)


class CalendarYear(models.Model):
    """A year whose holiday notice is loaded; a promise into any other year is provisional."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    source = models.CharField("来源", max_length=80)
    changed_at = models.DateTimeField(auto_now=True)


class Counter(TownOwned):
    """The last number given by name and day; its row lock makes the numbers gapless."""

    name = models.CharField(max_length=40)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "name", "day"], name="one_counter_a_name_and_day")
        ]


class Once(TownOwned):
    """The answer to a request that a browser or device may repeat, stored in the request's own transaction."""

    principal = models.CharField(max_length=60)
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "principal", "route", "key"], name="one_answer_a_client_key"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="answers_by_age")]


class ReadTo(TownOwned):
    """How far a reader of the trail has come."""

    reader = models.CharField(max_length=40)
    cursor = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "reader"], name="one_place_a_reader")]


class StoredFile(TownOwned):
    """A file kept under the SHA-256 of its content; the same content is kept once a town."""

    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "digest"], name="one_file_a_digest")]

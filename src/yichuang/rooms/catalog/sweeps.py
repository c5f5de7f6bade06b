"""Periodic work of the catalogue."""

from __future__ import annotations

from datetime import datetime, timedelta

from yichuang.ground import clock

from . import actions
from .actions.keeping import KEPT_DAYS
from .models import ItemVersion, SavedList
from .states import VersionStatus


def take_effect(*, now: datetime) -> int:
    """到日子生效：approved versions whose day has come; returns how many."""
    due = ItemVersion.objects.filter(
        status=VersionStatus.SCHEDULED, effective_on__lte=clock.day_of(now)
    ).order_by("pk")
    return sum(actions.take_effect(version=version, now=now) for version in due)


def forget_lists(*, now: datetime) -> int:
    """Saved lists older than ninety days go."""
    gone, _ = SavedList.objects.filter(made_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    return gone


SWEEPS = [("事项版本到日子生效", 10.0, take_effect), ("清理旧清单", 24 * 3600.0, forget_lists)]

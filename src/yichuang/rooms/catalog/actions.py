"""The verbs of the catalogue."""

from __future__ import annotations

from django.db import transaction

from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.people.models import Staff

from . import queries
from .models import ItemVersion, ServiceItem
from .states import VersionStatus


@transaction.atomic
def propose(*, version: ItemVersion, by: Staff) -> ItemVersion:
    """提交发布：改好的版本请另一个人核对。"""
    version, now = _locked(version), clock.now()
    version.move("propose")
    version.proposed_by, version.proposed_at = by, now
    version.save(update_fields=["status", "proposed_by", "proposed_at"])
    trail.record("catalog.proposed", version, by=by, at=now, **_told(version))
    return version


@transaction.atomic
def send_back(*, version: ItemVersion, reason: str, by: Staff) -> ItemVersion:
    """退回修改，写清原因。Refused: reason_missing."""
    version, now = _locked(version), clock.now()
    if not reason.strip():
        raise Refused("reason_missing", fields={"reason": "请写退回原因"})
    version.move("send_back")
    version.save(update_fields=["status"])
    trail.record("catalog.sent_back", version, by=by, at=now, reason=reason.strip(), **_told(version))
    return version


@transaction.atomic
def publish(*, version: ItemVersion, by: Staff) -> ItemVersion:
    """发布：从现在起按这一版办，上一版停用；已经收下的件仍按收件时的版本办。Refused: own_proposal."""
    version, now = _locked(version), clock.now()
    if version.proposed_by_id == by.pk:
        raise Refused("own_proposal")
    version.published_by, version.published_at = by, now
    version.move("publish")
    for older in ItemVersion.objects.filter(item=version.item, status=VersionStatus.PUBLISHED):
        older.move("retire")
        older.retired_at = now
        older.save(update_fields=["status", "retired_at"])
    version.save(update_fields=["status", "published_by", "published_at"])
    trail.record("catalog.published", version, by=by, at=now, **_told(version))
    queries.forget()
    return version


@transaction.atomic
def retire(*, version: ItemVersion, by: Staff) -> ItemVersion:
    """停用：这个事项不再收件，办着的件照旧办完。"""
    version, now = _locked(version), clock.now()
    version.move("retire")
    version.retired_at = now
    version.save(update_fields=["status", "retired_at"])
    trail.record("catalog.retired", version, by=by, at=now, **_told(version))
    queries.forget()
    return version


def _locked(version: ItemVersion) -> ItemVersion:
    """The version under its item's lock: two versions of one item are never published at once."""
    item = ServiceItem.objects.select_for_update().get(pk=version.item_id)
    version = ItemVersion.objects.get(pk=version.pk)
    version.item = item
    return version


def _told(version: ItemVersion) -> dict[str, object]:
    return {"code": version.item.code, "version": version.number}

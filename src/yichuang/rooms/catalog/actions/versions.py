"""Two persons: one proposes a version, another publishes it, now or from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.people.models import Staff

from .. import queries
from ..loading.headings import in_words
from ..loading.rows import faults_of
from ..models import ItemVersion, ServiceItem
from ..rules import may_edit
from ..states import VersionStatus


@transaction.atomic
def propose(*, version: ItemVersion, by: Staff) -> ItemVersion:
    """提交发布：改好的版本请另一个人核对。Refused: not_your_office, version_faulty (every fault named)."""
    version, now = _locked(version), clock.now()
    if not may_edit(by.office.code if by.office else "", version.item.office.code):
        raise Refused("not_your_office", office=version.item.office.name)
    version.move("propose")
    others = [item for code, item in queries.published().items() if code != version.item.code]
    if faults := faults_of(queries.spec(version.pk), others, offices=queries.office_codes()):
        told = [in_words(fault) for fault in faults]
        raise Refused("version_faulty", count=len(faults), first=told[0], faults=told)
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
    version.published_by = version.published_at = version.effective_on = None
    version.save(update_fields=["status", "published_by", "published_at", "effective_on"])
    trail.record("catalog.sent_back", version, by=by, at=now, reason=reason.strip()[:200], **_told(version))
    return version


@transaction.atomic
def publish(*, version: ItemVersion, by: Staff, effective_on: date | None = None) -> ItemVersion:
    """发布：从现在（或定好的那天）起按这一版办，上一版停用；已经收下的件仍按收件时的版本办。

    Refused: own_proposal, effective_in_the_past.
    """
    version, now = _locked(version), clock.now()
    today = clock.day_of(now)
    if by.pk in (version.proposed_by_id, version.made_by_id):
        raise Refused("own_proposal")
    if effective_on is not None and effective_on < today:
        raise Refused("effective_in_the_past", fields={"effective_on": "不能早于今天"})
    version.published_by, version.published_at = by, now
    if effective_on is not None and effective_on > today:
        version.effective_on = effective_on
        version.move("schedule")
        version.save(update_fields=["status", "published_by", "published_at", "effective_on"])
        trail.record("catalog.scheduled", version, by=by, at=now, day=f"{effective_on}", **_told(version))
        return version
    version.effective_on = today
    _put_in_force(version, now)
    trail.record("catalog.published", version, by=by, at=now, **_told(version))
    return version


@transaction.atomic
def take_effect(*, version: ItemVersion, now: datetime) -> bool:
    """到日子生效：an approved version whose day has come; False when somebody was faster."""
    version = _locked(version)
    if version.status != VersionStatus.SCHEDULED:
        return False
    _put_in_force(version, now)
    trail.record("catalog.published", version, by=None, at=now, **_told(version))
    return True


@transaction.atomic
def retire(*, version: ItemVersion, by: Staff) -> ItemVersion:
    """停用：这个事项不再收件，办着的件照旧办完。"""
    version, now = _locked(version), clock.now()
    version.move("retire")
    version.retired_at = now
    version.save(update_fields=["status", "retired_at"])
    trail.record("catalog.retired", version, by=by, at=now, **_told(version))
    _forget()
    return version


def _put_in_force(version: ItemVersion, now: datetime) -> None:
    """Published, and what stood before is retired."""
    version.move("publish")
    for older in ItemVersion.objects.filter(item=version.item, status=VersionStatus.PUBLISHED):
        older.move("retire")
        older.retired_at = now
        older.save(update_fields=["status", "retired_at"])
    version.save(update_fields=["status", "published_by", "published_at", "effective_on"])
    _forget()


def _forget() -> None:
    """This process reads anew at once, also when another request read the old version before our commit."""
    queries.forget()
    transaction.on_commit(queries.forget)


def _locked(version: ItemVersion) -> ItemVersion:
    """The version under its item's lock: two versions of one item are never published at once. Refused: draft_gone."""
    rows = ServiceItem.objects.select_for_update(of=("self",)).select_related("office")
    item = rows.filter(pk=version.item_id).first()
    found = ItemVersion.objects.filter(pk=version.pk).first()
    if item is None or found is None:
        raise Refused("draft_gone", item=version.item.code)
    found.item = item
    return found


def _told(version: ItemVersion) -> dict[str, object]:
    return {"code": version.item.code, "version": version.number}

"""How an item's life turns and ends. The verbs that call these tell the trail."""

from __future__ import annotations

from datetime import datetime

from yichuang.rooms.people.models import Staff

from ..models import CaseItem


def grant(item: CaseItem, *, by: Staff, at: datetime) -> None:
    """准予。"""
    item.move("grant")
    item.granted_at, item.decided_by = at, by
    item.save(update_fields=["status", "granted_at", "decided_by"])


def refuse(item: CaseItem, reason: str, *, by: Staff, at: datetime) -> None:
    """不予办理，写明理由。"""
    item.move("refuse")
    item.refused_at, item.decided_by, item.reason = at, by, reason
    item.save(update_fields=["status", "refused_at", "decided_by", "reason"])


def issue(item: CaseItem, *, at: datetime) -> None:
    """出件：its result is made (in issuing)."""
    item.move("issue")
    item.issued_at = at
    item.save(update_fields=["status", "issued_at"])


def close(item: CaseItem, *, at: datetime) -> None:
    """办结：its result is in the resident's hands."""
    item.move("close")
    item.closed_at = at
    item.save(update_fields=["status", "closed_at"])

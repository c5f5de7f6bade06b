"""What the pages of the catalogue have in common: who may look, who may act, an item by its code."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from yichuang.doors.shared.sign_in import Principal
from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.catalog.rules import Completeness, ItemSpec, completeness, may_edit
from yichuang.rooms.catalog.states import VersionStatus
from yichuang.rooms.people.models import Role, Staff

READERS = ("editor", "publisher", "hall_manager", "supervisor", "auditor")
STATES = {  # of an open version: its light, and what is said of it
    VersionStatus.DRAFT: ("grey", "正在写"),
    VersionStatus.PROPOSED: ("yellow", "等人发布"),
    VersionStatus.SCHEDULED: ("green", "到日子生效"),
    VersionStatus.PUBLISHED: ("green", "在用"),
    VersionStatus.RETIRED: ("grey", "已停用"),
}
_measured: dict[int, Completeness] = {}  # by version; what is published never changes


def who_of(request: HttpRequest) -> Principal:
    who: Principal = request.who  # type: ignore[attr-defined]
    return who


def item_of(code: str) -> ServiceItem:
    """The item of this code, whether in force or not; 404 when the town has none."""
    found = queries.item(code)
    if found is None or found.code != code:
        raise Http404
    return found


def version_of(item: ServiceItem, number: int) -> ItemVersion:
    """A version by its number; 404 when there is none."""
    for row in queries.versions(item):
        if row.number == number:
            return row
    raise Http404


def office_of(staff: Staff) -> str:
    """The code of the office whose items they may write; empty: all of the town."""
    return staff.office.code if staff.office else ""


def may_write(who: Principal, item: ServiceItem) -> bool:
    """Whether this person may begin a version of this item."""
    return who.has(Role.EDITOR) and may_edit(office_of(who.staff), item.office.code)


def why_not(who: Principal, version: ItemVersion) -> str:
    """Why this publisher may not publish this version; empty when they may."""
    if who.staff.pk == version.made_by_id:
        return "这一版是您写的，要请另一位发布人员核对。"
    if who.staff.pk == version.proposed_by_id:
        return "这一版是您提交的，要请另一位发布人员核对。"
    return ""


def light(version: ItemVersion) -> dict[str, str]:
    kind, label = STATES[VersionStatus(version.status)]
    return {"kind": kind, "label": label}


def measured(spec: ItemSpec) -> Completeness:
    """完整度, measured once a published version."""
    if spec.version_id not in _measured:
        if len(_measured) > 5_000:
            _measured.clear()
        _measured[spec.version_id] = completeness(spec)
    return _measured[spec.version_id]


def toast(request: HttpRequest, **sentences: str) -> dict[str, Any] | None:
    """What was just done, said once: `?done=published`."""
    said = sentences.get(request.GET.get("done", ""))
    return {"text": said} if said else None

"""Writing a version: begin, save, give up. Nothing here is seen by a resident until somebody else publishes it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from yichuang.ground import clock, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.people.models import Office, Staff

from .. import queries
from ..models import ItemVersion, ServiceItem
from ..rules import Baseline, ItemSpec, may_edit
from ..states import OPEN, VersionStatus
from ..terms import Audience, Channel, ItemKind, Mode, ResultKind, VillageStep
from .stored import PARTS, add_parts, columns

LONGEST_REASON = 200


@transaction.atomic
def begin_draft(*, item: ServiceItem, reason: str, by: Staff) -> ItemVersion:
    """改一版：a copy of the newest version to be changed. Refused: not_your_office, version_open, reason_missing."""
    now = clock.now()
    item = ServiceItem.objects.select_for_update().get(pk=item.pk)
    _may(item, by)
    if (waiting := item.versions.filter(status__in=OPEN).first()) is not None:
        raise Refused("version_open", item=item.code, version=waiting.number)
    newest = item.versions.order_by("-number").first()
    spec = queries.spec(newest.pk) if newest else _blank(item)
    return _made(item, spec, reason, by, now)


@transaction.atomic
def add_item(*, office: Office, name: str, reason: str, by: Staff) -> ItemVersion:
    """新事项：it gets the next code of its office and a draft to write in. Refused: not_your_office, name_missing,
    name_taken."""
    now, name = clock.now(), name.strip()
    office = Office.objects.select_for_update().get(pk=office.pk)  # two new items never get one code
    if not may_edit(by.office.code if by.office else "", office.code):
        raise Refused("not_your_office", office=office.name)
    if not name:
        raise Refused("item_name_missing", fields={"name": "请写事项名称"})
    if len(name) > 100:
        raise Refused("text_too_long", most=100, fields={"name": f"最多 100 个字，现在是 {len(name)} 个"})
    if ItemVersion.objects.filter(name=name).exclude(status=VersionStatus.RETIRED).exists():
        raise Refused("name_taken", name=name, fields={"name": "已经有叫这个名字的事项"})
    code = _next_code(office)
    place = ServiceItem.objects.aggregate(last=Max("position"))["last"] or 0
    item = ServiceItem.objects.create(code=code, office=office, position=place + 1)
    return _made(item, replace(_blank(item), name=name, short_name=name[:40]), reason, by, now)


@transaction.atomic
def save_draft(*, version: ItemVersion, spec: ItemSpec, revision: int, by: Staff) -> ItemVersion:
    """保存草稿：all of it. `revision` is the one that was on the screen: who was slower is told, nothing is lost.

    Refused: not_your_office, wrong_moment, draft_moved_on, promise_over_law.
    """
    now = clock.now()
    version = _locked(version)
    _may(version.item, by)
    if version.status != VersionStatus.DRAFT:
        raise Refused("not_a_draft", item=version.item.code, state=version.get_status_display())
    if version.revision != revision:
        who = version.made_by.name if version.made_by else "别人"
        raise Refused("draft_moved_on", who=who)
    if spec.office != version.item.office.code:
        raise Refused("office_is_fixed")
    if spec.promised_workdays > spec.statutory_workdays:
        raise Refused(
            "promise_over_law",
            promised=spec.promised_workdays,
            statutory=spec.statutory_workdays,
            fields={"promised_workdays": f"不能超过法定的 {spec.statutory_workdays} 个工作日"},
        )
    if queries.spec(version.pk) == replace(
        spec, code=version.item.code, version_id=version.pk, version_number=version.number
    ):
        return version  # saved as it is already: nothing happened
    for part in PARTS:
        part.objects.filter(version=version).delete()
    for name, value in columns(spec).items():
        setattr(version, name, value)
    version.revision, version.made_by, version.made_at = revision + 1, by, now
    version.save()
    add_parts([spec], [version])
    trail.record("catalog.draft_saved", version, by=by, at=now, **_told(version))
    return version


@transaction.atomic
def discard(*, version: ItemVersion, by: Staff) -> None:
    """不改了：the draft goes, and with it an item that never was published. The trail keeps that it was there."""
    now = clock.now()
    version = _locked(version)
    _may(version.item, by)
    if version.status != VersionStatus.DRAFT:
        raise Refused("not_a_draft", item=version.item.code, state=version.get_status_display())
    trail.record("catalog.draft_discarded", version, by=by, at=now, **_told(version))
    for part in PARTS:
        part.objects.filter(version=version).delete()
    version.delete()
    if not version.item.versions.exists():
        version.item.delete()


def _made(item: ServiceItem, spec: ItemSpec, reason: str, by: Staff, now: datetime) -> ItemVersion:
    reason = reason.strip()
    if not reason:
        raise Refused("why_missing", fields={"reason": "请写一句为什么改"})
    if len(reason) > LONGEST_REASON:
        raise Refused("text_too_long", most=LONGEST_REASON, fields={"reason": f"最多 {LONGEST_REASON} 个字"})
    number = (item.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = ItemVersion.objects.create(
        item=item, number=number, reason=reason, made_by=by, made_at=now, **columns(spec)
    )
    add_parts([spec], [version])
    trail.record("catalog.draft_begun", version, by=by, at=now, reason=reason, **_told(version))
    return version


def _may(item: ServiceItem, by: Staff) -> None:
    if not may_edit(by.office.code if by.office else "", item.office.code):
        raise Refused("not_your_office", office=item.office.name)


def _locked(version: ItemVersion) -> ItemVersion:
    rows = ServiceItem.objects.select_for_update(of=("self",)).select_related("office")
    item = rows.filter(pk=version.item_id).first()
    found = ItemVersion.objects.filter(pk=version.pk).select_related("made_by").first()
    if item is None or found is None:
        raise Refused("draft_gone", item=version.item.code)
    found.item = item
    return found


def _next_code(office: Office) -> str:
    """The office's letters and the next number that was never used."""
    letters = re.sub(r"[^A-Z]", "", office.code.upper())[:6] or "X"
    used = ServiceItem.objects.filter(code__startswith=f"{letters}-").values_list("code", flat=True)
    numbers = [int(match[1]) for code in used if (match := re.fullmatch(r"[A-Z]+-([0-9]{1,6})", code))]
    return f"{letters}-{max(numbers, default=0) + 1:03}"


def _told(version: ItemVersion) -> dict[str, object]:
    return {"code": version.item.code, "version": version.number}


def _blank(item: ServiceItem) -> ItemSpec:
    """What a new item says before anybody has written anything: on the spot, one office, free."""
    return ItemSpec(
        code=item.code,
        name="",
        short_name="",
        office=item.office.code,
        kind=ItemKind.PUBLIC_SERVICE,
        audience=Audience.PERSON,
        mode=Mode.ON_THE_SPOT,
        statutory_workdays=0,
        promised_workdays=0,
        accept_workdays=0,
        visits=1,
        no_meeting=False,
        channels=(Channel.WINDOW,),
        village_step=VillageStep.NONE,
        route=((item.office.code,),),
        result="",
        result_kind=ResultKind.RECORD,
        result_validity="",
        fee="免费",
        condition="",
        legal_basis="",
        life_events=(),
        aliases=(),
        procedure=(("收件受理", 0), ("当场办结", 0)),
        baseline=Baseline(1, 1, 1, 1),
        materials=(),
        questions=(),
        fields=(),
    )

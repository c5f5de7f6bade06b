"""Putting a checked folder's catalogue into a town that has none yet: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.people.models import Office, Staff

from .. import queries
from ..models import (
    Field,
    ItemVersion,
    LifeEvent,
    LifeEventItem,
    Material,
    ProcedureStep,
    Question,
    ServiceItem,
)
from ..rules import ItemSpec
from .folder import BundleRow, TownFolder

_PARTS = {"procedure", "materials", "questions", "fields"}
_ELSEWHERE = {"code", "office", "version_id", "version_number", "verified"}


@transaction.atomic
def load(*, folder: TownFolder, proposed_by: Staff, published_by: Staff) -> None:
    """装入目录：every item is proposed by one person and published by another. The town's offices are there already.

    Refused: catalogue_faulty (with the faults), catalogue_present, own_proposal.
    """
    now = clock.now()
    if folder.faults:
        raise Refused(
            "catalogue_faulty", count=len(folder.faults), faults=[str(each) for each in folder.faults]
        )
    if proposed_by.pk == published_by.pk:
        raise Refused("own_proposal")
    if ServiceItem.objects.exists():
        raise Refused("catalogue_present")
    items = _items(folder.items)
    versions = _versions(folder.items, items)
    _parts(folder.items, versions)
    _publish(versions, proposed_by, published_by, now)
    _bundles(folder.bundles, items)
    trail.record(
        "catalog.loaded",
        towns.current(),
        by=published_by,
        at=now,
        items=len(items),
        bundles=len(folder.bundles),
    )
    queries.forget()


def _items(specs: Sequence[ItemSpec]) -> dict[str, ServiceItem]:
    offices = {office.code: office for office in Office.objects.all()}
    made = ServiceItem.objects.bulk_create(
        ServiceItem(code=spec.code, office=offices[spec.office], position=place)
        for place, spec in enumerate(specs)
    )
    return {item.code: item for item in made}


def _versions(specs: Sequence[ItemSpec], items: dict[str, ServiceItem]) -> list[ItemVersion]:
    return ItemVersion.objects.bulk_create(
        ItemVersion(item=items[spec.code], number=1, is_verified=spec.verified, **_columns(spec))
        for spec in specs
    )


def _columns(spec: ItemSpec) -> dict[str, Any]:
    """The columns of a version that are called as in its spec."""
    columns = {name: value for name, value in vars(spec).items() if name not in _PARTS | _ELSEWHERE}
    return columns | {"baseline": asdict(spec.baseline)}


def _parts(specs: Sequence[ItemSpec], versions: Sequence[ItemVersion]) -> None:
    steps, materials, questions, fields = [], [], [], []
    for spec, version in zip(specs, versions, strict=True):
        for place, (name, workdays) in enumerate(spec.procedure):
            steps.append(ProcedureStep(version=version, position=place, name=name, workdays=workdays))
        for place, material in enumerate(spec.materials):
            materials.append(Material(version=version, position=place, **vars(material)))
        for place, question in enumerate(spec.questions):
            questions.append(Question(version=version, position=place, **vars(question)))
        for place, field in enumerate(spec.fields):
            told = {name: value for name, value in vars(field).items() if name != "required"}
            fields.append(Field(version=version, position=place, is_required=field.required, **told))
    ProcedureStep.objects.bulk_create(steps)
    Material.objects.bulk_create(materials)
    Question.objects.bulk_create(questions)
    Field.objects.bulk_create(fields)


def _publish(versions: Sequence[ItemVersion], proposed_by: Staff, published_by: Staff, now: datetime) -> None:
    for version in versions:
        version.move("propose")
        version.move("publish")
        version.proposed_by, version.proposed_at = proposed_by, now
        version.published_by, version.published_at = published_by, now
    ItemVersion.objects.bulk_update(
        versions, ["status", "proposed_by", "proposed_at", "published_by", "published_at"]
    )


def _bundles(bundles: Sequence[BundleRow], items: dict[str, ServiceItem]) -> None:
    events = LifeEvent.objects.bulk_create(
        LifeEvent(key=bundle.key, name=bundle.name, intro=bundle.intro, position=place)
        for place, bundle in enumerate(bundles)
    )
    LifeEventItem.objects.bulk_create(
        LifeEventItem(life_event=event, item=items[code], position=place)
        for event, bundle in zip(events, bundles, strict=True)
        for place, code in enumerate(bundle.codes)
    )

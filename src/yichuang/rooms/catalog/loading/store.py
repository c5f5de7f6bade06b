"""Putting a checked folder's catalogue into a town that has none yet: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.people.models import Office, Staff

from .. import queries
from ..actions.stored import add_parts, columns, save_alike
from ..models import ItemVersion, LifeEvent, LifeEventItem, ServiceItem
from ..rules import ItemSpec
from .folder import BundleRow, TownFolder


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
    add_parts(folder.items, versions)
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
        ItemVersion(item=items[spec.code], number=1, **columns(spec)) for spec in specs
    )


def _publish(versions: Sequence[ItemVersion], proposed_by: Staff, published_by: Staff, now: datetime) -> None:
    for version in versions:
        version.move("propose")
        version.move("publish")
        version.proposed_by, version.proposed_at = proposed_by, now
        version.published_by, version.published_at = published_by, now
    save_alike(versions, ["status", "proposed_by", "proposed_at", "published_by", "published_at"])


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

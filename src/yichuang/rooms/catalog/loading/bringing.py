"""A file brought into a town that may have a catalogue: one new version for each item that differs, two persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.ground.secrets import new_token
from yichuang.rooms.people import actions as people
from yichuang.rooms.people.models import Office, Staff

from .. import queries
from ..actions.stored import add_parts, columns, save_alike
from ..models import ItemVersion, LifeEvent, LifeEventItem, ServiceItem
from ..rules import ItemSpec
from ..states import VersionStatus
from .folder import BundleRow, TownFolder
from .plans import Plan, plan
from .rows import faults_together
from .town import standing, town_catalogue

REASON = "整本导入"


@dataclass(frozen=True)
class BroughtIn:
    """What an import did; `batch` names its versions for the one who publishes them, empty when there are none."""

    plan: Plan
    batch: str = ""


@transaction.atomic
def bring_in(*, folder: TownFolder, by: Staff, seen: str = "") -> BroughtIn:
    """整本导入：改了的、新的事项各出一版，请另一个人核对发布；没改的不动，文件里没有的也不动。

    `seen`: the sign of the plan that was on the screen. A file that says what the town has changes nothing at all.
    Refused: catalogue_faulty, import_blocked (with every obstacle), catalogue_moved_on; then nothing is brought in.
    """
    now = clock.now()
    if folder.faults:
        raise Refused(
            "catalogue_faulty", count=len(folder.faults), faults=[str(each) for each in folder.faults]
        )
    _one_at_a_time()
    town = town_catalogue()
    own_office = by.office.code if by.office else ""
    found = plan(folder=folder, town=town, standing=standing(), own_office=own_office)
    if found.obstacles:
        count, first = len(found.obstacles), found.obstacles[0]
        raise Refused("import_blocked", count=count, first=first, obstacles=list(found.obstacles))
    if seen and seen != found.sign:
        raise Refused("catalogue_moved_on")
    if found.changes_nothing:
        return BroughtIn(found)
    _refuse_what_does_not_fit(folder.items, town, folder)
    if found.offices:
        people.found_places(offices=folder.offices, villages=(), by=by)
    specs = [item for item in folder.items if item.code in found.codes]
    batch = new_token(9) if specs else ""
    _propose(specs, _items(specs), batch, by, now)
    _replace(folder.bundles, {change.code for change in found.bundles})
    trail.record(
        "catalog.imported",
        towns.current(),
        by=by,
        at=now,
        changed=len(found.changed),
        new=len(found.new),
        unchanged=len(found.unchanged),
        bundles=len(found.bundles),
        batch=batch,
    )
    _forget()
    return BroughtIn(found, batch)


@transaction.atomic
def publish_imported(*, batch: str, by: Staff) -> int:
    """整批发布：the versions of one import that still wait, all or none; how many they were.

    Refused: import_gone, own_proposal, catalogue_faulty (published together they would contradict each other).
    """
    now = clock.now()
    _one_at_a_time()
    versions = list(
        ItemVersion.objects.filter(batch=batch, status=VersionStatus.PROPOSED)
        .select_related("item__office")
        .order_by("pk")
        if batch
        else ()
    )
    if not versions:
        raise Refused("import_gone")
    if any(by.pk in (version.proposed_by_id, version.made_by_id) for version in versions):
        raise Refused("own_proposal")
    _refuse_what_does_not_fit(queries.specs(versions), town_catalogue())
    older = list(
        ItemVersion.objects.filter(item__in=[v.item_id for v in versions], status=VersionStatus.PUBLISHED)
    )
    for version in older:
        version.move("retire")
        version.retired_at = now
    save_alike(older, ["status", "retired_at"])
    for version in versions:
        version.move("publish")
        version.published_by, version.published_at, version.effective_on = by, now, clock.day_of(now)
    save_alike(versions, ["status", "published_by", "published_at", "effective_on"])
    trail.record("catalog.import_published", towns.current(), by=by, at=now, count=len(versions), batch=batch)
    _forget()
    return len(versions)


def _one_at_a_time() -> None:
    """Imports of a town follow one another, and nobody opens a version meanwhile: begin_draft locks the item too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('catalog.import'), %s::int)", [towns.current_id()]
        )
    list(ServiceItem.objects.select_for_update().order_by("pk").values_list("pk"))
    queries.forget()


def _refuse_what_does_not_fit(
    specs: Sequence[ItemSpec], town: TownFolder, folder: TownFolder | None = None
) -> None:
    """The catalogue as it would be must pass the checks of a file."""
    coming = {item.code for item in specs}
    whole = [*(item for item in town.items if item.code not in coming), *specs]
    offices = [office.code for office in (*town.offices, *(folder.offices if folder else ()))]
    if faults := faults_together(whole, offices=offices):
        raise Refused("catalogue_faulty", count=len(faults), faults=[str(each) for each in faults])


def _items(specs: Sequence[ItemSpec]) -> dict[str, ServiceItem]:
    """The items of these specs; those that were not there get the places after all others."""
    have = {item.code: item for item in ServiceItem.objects.filter(code__in=[spec.code for spec in specs])}
    offices = {office.code: office for office in Office.objects.all()}
    last = ServiceItem.objects.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    lacking = [spec for spec in specs if spec.code not in have]
    made = ServiceItem.objects.bulk_create(
        ServiceItem(code=spec.code, office=offices[spec.office], position=first + place)
        for place, spec in enumerate(lacking)
    )
    return have | {item.code: item for item in made}


def _propose(
    specs: Sequence[ItemSpec], items: dict[str, ServiceItem], batch: str, by: Staff, now: datetime
) -> None:
    """One new version each, written as a draft and proposed."""
    last = dict(
        ItemVersion.objects.filter(item__in=items.values())
        .values_list("item_id")
        .annotate(last=Max("number"))
        .order_by()
    )
    versions = [
        ItemVersion(
            item=items[spec.code],
            number=last.get(items[spec.code].pk, 0) + 1,
            batch=batch,
            reason=REASON,
            made_by=by,
            made_at=now,
            proposed_by=by,
            proposed_at=now,
            **columns(spec),
        )
        for spec in specs
    ]
    ItemVersion.objects.bulk_create(versions)
    add_parts(specs, versions)
    for version in versions:
        version.move("propose")
    save_alike(versions, ["status"])


def _replace(bundles: Sequence[BundleRow], changed: set[str]) -> None:
    """一件事 have no versions: the changed ones are made anew, each at its place."""
    places = dict(LifeEvent.objects.filter(key__in=changed).values_list("key", "position"))
    LifeEvent.objects.filter(key__in=changed).delete()
    after = (LifeEvent.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    items = {item.code: item for item in ServiceItem.objects.all()}
    wanted = [bundle for bundle in bundles if bundle.key in changed]
    events = LifeEvent.objects.bulk_create(
        LifeEvent(
            key=each.key, name=each.name, intro=each.intro, position=places.get(each.key, after + place)
        )
        for place, each in enumerate(wanted)
    )
    LifeEventItem.objects.bulk_create(
        LifeEventItem(life_event=event, item=items[code], position=place)
        for event, bundle in zip(events, wanted, strict=True)
        for place, code in enumerate(bundle.codes)
    )


def _forget() -> None:
    queries.forget()
    transaction.on_commit(queries.forget)

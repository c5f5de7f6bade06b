"""What a town has today, in the form of a folder: to be written out, and to compare a file with."""

from __future__ import annotations

from collections.abc import Sequence

from yichuang.rooms.people import queries as people
from yichuang.rooms.people.actions import OfficeRow, VillageRow

from .. import queries
from ..models import ItemVersion, ServiceItem
from ..states import OPEN
from .folder import BundleRow, HourRow, TownFolder, WindowRow
from .plans import Standing, plain


def town_catalogue(*, windows: Sequence[WindowRow] = (), hours: Sequence[HourRow] = ()) -> TownFolder:
    """The published items and all places of the current town; windows and hours are the hall's, it passes them in."""
    return TownFolder(
        offices=tuple(
            OfficeRow(office.code, office.name, office.kind, office.duty, office.phone)
            for office in people.offices().values()
        ),
        villages=tuple(
            VillageRow(each.code, each.name, each.population, each.households, each.distance_km)
            for each in people.villages()
        ),
        windows=tuple(windows),
        hours=tuple(hours),
        items=tuple(plain(item) for item in queries.published().values()),
        bundles=tuple(
            BundleRow(bundle.key, bundle.name, bundle.intro, bundle.codes)
            for bundle in queries.life_events()
            if len(bundle.codes)
            > 1  # with one published item left it is no bundle, and no file would be taken with it
        ),
        faults=(),
    )


def standing() -> dict[str, Standing]:
    """Every item of the town by code."""
    working = {
        version.item_id: version
        for version in ItemVersion.objects.filter(status__in=OPEN).only("item_id", "number", "status")
    }
    found = {}
    for item in ServiceItem.objects.select_related("office"):
        version = working.get(item.pk)
        found[item.code] = (
            Standing(item.office.code, version.number, str(version.get_status_display()))
            if version
            else Standing(item.office.code)
        )
    return found

"""A whole town in files: what it has, with its windows and hours; and the places of a town that has nothing yet."""

from __future__ import annotations

from django.db import transaction

from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog.loading import HourRow, TownFolder, WindowRow, town_catalogue
from yichuang.rooms.people import actions as people
from yichuang.rooms.people import queries as people_queries
from yichuang.rooms.people.models import Staff

from . import actions, queries
from .models import OpeningHour
from .rules import Hours


def town_folder() -> TownFolder:
    """What the current town has, in the form of its files."""
    return town_catalogue(
        windows=[
            WindowRow(
                each.number,
                each.name,
                tuple(each.main_offices),
                tuple(each.backup_offices),
                each.floor_position,
            )
            for each in queries.windows()
        ],
        hours=[
            HourRow(each.weekday, each.opens, each.closes)
            for each in OpeningHour.objects.order_by("weekday", "opens")
        ],
    )


@transaction.atomic
def found_places(*, folder: TownFolder, by: Staff | None) -> None:
    """设立一个新镇的部门、村、窗口和开放时间；已经有的种类不动。

    Refused: catalogue_faulty; then nothing is founded.
    """
    if folder.faults:
        raise Refused(
            "catalogue_faulty", count=len(folder.faults), faults=[str(each) for each in folder.faults]
        )
    offices = folder.offices if not people_queries.offices() else ()
    villages = folder.villages if not people_queries.villages() else ()
    if offices or villages:
        people.found_places(offices=offices, villages=villages, by=by)
    if not queries.windows() and not OpeningHour.objects.exists():
        actions.load_windows(
            windows=[actions.WindowRow(**vars(row)) for row in folder.windows],
            hours=[Hours(**vars(row)) for row in folder.hours],
            by=by,
        )

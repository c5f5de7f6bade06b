"""The town's items and bundles as what is made known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yichuang.ground import towns
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.notices.publicity import Hall, Subject, of_bundle, of_item
from yichuang.rooms.people import queries as people


@dataclass(frozen=True)
class Board:
    """A sheet of the notice board: its heading and its rows."""

    heading: str
    rows: tuple[Subject, ...]


def subject_of(code: str) -> Subject | None:
    """The published item with this code, or the 一件事 with this key; None: there is no such."""
    items = catalog.published()
    if code.upper() in items:
        return _items([code.upper()])[0]
    bundle = next((each for each in catalog.life_events() if each.key == code.lower()), None)
    listed = [items[each] for each in bundle.codes if each in items] if bundle else []
    if bundle is None or not listed:
        return None
    return of_bundle(key=bundle.key, name=bundle.name, intro=bundle.intro, items=listed, hall=town_hall())


def board_of(subject: Subject) -> Board:
    """The sheet it stands on: a 一件事 with its items, an item among those of its office."""
    items = catalog.published()
    if subject.kind == "bundle":
        bundle = next(each for each in catalog.life_events() if each.key == subject.code)
        return Board(subject.name, tuple(_items([code for code in bundle.codes if code in items])))
    office = items[subject.code].office
    return Board(
        f"{subject.office}的事",
        tuple(_items([code for code, item in items.items() if item.office == office])),
    )


def town_hall() -> Hall:
    """The hall of the current town."""
    town = towns.current()
    hours = tuple(hall.opening_hours())
    return Hall(town.name, town.hall_name, town.address, town.phone, hours, town.is_demo)


def _items(codes: Sequence[str]) -> list[Subject]:
    items, offices, windows, place = catalog.published(), people.offices(), hall.windows(), town_hall()
    told = []
    for code in codes:
        item = items[code]
        office = offices[item.office]
        best = [window.number for window in windows if item.office in window.main_offices]
        told.append(of_item(item, office=office.name, phone=office.phone, windows=best, hall=place))
    return told

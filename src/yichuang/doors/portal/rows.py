"""Items and 一件事 as lines and cards of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yichuang.doors.shared import english
from yichuang.doors.shared.guides import told
from yichuang.rooms.catalog.queries import Bundle
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.catalog.terms import Mode

# Which of the town's events stand on the first page, and their drawings.
EVENT_ICONS = {
    "newborn": "baby",
    "school": "school",
    "small_restaurant": "shop",
    "grape_farm": "grape",
    "retire": "old-age",
    "veteran_home": "medal",
    "build_house": "house",
    "disabled": "heart",
    "marriage": "rings",
    "deceased": "flower",
    "street_stall": "shop",
    "landless": "leaf",
    "move_in": "house",
}


@dataclass(frozen=True)
class Row:
    """An item as a line of a list."""

    code: str
    name: str
    words: str
    limit: str
    on_the_spot: bool
    name_en: str
    words_en: str
    limit_en: str


def rows(specs: Iterable[ItemSpec]) -> list[Row]:
    return [
        Row(
            code=item.code,
            name=item.name,
            words=told.first_sentence(item.condition),
            limit=told.limit(item),
            on_the_spot=item.mode == Mode.ON_THE_SPOT,
            name_en=item.name_en,
            words_en=english.first_sentence(item.summary_en),
            limit_en=english.limit(item),
        )
        for item in specs
    ]


def event_card(bundle: Bundle) -> dict[str, Any]:
    return {
        "key": bundle.key,
        "name": bundle.name.removesuffix("一件事"),
        "name_en": english.EVENTS.get(bundle.key, ""),
        "intro": bundle.intro,
        "count": len(bundle.codes),
        "icon": EVENT_ICONS.get(bundle.key, "list"),
    }

"""Finding the 一件事 that a query is about: by its own words, and by the items that answer the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ..rules import ItemSpec
from .index import Entry, Hit, Index

_OWN, _ITEMS = 0.7, 0.9  # what a bundle's own words count, and the items found first that belong to it
_WORTH = 48.0  # with less a bundle is not offered


class Bundled(Protocol):
    """A bundle as it is searched."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def intro(self) -> str: ...
    @property
    def codes(self) -> tuple[str, ...]: ...


def event_index(bundles: Sequence[Bundled], items: Mapping[str, ItemSpec]) -> Index:
    """The bundles, ready to be searched by name, introduction and the words of their items."""

    def entry(bundle: Bundled) -> Entry:
        held = [items[code] for code in bundle.codes if code in items]
        words = (
            bundle.intro,
            *(item.short_name for item in held),
            *(word for item in held for word in item.aliases),
        )
        when = bundle.intro.partition("，")[0]  # 亲人去世后，……
        return Entry(bundle.key, (bundle.name.removesuffix("一件事"), bundle.name, when), words)

    return Index(bundles, entry)


def ranked(bundles: Sequence[Bundled], own: Sequence[Hit], items: Sequence[Hit], limit: int) -> list[str]:
    """Keys of the bundles worth offering beside these items, the best first."""
    own_score = {hit.code: hit.score for hit in own}
    score = {}
    for bundle in bundles:
        held = sum(hit.score for hit in items if hit.code in bundle.codes) / max(len(items), 1)
        score[bundle.key] = _OWN * own_score.get(bundle.key, 0.0) + _ITEMS * held
    order = {bundle.key: place for place, bundle in enumerate(bundles)}
    worth = [key for key, reached in score.items() if reached >= _WORTH]
    return sorted(worth, key=lambda key: (-score[key], order[key]))[:limit]

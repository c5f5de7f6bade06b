"""What a guide's templates are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yichuang.rooms.catalog.queries import Bundle
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.catalog.terms import Audience, ItemKind, Stuck
from yichuang.rooms.hall.models import Window
from yichuang.rooms.hall.rules import Hours
from yichuang.rooms.people.models import Office

from . import floor, sample, told, where
from .situation import situation


def facts(
    item: ItemSpec,
    answers: Mapping[str, str],
    *,
    everything: Mapping[str, ItemSpec],
    bundles: Iterable[Bundle],
    windows: Sequence[Window],
    hours: Sequence[Hours],
    office: Office | None,
    address: str,
) -> dict[str, Any]:
    """The context of `guides/body.html`, for a resident who gave these answers.

    `address` is the page's own address without a query (it stands in the QR code with the answers that count);
    `everything` and `bundles` are what is published. Where `live` is not set in the context nothing can be saved
    or answered: a preview.
    """
    own = situation([item], answers)
    papers = told.papers(own.listed, {item.code: item})
    around = [bundle for bundle in bundles if item.code in bundle.codes]
    return {
        "item": item,
        "office": office,
        "figures": told.figures(item, papers, own.listed),
        "papers": papers,
        **own.shown,
        "ask_phone": office.phone if office else "",
        "keep_at": f"/guide/{item.code}/save",
        "steps": told.steps(item),
        "mistakes": [mistake for mistake in item.mistakes if mistake],
        "sample": sample.sample(item.fields),
        "saved": told.saved(item, papers),
        "channels": told.channels_words(item),
        "kind": told.label(ItemKind, item.kind),
        "for_whom": told.label(Audience, item.audience),
        "windows": where.windows_words(windows, item.office),
        "floor": floor.plan(windows, item.office),
        "hours": where.hours_words(hours),
        "bundles": [
            {"key": each.key, "name": each.name.removesuffix("一件事"), "count": len(each.codes)}
            for each in around
        ],
        "related": told.related(item, everything, [bundle.codes for bundle in around]),
        "stuck": Stuck.choices,
        "address": own.addressed(address),
    }

"""What a guide's templates are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from yichuang.rooms.catalog.queries import Bundle
from yichuang.rooms.catalog.rules import Checklist, ItemSpec, Verdict, checklist, precheck
from yichuang.rooms.catalog.terms import Audience, ItemKind
from yichuang.rooms.hall.models import Window
from yichuang.rooms.hall.rules import Hours
from yichuang.rooms.people.models import Office

from . import told, where

MOST_IN_A_CODE = 500  # signs of answers; a denser QR code is not read from paper


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
    listed, verdict = checklist([item], answers), precheck([item], answers)
    papers = told.papers(listed, {item.code: item})
    around = [bundle for bundle in bundles if item.code in bundle.codes]
    return {
        "item": item,
        "office": office,
        "figures": told.figures(item, papers, listed),
        "papers": papers,
        **told_of_questions(listed, verdict),
        "steps": told.steps(item),
        "saved": told.saved(item, papers.count),
        "channels": told.channels_words(item),
        "kind": told.label(ItemKind, item.kind),
        "for_whom": told.label(Audience, item.audience),
        "windows": where.windows_words(windows, item.office),
        "hours": where.hours_words(hours),
        "bundles": [
            {"key": each.key, "name": each.name.removesuffix("一件事"), "count": len(each.codes)}
            for each in around
        ],
        "related": told.related(item, everything, [bundle.codes for bundle in around]),
        "address": addressed(address, listed, verdict),
    }


def told_of_questions(listed: Checklist, verdict: Verdict) -> dict[str, Any]:
    """The questions of both kinds and what is known so far."""
    return {
        "verdict": verdict,
        "questions": listed.questions,
        "question_count": told.how_many(len(listed.questions)),
        "answered": [asked for asked in listed.questions if asked.answer],
    }


def addressed(page: str, listed: Checklist, verdict: Verdict, codes: Iterable[str] = ()) -> str:
    """A page's address with the answers that count and nothing else."""
    kept = [("do", code) for code in codes]
    kept += [(asked.key, asked.answer) for asked in verdict.asked if asked.answer]
    kept += [(asked.key, asked.answer) for asked in listed.questions if asked.answer]
    asked_for = urlencode(kept)
    return f"{page}?{asked_for}" if 0 < len(asked_for) <= MOST_IN_A_CODE else page

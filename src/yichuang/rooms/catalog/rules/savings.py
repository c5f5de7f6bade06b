"""What a resident saves when items are done together: forms, papers, visits, windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..terms import Source
from .lists import Checklist, brought_by_resident, checklist
from .spec import ItemSpec


@dataclass(frozen=True)
class Savings:
    """Each as (apart, together): counted from the items' own lists with the same answers, nothing estimated."""

    forms: tuple[int, int]  # fields to fill in
    materials: tuple[int, int]  # papers to bring
    printed: tuple[int, int]  # forms to sign
    visits: tuple[int, int]


def savings(items: Sequence[ItemSpec], answers: Mapping[str, str]) -> Savings:
    """合并前后：the same matters one by one, and in one visit."""
    apart = [checklist([item], answers) for item in items]
    together = checklist(items, answers)
    return Savings(
        forms=(sum(len(each.fields) for each in apart), len(together.fields)),
        materials=(sum(map(_brought, apart)), _brought(together)),
        printed=(sum(map(_printed, apart)), _printed(together)),
        visits=(sum(item.visits for item in items), max((item.visits for item in items), default=0)),
    )


def _brought(listed: Checklist) -> int:
    """How many papers somebody carries; a group of alternatives is one."""
    grouped = {document for group in listed.alternatives for document in group.documents}
    alone = sum(needed.document not in grouped and brought_by_resident(needed) for needed in listed.materials)
    return alone + len(listed.alternatives)


def _printed(listed: Checklist) -> int:
    return sum(needed.source == Source.WINDOW for needed in listed.materials)

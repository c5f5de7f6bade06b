"""What is still owed, and which paper on the list a document settles."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from yichuang.rooms.catalog.rules import Checklist, Document, ItemSpec, Needed, checklist, missing

_LIMITS = re.compile(r"[（(].*?[）)]")  # "居民户口簿(能看出关系)": when it is taken instead


@dataclass(frozen=True)
class Brought:
    """A document as the checklist knows it; `instead` names the accepted paper when another one was brought."""

    material: str
    person: str
    instead: str = ""


def recognised(listed: Checklist, material: str, person: str) -> Brought | None:
    """Which paper of the list this is: by its own name, or as one that is taken instead. None: of no list.

    Without a person the first paper of that name is meant.
    """
    papers = [*listed.materials, *listed.possible]
    for needed in papers:
        if needed.name == material and person in ("", needed.person):
            return Brought(needed.name, needed.person)
    for needed in papers:
        taken = {_LIMITS.sub("", paper).strip() for paper in needed.accepts} | set(needed.accepts)
        if material in taken and person in ("", needed.person):
            return Brought(needed.name, needed.person, instead=material)
    return None


def owed(
    items: Sequence[ItemSpec], answers: Mapping[str, str], have: Collection[Document]
) -> tuple[Needed, ...]:
    """Everything these items still wait for, all at once.

    An item that has all it needs by itself waits for nothing, even where the joint list would rather have another
    of several alternatives.
    """
    waiting = {item.code for item in items if missing(checklist([item], answers), have)}
    named = missing(checklist(items, answers), have)
    return tuple(
        replace(needed, items=tuple(code for code in needed.items if code in waiting))
        for needed in named
        if waiting.intersection(needed.items)
    )


def named(papers: Sequence[Needed]) -> list[str]:
    """Papers as a clerk reads them out: 居民身份证（配偶）、不动产权证书或租赁合同. Alternatives are one entry."""
    entries: dict[object, list[str]] = {}
    for needed in papers:
        entries.setdefault(needed.choice or needed.document, []).append(said(needed.name, needed.person))
    return ["或".join(names) for names in entries.values()]


def said(name: str, person: str) -> str:
    """A paper with whose it is, where that is not the applicant."""
    return name if person in ("申请人", "无", "") or person in name else f"{name}（{person}）"

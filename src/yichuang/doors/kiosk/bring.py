"""What the holder of a ticket should bring, in words for the screen, the slip and the phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import ItemSpec, Needed, brought_by_resident, checklist
from yichuang.rooms.catalog.terms import Form
from yichuang.rooms.hall.models import Ticket


@dataclass(frozen=True)
class Paper:
    """One paper: its name, whose it is when that matters, and in what form."""

    name: str
    form: str


@dataclass(frozen=True)
class Bring:
    """For which items, what to bring, and whether more may be asked for in some situations."""

    names: str
    papers: tuple[Paper, ...]
    depends: bool


def for_items(codes: Sequence[str]) -> Bring | None:
    """要带什么；None when no item was chosen."""
    known = catalog.published()
    items: list[ItemSpec] = [known[code] for code in codes if code in known]
    if not items:
        return None
    needed = checklist(items, {})
    papers = tuple(_paper(each) for each in needed.materials if brought_by_resident(each))
    return Bring("、".join(item.short_name for item in items), papers, bool(needed.unanswered))


def _paper(needed: Needed) -> Paper:
    whose = "" if needed.person in ("", "无", "申请人") else f"（{needed.person}）"
    form = Form(needed.form).label
    return Paper(f"{needed.name}{whose}", f"{form}，可以后补" if needed.need == "deferrable" else form)


def ticket_url(ticket: Ticket) -> str:
    """The address behind the QR code of a ticket."""
    return f"{settings.PUBLIC_URL}/ticket/{ticket.track_token}"

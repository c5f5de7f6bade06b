"""What the holder of a ticket should bring, in words for the screen, the slip and the phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from yichuang.doors.shared import english
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.models import SavedList
from yichuang.rooms.catalog.rules import ItemSpec, Needed, brought_by_resident, checklist
from yichuang.rooms.catalog.terms import Form
from yichuang.rooms.hall.models import Ticket

MOST_NAMED = 3


@dataclass(frozen=True)
class Paper:
    """One paper: its name, whose it is when that matters, and in what form."""

    name: str
    form: str
    form_en: str


@dataclass(frozen=True)
class Bring:
    """For which items, what to bring, and whether more may be asked for in some situations."""

    items: tuple[ItemSpec, ...]
    papers: tuple[Paper, ...]
    depends: bool
    code: str = ""  # of the list it was read from

    @property
    def names(self) -> str:
        """As many as fit a heading; the items of a long list are counted."""
        if len(self.items) > MOST_NAMED:
            return f"清单上的 {len(self.items)} 件事"
        return "、".join(item.short_name for item in self.items)

    @property
    def checked(self) -> ItemSpec | None:
        """The first of the items of which some people will hear that they cannot have it."""
        return next((item for item in self.items if item.prechecks), None)

    @property
    def check_url(self) -> str:
        """The guide that asks, for the telephone."""
        return f"{settings.PUBLIC_URL}/guide/{self.checked.code}" if self.checked else ""


def for_items(codes: Sequence[str], answers: Mapping[str, str] | None = None, code: str = "") -> Bring | None:
    """要带什么；None when no item was chosen."""
    known = catalog.published()
    items = [known[each] for each in codes if each in known]
    if not items:
        return None
    needed = checklist(items, answers or {})
    papers = tuple(_paper(each) for each in needed.materials if brought_by_resident(each))
    return Bring(tuple(items), papers, bool(needed.unanswered), code)


def for_list(listed: SavedList) -> Bring | None:
    """要带什么，按清单上答过的情形；None when none of its items is offered any more."""
    return for_items(listed.items, listed.answers, listed.code)


def for_ticket(ticket: Ticket) -> Bring | None:
    """What the ticket's list says, or else its items."""
    listed = catalog.saved_list(ticket.list_code) if ticket.list_code else None
    return (listed and for_list(listed)) or for_items(ticket.items)


def _paper(needed: Needed) -> Paper:
    whose = "" if needed.person in ("", "无", "申请人") else f"（{needed.person}）"
    form, form_en = Form(needed.form).label, english.FORMS[Form(needed.form)]
    if needed.need == "deferrable":
        form, form_en = f"{form}，可以后补", f"{form_en}, may follow later"
    return Paper(f"{needed.name}{whose}", form, form_en)


def ticket_url(ticket: Ticket, language: str = "zh") -> str:
    """The address behind the QR code of a ticket; the telephone goes on in the language of the kiosk."""
    if language == "en":
        return f"{settings.PUBLIC_URL}/language?to=en&next=/ticket/{ticket.track_token}"
    return f"{settings.PUBLIC_URL}/ticket/{ticket.track_token}"

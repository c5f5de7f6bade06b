"""What somebody has chosen so far at the kiosk. It travels in the address and in hidden fields, never in a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.hall.models import PriorityReason

# Age is seen from the id number; the other reasons somebody says themselves, and shows the paper at the window.
SAID_PRIORITIES = (
    (PriorityReason.DISABLED, "残疾人"),
    (PriorityReason.PREGNANT, "孕妇、带婴儿"),
    (PriorityReason.SOLDIER, "军人、退役军人"),
)


@dataclass(frozen=True)
class Choice:
    """A queue (empty: as the items say), items, and a reason to go first."""

    queue: str = ""
    items: tuple[str, ...] = ()
    priority: str = ""

    @classmethod
    def of(cls, told: QueryDict) -> Choice:
        """The choice in an address or a form; nothing here is trusted, the hall checks it when a ticket is taken."""
        items = tuple(dict.fromkeys(code[:20] for code in told.getlist("items") if code))
        return cls(told.get("queue", "")[:20], items[:20], told.get("priority", "")[:10])

    @property
    def query(self) -> str:
        """For an address: `queue=general&items=SB-001`, empty when nothing is chosen."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """For hidden fields."""
        told = [("queue", self.queue), ("priority", self.priority), *(("items", code) for code in self.items)]
        return [(name, value) for name, value in told if value]

    def specs(self) -> list[ItemSpec]:
        """The chosen items that the catalogue has."""
        known: Mapping[str, ItemSpec] = catalog.published()
        return [known[code] for code in self.items if code in known]

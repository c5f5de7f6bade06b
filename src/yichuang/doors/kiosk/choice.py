"""What somebody has chosen so far at the kiosk. It travels in the address and in hidden fields, never in a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import QueryDict

from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.hall.models import PriorityReason

# Age is seen from the id number; the other reasons somebody says themselves, and shows the paper at the window.
SAID_PRIORITIES = (
    (PriorityReason.DISABLED, "残疾人", "Disabled"),
    (PriorityReason.PREGNANT, "孕妇、带婴儿", "Pregnant or with a baby"),
    (PriorityReason.SOLDIER, "军人、退役军人", "Soldier or veteran"),
)


@dataclass(frozen=True)
class Choice:
    """A queue (empty: as the items say), items, a reason to go first, and the code of a list saved before."""

    queue: str = ""
    items: tuple[str, ...] = ()
    priority: str = ""
    list_code: str = ""

    @classmethod
    def of(cls, told: QueryDict) -> Choice:
        """The choice in an address or a form; nothing here is trusted, the hall checks it when a ticket is taken."""
        items = tuple(dict.fromkeys(code[:20] for code in told.getlist("items") if code))
        queue, priority, code = told.get("queue", ""), told.get("priority", ""), told.get("list_code", "")
        return cls(queue[:20], items[:20], priority[:10], code[:20])

    @property
    def query(self) -> str:
        """For an address: `queue=general&items=SB-001`, empty when nothing is chosen."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """For hidden fields."""
        told = [("queue", self.queue), ("priority", self.priority), *(("items", code) for code in self.items)]
        told.append(("list_code", self.list_code))
        return [(name, value) for name, value in told if value]

    @property
    def page(self) -> str:
        """Where it was chosen: the list's page, or the first one."""
        return f"/kiosk/list/?code={quote(self.list_code)}" if self.list_code else f"/kiosk/?{self.query}"

    def specs(self) -> list[ItemSpec]:
        """The chosen items that the catalogue has."""
        known: Mapping[str, ItemSpec] = catalog.published()
        return [known[code] for code in self.items if code in known]

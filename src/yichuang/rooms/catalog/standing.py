"""How the catalogue stands: what an office and its publisher keep an eye on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, Sum

from .models import BasisCheck, GuideAnswer, ItemVersion, ServiceItem
from .states import OPEN, VersionStatus
from .terms import Stuck


@dataclass(frozen=True)
class Standing:
    """An item as a line of the catalogue: what is in force, what is being written, and the newest there is."""

    item: ServiceItem
    published: ItemVersion | None
    open: ItemVersion | None
    newest: ItemVersion

    @property
    def shown(self) -> ItemVersion:
        """The version whose name the line bears."""
        return self.published or self.open or self.newest

    @property
    def state(self) -> str:
        """`published`, `retired`, or `new` when it has never been in force."""
        if self.published:
            return "published"
        return "retired" if self.newest.status == VersionStatus.RETIRED or self.newest.number > 1 else "new"


def standing() -> list[Standing]:
    """Every item of the town in its order, in two queries."""
    rows = ItemVersion.objects.select_related("item__office", "made_by", "proposed_by", "published_by")
    newest = {row.item_id: row for row in rows.order_by("item", "-number").distinct("item")}
    live: dict[int, dict[bool, ItemVersion]] = defaultdict(dict)
    for row in rows.filter(Q(status__in=OPEN) | Q(status=VersionStatus.PUBLISHED)):
        live[row.item_id][row.status == VersionStatus.PUBLISHED] = row
    found = [
        Standing(row.item, live[key].get(True), live[key].get(False), row) for key, row in newest.items()
    ]
    return sorted(found, key=lambda each: (each.item.office.position, each.item.position, each.item.code))


@dataclass
class Understood:
    """看懂了吗：how often yes, how often no, and where people got stuck."""

    yes: int = 0
    no: int = 0
    stuck: Counter[str] = field(default_factory=Counter)  # by the words of terms.Stuck

    @property
    def asked(self) -> int:
        return self.yes + self.no

    @property
    def most_stuck(self) -> str:
        """Where most got stuck, in words; empty when nobody said."""
        return self.stuck.most_common(1)[0][0] if self.stuck else ""


def understood(since: date) -> dict[str, Understood]:
    """Answers to 看懂了吗 since a day, by item code."""
    found: dict[str, Understood] = defaultdict(Understood)
    rows = GuideAnswer.objects.filter(day__gte=since).values("item__code", "understood", "stuck")
    for row in rows.annotate(sum=Sum("times")).order_by():
        told = found[row["item__code"]]
        if row["understood"]:
            told.yes += row["sum"]
        else:
            told.no += row["sum"]
            if row["stuck"]:
                told.stuck[str(Stuck(row["stuck"]).label)] += row["sum"]
    return dict(found)


def basis_checks(of: Iterable[ServiceItem] | None = None) -> dict[str, BasisCheck]:
    """The newest check of each item's legal basis, by item code; an item that was never checked is not there."""
    rows = BasisCheck.objects.select_related("item", "by")
    if of is not None:
        rows = rows.filter(item__in=list(of))
    return {row.item.code: row for row in rows.order_by("item", "-checked_on", "-pk").distinct("item")}

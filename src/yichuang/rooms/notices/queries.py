"""Reading notices: what an event means for a resident, and the messages that did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Sum

from yichuang.ground import clock, trail
from yichuang.ground.trail import Event
from yichuang.rooms.cases.models import Case
from yichuang.rooms.cases.states import ItemStatus
from yichuang.rooms.catalog.terms import Mode
from yichuang.rooms.feedback.queries import invitation_of
from yichuang.rooms.issuing.models import Result
from yichuang.rooms.issuing.states import ResultStatus

from . import rules
from .models import About, Channel, Message, Scan, Target
from .states import MessageStatus


@dataclass(frozen=True)
class News:
    """What is told to whom: `facts` fill the blanks of the text."""

    about: About
    case: Case
    facts: dict[str, str | int] = field(default_factory=dict)


def news_of(event: Event) -> News | None:
    """What this event means for the resident; None: nothing that needs a message."""
    reader = _READERS.get(event.kind)
    return reader(event) if reader else None


def dead_letters() -> list[Message]:
    """没发出去的短信，最近的在前。"""
    failed = Message.objects.select_related("case").filter(status=MessageStatus.FAILED)
    return list(failed.order_by("-composed_at", "-pk")[:200])


@dataclass(frozen=True)
class Reach:
    """How many people the sheets of one item or 一件事 brought, by channel."""

    target: Target
    code: str
    times: dict[Channel, int]

    @property
    def total(self) -> int:
        return sum(self.times.values())


def reach(first: date, last: date) -> list[Reach]:
    """哪张纸带来人：from the first to the last day, those that brought most first."""
    rows = Scan.objects.filter(day__range=(first, last)).values("target", "code", "channel")
    counted: dict[tuple[str, str], dict[Channel, int]] = {}
    for row in rows.annotate(sum=Sum("times")).order_by("target", "code"):
        counted.setdefault((row["target"], row["code"]), {})[Channel(row["channel"])] = row["sum"]
    told = [Reach(Target(target), code, times) for (target, code), times in counted.items()]
    return sorted(told, key=lambda each: (-each.total, each.code))


def _case(number: int) -> Case | None:
    return Case.objects.select_related("applicant").filter(pk=number).first()


def _accepted(event: Event) -> News | None:
    """The latest promise counts. What was granted at once needs no message: the person stands at the window."""
    case, granted = _case(event.subject_id), event.facts.get("granted", [])
    limits = [date.fromisoformat(day) for code, day in event.facts["promises"].items() if code not in granted]
    if case is None or not limits:
        return None
    day = rules.plain_day(max(limits), clock.day_of(event.at))
    limit = "预计" if event.facts.get("provisional") else "最迟"
    return News(About.ACCEPTED, case, {"limit": limit, "date": day, "link": _track_link(case)})


def _deemed(event: Event) -> News | None:
    """视为受理：the window let the days go by; the resident is told what the law gives them."""
    case = _case(event.subject_id)
    facts = {"limit": "最迟", "date": event.facts["promised_by"]}
    return News(About.ACCEPTED, case, {**facts, "link": _track_link(case)}) if case else None


def _promise_settled(event: Event) -> News | None:
    case = _case(event.subject_id)
    date = event.facts["promised_by"]
    return News(About.PROMISE, case, {"date": date, "link": _track_link(case)}) if case else None


def _correction(event: Event) -> News | None:
    case = _case(event.subject_id)
    if case is None:
        return None
    return News(About.CORRECTION, case, {"count": event.facts["count"], "link": _track_link(case)})


def _refused(event: Event) -> News | None:
    case = _case(event.subject_id) if event.facts.get("refused") else None
    return News(About.REFUSED, case, {"link": _track_link(case)}) if case else None


def _ready(event: Event) -> News | None:
    """On-the-spot results are handed over in the same sitting."""
    case = _case(event.subject_id)
    waiting = Result.objects.filter(item__case=case, status=ResultStatus.READY)
    if case is None or not waiting.exclude(item__version__mode=Mode.ON_THE_SPOT).exists():
        return None
    return News(About.READY, case, {"link": _track_link(case)})


def _handed_over(event: Event) -> News | None:
    """One invitation a case, when its last result is handed over."""
    result = Result.objects.select_related("item__case__applicant").filter(pk=event.subject_id).first()
    if result is None:
        return None
    case = result.item.case
    if case.items.exclude(status__in=[ItemStatus.CLOSED, ItemStatus.REFUSED]).exists():
        return None
    # Two results handed over at once may both be read only afterwards: the later one speaks.
    results = Result.objects.filter(item__case=case)
    if trail.told_of(*results, kinds=["issuing.handed_over"])[-1].id != event.id:
        return None
    return News(About.RATE, case, {"link": f"{settings.PUBLIC_URL}/rate/{invitation_of(case)}?by=sms"})


_READERS: dict[str, Callable[[Event], News | None]] = {
    "cases.correction_requested": _correction,
    "cases.accepted": _accepted,
    "cases.deemed_accepted": _deemed,
    "cases.promise_settled": _promise_settled,
    "cases.opinion_given": _refused,
    "signing.returned": _refused,
    "issuing.issued": _ready,
    "issuing.handed_over": _handed_over,
}


def _track_link(case: Case) -> str:
    return f"{settings.PUBLIC_URL}/track/{case.track_token}"

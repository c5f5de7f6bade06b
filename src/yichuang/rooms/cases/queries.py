"""Reading cases: which rows a person may see, what a case still needs, and where it stands in plain words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from yichuang.ground import towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import Asked, Checklist, Document, ItemSpec, Needed, checklist, may_follow
from yichuang.rooms.catalog.terms import ResultKind
from yichuang.rooms.people.models import Resident, Role, Staff

from . import rules
from .models import Case, CaseItem, Correction, RouteTask, TaskKind, Verdict
from .states import ItemStatus, TaskStatus

BEFORE_ACCEPTANCE = (ItemStatus.DRAFT, ItemStatus.SUBMITTED, ItemStatus.CORRECTING)
TAKES_PAPERS = (*BEFORE_ACCEPTANCE, ItemStatus.REVIEWING)
LIVE = (TaskStatus.WAITING, TaskStatus.OPEN, TaskStatus.CLAIMED)
IN_HAND = (TaskStatus.OPEN, TaskStatus.CLAIMED)
_SEE_ALL = {Role.CLERK, Role.HALL_MANAGER, Role.SUPERVISOR, Role.LEADER, Role.AUDITOR}


def acting_of(staff: Staff) -> rules.Acting:
    """A member of staff as the rules see them."""
    roles = frozenset(staff.duties.values_list("role", flat=True))
    return rules.Acting(staff.pk, roles, staff.office_id, staff.village_id)


def visible_to(staff: Staff) -> QuerySet[Case]:
    """The cases this person may see: clerks the town's, reviewers those routed to their office, heads to their village."""
    if staff.town_id != towns.current_id():
        return Case.objects.none()
    acting = acting_of(staff)
    if acting.roles & _SEE_ALL:
        return Case.objects.all()
    return Case.objects.filter(pk__in=_routed_to(acting).values("item__case"))


def by_number(number: str, *, staff: Staff) -> Case:
    """The case with this number, if this person may see it. Refused: case_unknown."""
    case = visible_to(staff).select_related("applicant", "village", "ticket").filter(number=number).first()
    if case is None:
        raise Refused("case_unknown")
    return case


def by_track_token(token: str) -> Case:
    """The case of a receipt: whoever holds the receipt may see where it stands. Refused: case_unknown."""
    case = Case.objects.select_related("applicant", "village").filter(track_token=token).first()
    if case is None:
        raise Refused("case_unknown")
    return case


def item_of(staff: Staff, item_id: int) -> CaseItem:
    """An item of a case this person may see. Refused: case_unknown."""
    item = (
        CaseItem.objects.select_related("case__applicant", "case__village")
        .filter(pk=item_id, case__in=visible_to(staff))
        .first()
    )
    if item is None:
        raise Refused("case_unknown")
    return item


def cases_of(resident: Resident) -> QuerySet[Case]:
    """What this resident has come with, newest first."""
    return Case.objects.filter(applicant=resident).order_by("-opened_at", "-pk").prefetch_related("items")


def tray(staff: Staff) -> QuerySet[RouteTask]:
    """The open tasks of this person's office or village, the least time left first."""
    tasks = _routed_to(acting_of(staff)).filter(status__in=IN_HAND)
    return tasks.select_related("item__case__applicant", "office", "village", "by").order_by(
        "item__promised_by", "pk"
    )


def task_of(staff: Staff, task_id: int) -> RouteTask:
    """A task of this person's office or village, in whatever state. Refused: task_unknown."""
    task = (
        _routed_to(acting_of(staff))
        .select_related("item__case__applicant", "item__case__village", "office", "village", "by")
        .filter(pk=task_id)
        .first()
    )
    if task is None:
        raise Refused("task_unknown")
    return task


def _routed_to(acting: rules.Acting) -> QuerySet[RouteTask]:
    mine = Q(pk__in=[])
    if Role.REVIEWER in acting.roles and acting.office:
        mine |= Q(office_id=acting.office)
    if Role.VILLAGE_HEAD in acting.roles and acting.village:
        mine |= Q(village_id=acting.village)
    return RouteTask.objects.filter(mine)


def specs_of(rows: Iterable[CaseItem]) -> list[ItemSpec]:
    """The versions these items were opened with."""
    return [catalog.spec(row.version_id) for row in rows]


def papers_of(case: Case) -> set[Document]:
    """The papers that are there: received, and nothing wrong with them."""
    return set(case.documents.filter(wrong="").values_list("material", "person"))


def checklist_of(case: Case) -> Checklist:
    """The list for all items of the case together, in this resident's situation."""
    return checklist(specs_of(_items(case)), case.answers)


def missing_of(case: Case) -> tuple[Needed, ...]:
    """What the resident must still bring before the window can accept; never what the window or a register gives."""
    waiting = [row for row in _items(case) if row.status in BEFORE_ACCEPTANCE]
    return rules.owed(specs_of(waiting), case.answers, papers_of(case))


def may_follow_of(case: Case) -> tuple[Needed, ...]:
    """容缺：what is not there yet but stops nothing."""
    running = [row for row in _items(case) if row.status in TAKES_PAPERS]
    return may_follow(checklist(specs_of(running), case.answers), papers_of(case))


def unanswered_of(case: Case) -> tuple[Asked, ...]:
    """The questions without an answer, each once."""
    return checklist_of(case).unanswered


def _items(case: Case) -> list[CaseItem]:
    return sorted(case.items.all(), key=lambda row: row.pk)


@dataclass(frozen=True)
class Step:
    """One step of an item's way as the resident sees it."""

    name: str
    state: str  # done, now, later
    by: str = ""
    at: datetime | None = None
    note: str = ""


def steps(item: CaseItem) -> list[Step]:
    """走到第几步：received, village, offices, result; what was sent back is shown once, as it stands now."""
    accepted = item.accepted_at is not None
    way = [
        Step(
            "收件受理",
            "done" if accepted else "now",
            item.accepted_by.name if item.accepted_by else "",
            item.accepted_at,
        )
    ]
    latest: dict[tuple[int, int | None, int | None], RouteTask] = {}
    for task in item.tasks.select_related("office", "village", "by").order_by("pk"):
        latest[task.stage, task.office_id, task.village_id] = task
    way += [_step(task) for _, task in sorted(latest.items(), key=lambda each: each[0][0])]
    decided = item.status in (ItemStatus.GRANTED, ItemStatus.ISSUED, ItemStatus.CLOSED)
    if item.status == ItemStatus.REFUSED:
        return [step for step in way if step.state != "later"] + [
            Step("不予办理", "done", at=item.refused_at, note=item.reason)
        ]
    way.append(
        Step(
            "出结果",
            "done" if item.issued_at else "now" if decided else "later",
            at=item.issued_at,
        )
    )
    return [
        *way,
        Step("领取", "done" if item.closed_at else "now" if item.issued_at else "later", at=item.closed_at),
    ]


_STEP_NAMES = {
    TaskKind.VILLAGE_REVIEW: "{place}初审",
    TaskKind.VILLAGE_SEAL: "{place}盖章",
    TaskKind.VILLAGE_SIGNATURE: "{place}签字",
    TaskKind.OFFICE_REVIEW: "{place}审核",
}


def task_name(task: RouteTask) -> str:
    """磨滩村初审、民政和养老审核。"""
    return _STEP_NAMES[TaskKind(task.kind)].format(place=task.place)


def _step(task: RouteTask) -> Step:
    if task.status == TaskStatus.DONE:
        note = "同意" if task.verdict == Verdict.AGREE else task.opinion
        return Step(task_name(task), "done", task.by.name if task.by else "", task.done_at, note)
    if task.is_live:
        return Step(
            task_name(task), "now", task.by.name if task.by else "", task.claimed_at or task.opened_at
        )
    return Step(task_name(task), "later")


def plain_state(item: CaseItem) -> str:
    """One sentence for the resident: who has it, what is next, by when."""
    match item.status:
        case ItemStatus.DRAFT:
            return "还没有提交，填到哪里存到哪里。"
        case ItemStatus.SUBMITTED:
            return "已经提交，等窗口看材料；齐了当场受理，不齐的一次告诉您。"
        case ItemStatus.CORRECTING:
            owing = rules.named([needed for needed in missing_of(item.case) if item.code in needed.items])
            if not owing:
                return "材料补齐了，请重新提交。"
            return f"还缺 {len(owing)} 份材料：{'、'.join(owing)}。补齐就能受理。"
        case ItemStatus.REVIEWING:
            return f"材料齐了，{_who_has(item)}，最迟 {_by(item)} 办好。"
        case ItemStatus.GRANTED:
            return "已经准予，正在出结果。"
        case ItemStatus.REFUSED:
            return f"不予办理，理由：{item.reason} 不服的可以在 60 日内申请行政复议，也可以起诉。"
    is_payment = catalog.spec(item.version_id).result_kind == ResultKind.PAYMENT
    money = "款项会打到您登记的卡上，" if is_payment else ""
    if item.status == ItemStatus.ISSUED:
        return f"已经办好，{money}结果带身份证到任意窗口领取。"
    return f"已经办结，{money}结果已领取。"


def _who_has(item: CaseItem) -> str:
    tasks = item.tasks.filter(status__in=IN_HAND).select_related("office", "village").order_by("stage", "pk")
    return f"正在{'、'.join(task_name(task) for task in tasks)}" if tasks else "正在办理"


def _by(item: CaseItem) -> str:
    day = item.promised_by
    told = f"{day.month}月{day.day}日" if day else "—"
    return f"{told}（节假日安排公布后可能调整）" if item.promised_is_provisional else told


def timeline(case: Case) -> list[trail.Event]:
    """Everything that was told of the case, oldest first."""
    return trail.told_of(case)


def often_asked(since: datetime, most: int = 6) -> list[str]:
    """Codes of the items received most since a moment, the most wanted first."""
    counted = CaseItem.objects.filter(submitted_at__gte=since).values("code").annotate(times=Count("pk"))
    return [row["code"] for row in counted.order_by("-times", "code")[:most]]


@dataclass(frozen=True)
class Corrections:
    """How often an item came to the window, how often somebody had to be told what was missing, and what it was."""

    came: int
    told: int
    missing: tuple[tuple[str, int], ...] = ()  # names of papers, the most often missing first

    @property
    def share(self) -> int:
        """Out of a hundred that came."""
        return round(100 * self.told / self.came) if self.came else 0


def corrections_by_item(since: datetime) -> dict[str, Corrections]:
    """哪些事项常常材料不齐：items received since a moment, those of them told of missing papers, and which papers."""
    rows = CaseItem.objects.filter(case__opened_at__gte=since, submitted_at__isnull=False)
    counted = rows.values("code").annotate(
        came=Count("pk"), told=Count("pk", filter=Q(correction__isnull=False))
    )
    papers: dict[str, Counter[str]] = defaultdict(Counter)
    for code, missing in rows.filter(correction__isnull=False).values_list("code", "correction__missing"):
        for paper in missing:
            if paper["need"] == "required" and code in paper["items"]:
                papers[code][paper["name"]] += 1
    return {
        row["code"]: Corrections(
            row["came"],
            row["told"],
            tuple(sorted(papers[row["code"]].items(), key=lambda each: (-each[1], each[0]))),
        )
        for row in counted.order_by("code")
    }


def notices_of(code: str, since: datetime, most: int = 20) -> list[tuple[Case, Correction, list[str]]]:
    """The notices behind an item's figure, newest first: which case, when, what was missing for this item."""
    rows = CaseItem.objects.filter(code=code, correction__noticed_at__gte=since)
    rows = rows.select_related("case", "correction").order_by("-correction__noticed_at", "-pk")
    return [
        (
            row.case,
            row.correction,
            [paper["name"] for paper in row.correction.missing if code in paper["items"]],
        )
        for row in rows[:most]
        if row.correction
    ]


def received_since(since: datetime) -> dict[str, int]:
    """How often each item was opened in a case since a moment, by code."""
    rows = CaseItem.objects.filter(case__opened_at__gte=since).values("code").annotate(times=Count("pk"))
    return {row["code"]: row["times"] for row in rows.order_by()}


def running_of(code: str) -> int:
    """How many of this item are with us and not finished."""
    finished = (ItemStatus.CLOSED, ItemStatus.REFUSED)
    return CaseItem.objects.filter(code=code, submitted_at__isnull=False).exclude(status__in=finished).count()

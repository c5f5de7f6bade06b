"""The reviewer's desk: the tray by remaining time, the papers beside the form, an opinion, the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.templatetags.parts import short_moment
from yichuang.ground import clock, workdays
from yichuang.ground.identity import IdNumber
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries, rules
from yichuang.rooms.cases.models import Case, Document, RouteTask, TaskKind, Verdict
from yichuang.rooms.cases.papers import filled_form
from yichuang.rooms.cases.states import ItemStatus, TaskStatus
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import ItemSpec, checklist
from yichuang.rooms.people.models import Staff

from .answers import act, gone_on, shown, who_of
from .comparison import Known, compared
from .told import steps_of

TRAY = "/desk/review/"
PHRASES = (
    ("材料齐全，同意", "材料齐全，符合条件，同意。"),
    ("核实属实，同意", "已核实，情况属实，同意上报。"),
    ("请再核实", "请再核实，写明情况后重新报来。"),
    ("不符合，说明理由", "不符合办理条件，理由是："),
)
SIGNED = (TaskKind.VILLAGE_SEAL, TaskKind.VILLAGE_SIGNATURE)
SAID = {Verdict.AGREE: "已同意", Verdict.SEND_BACK: "已退回", Verdict.REFUSE: "已写不同意"}
TRAY_SHOWN = 60
TABS = {"all": "按剩余时间", "mine": "我领的", "owing": "缺件"}


@dataclass(frozen=True)
class TrayRow:
    """A task in the tray."""

    task: RouteTask
    light: str
    left: str
    detail: str
    state: str
    missing: str
    tab: str

    @property
    def href(self) -> str:
        if self.task.kind in SIGNED:
            return f"/desk/sign/{self.task.pk}/"
        return f"{TRAY}{self.task.pk}/{self.tab}"


@audience("reviewer", "village_head")
def tray(request: HttpRequest) -> HttpResponse:
    """待办：时间最紧的那件直接打开；没有就说没有。"""
    first = next((row for row in _rows(request) if row.task.kind not in SIGNED), None)
    if first is None:
        return shown(request, "desk/review_empty.html", _tray_page(request, None))
    return _task_page(request, first.task)


@audience("reviewer", "village_head")
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """一件：材料在中间，意见在右边。"""
    return _task_page(request, queries.task_of(who_of(request).staff, task_id))


@act
@audience("reviewer", "village_head")
def claim(request: HttpRequest, task_id: int) -> HttpResponse:
    """领件：这一件我来办"""
    found = queries.task_of(who_of(request).staff, task_id)
    try:
        actions.claim(task=found, by=who_of(request).staff)
    except Refused as refused:
        return _task_page(request, found, refused)
    return gone_on(f"{TRAY}{task_id}/", "这一件归您办了")


@act
@audience("reviewer", "village_head")
def opinion(request: HttpRequest, task_id: int) -> HttpResponse:
    """同意、退回或不同意，接着看下一件"""
    found = queries.task_of(who_of(request).staff, task_id)
    following = _after(_rows(request), found)
    verdict, words = request.POST.get("verdict", ""), request.POST.get("opinion", "")
    try:
        actions.give_opinion(task=found, verdict=verdict, opinion=words, by=who_of(request).staff)
    except Refused as refused:
        return _task_page(request, found, refused)
    return gone_on(
        following, f"{SAID[Verdict(verdict)]}：{found.item.case.applicant.name}，{found.item.name}"
    )


def _task_page(request: HttpRequest, task: RouteTask, refused: Refused | None = None) -> HttpResponse:
    if task.kind in SIGNED:
        return HttpResponseRedirect(f"/desk/sign/{task.pk}/")
    case, spec = task.item.case, catalog.spec(task.item.version_id)
    listed = checklist([spec], case.answers)
    documents = _documents(case, {needed.document for needed in listed.materials})
    page = {
        **_tray_page(request, task),
        "task": task,
        "case": case,
        "spec": spec,
        "step": queries.task_name(task),
        "light": _light(task, spec, clock.day_of(clock.now())),
        "steps": _steps(task),
        "form": filled_form(case, listed),
        "answers": [(asked.question, asked.answer) for asked in listed.questions if asked.answer],
        "originals": [rules.said(each.material, each.person) for each in documents if not each.file_id],
        "documents": [document for document in documents if document.file_id],
        "open_document": _chosen(request, documents),
        "rows": compared(listed.fields, case.fields, _known(case, who_of(request).staff)),
        "opinions": _opinions(task),
        "phrases": PHRASES,
        "typed": request.POST,
        "is_mine": task.status == TaskStatus.CLAIMED and task.by_id == who_of(request).id,
    }
    return shown(request, "desk/review.html", page, refused)


def _tray_page(request: HttpRequest, task: RouteTask | None) -> dict[str, Any]:
    rows, staff, tab = _rows(request), who_of(request).staff, _tab(request)
    ids = [row.task.pk for row in rows]
    here = ids.index(task.pk) if task and task.pk in ids else -1
    counts = {name: _tray(staff, name).count() for name in TABS}
    return {
        "tray": rows,
        "waiting": counts["all"],
        "more": max(0, counts[tab] - len(rows)),
        "current": task.pk if task else 0,
        "previous": rows[here - 1].href if here > 0 else "",
        "following": rows[here + 1].href if -1 < here < len(ids) - 1 else "",
        "tab": tab,
        "tabs": [
            {
                "label": name if key == "all" else f"{name} {counts[key]}",
                "href": f"{TRAY}?tab={key}",
                "current": key == tab,
            }
            for key, name in TABS.items()
        ],
        "place": staff.office or staff.village,
    }


def _tab(request: HttpRequest) -> str:
    wanted = request.GET.get("tab", "all")
    return wanted if wanted in TABS else "all"


def _tray(staff: Staff, tab: str) -> QuerySet[RouteTask]:
    """The tasks of one kind: all, mine, or those accepted with papers still to come (容缺)."""
    tasks = queries.tray(staff)
    if tab == "mine":
        return tasks.filter(status=TaskStatus.CLAIMED, by=staff)
    return tasks.exclude(item__deferred=[]) if tab == "owing" else tasks


def _rows(request: HttpRequest) -> list[TrayRow]:
    """The most urgent ones of the chosen kind; the rest is only counted."""
    staff, tab = who_of(request).staff, _tab(request)
    today, kept = clock.day_of(clock.now()), "" if tab == "all" else f"?tab={tab}"
    return [_tray_row(task, staff, today, kept) for task in _tray(staff, tab)[:TRAY_SHOWN]]


def _tray_row(task: RouteTask, staff: Staff, today: date, tab: str) -> TrayRow:
    spec = catalog.spec(task.item.version_id)
    kind, left = _light(task, spec, today)
    state = "未看"
    if task.status == TaskStatus.CLAIMED:
        state = "我领的" if task.by_id == staff.pk else f"{task.by.name if task.by else '别人'}在办"
    owing = len(task.item.deferred)
    return TrayRow(task, kind, left, spec.short_name, state, f"缺 {owing} 份" if owing else "", tab)


def _light(task: RouteTask, spec: ItemSpec, today: date) -> tuple[str, str]:
    promised_by = task.item.promised_by
    if promised_by is None:
        return "grey", "没有期限"
    calendar = workdays.calendar()
    kind = rules.light(promised_by, spec.promised_workdays, today, calendar)
    left = calendar.workdays_between(today, promised_by)
    if kind == "red":
        return kind, f"超 {max(1, -left)} 个工作日"
    return kind, f"剩 {left} 个工作日" if left else "今天到期"


def _after(rows: list[TrayRow], done: RouteTask) -> str:
    """The next one in the tray; after the last, the first that is left."""
    others = [row for row in rows if row.task.pk != done.pk]
    place = next((place for place, row in enumerate(rows) if row.task.pk == done.pk), 0)
    return (others[place] if place < len(others) else others[0]).href if others else TRAY


def _documents(case: Case, wanted: set[tuple[str, str]]) -> list[Document]:
    """The papers of this item; of others only what both ask for."""
    documents = case.documents.filter(wrong="").select_related("file").order_by("pk")
    return [document for document in documents if (document.material, document.person) in wanted]


def _chosen(request: HttpRequest, documents: list[Document]) -> Document | None:
    wanted = request.GET.get("paper", "")
    return next((each for each in documents if str(each.pk) == wanted and each.file_id), None)


def _known(case: Case, staff: Staff) -> dict[str, Known]:
    """What the card, the register and the newest earlier case that this person may see say of the same fields."""
    known: dict[str, Known] = {}
    earlier = queries.visible_to(staff).filter(applicant=case.applicant, opened_at__lt=case.opened_at)
    for older in earlier.order_by("opened_at"):
        known |= {key: Known(value, "上次办件") for key, value in older.fields.items()}
    number, village = IdNumber(str(case.applicant.id_number)), case.applicant.village
    known["birth_date"] = Known(number.born_on.isoformat(), "身份证")
    known["gender"] = Known("男" if number.sex == "male" else "女", "身份证")
    if village:
        known["village"] = Known(village.name, "登记")
    return known


def _steps(task: RouteTask) -> list[dict[str, str]]:
    """The way as far as it is decided; bringing out and collecting are the window's."""
    steps = steps_of(task.item)
    return steps[:-2] if task.item.status == ItemStatus.REVIEWING else steps


def _opinions(task: RouteTask) -> list[dict[str, str]]:
    """前面的意见: the newest first, last the acceptance at the window."""
    item = task.item
    done = (
        item.tasks.filter(status=TaskStatus.DONE)
        .select_related("office", "village", "by")
        .order_by("-done_at")
    )
    told = [
        {
            "at": short_moment(each.done_at),
            "who": each.by.name if each.by else "",
            "what": f"（{each.place}）{each.get_verdict_display()}：{each.opinion}",
        }
        for each in done
    ]
    if item.accepted_at:
        accepted = item.accepted_by.name if item.accepted_by else ""
        told.append({"at": short_moment(item.accepted_at), "who": accepted, "what": "（窗口）受理，材料齐全"})
    return told

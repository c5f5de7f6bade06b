"""How a service item is told to a resident: figures, papers, steps, in plain words. Pure: no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from yichuang.rooms.catalog.rules import Checklist, Document, ItemSpec, Needed, brought_by_resident
from yichuang.rooms.catalog.terms import Channel, Form, Mode, Need, ResultKind, VillageStep

FORMS: dict[str, str] = {Form.ORIGINAL_AND_COPY: "原件、复印件", Form.ELECTRONIC: "电子证照也行"}
CHANNELS = {Channel.WEB: "网上", Channel.PHONE: "手机", Channel.KIOSK: "自助机", Channel.HOME: "上门"}
STEP_ICONS = (
    ("收件", "paper"),
    ("签字", "pen"),
    ("盖章", "stamp"),
    ("公示", "bell"),
    ("网格", "people"),
    ("村初审", "people"),
    ("村居", "people"),
    ("当场", "check"),
    ("资金", "money"),
    ("发放", "money"),
    ("上门", "house"),
    ("现场", "house"),
    ("证", "id-card"),
    ("牌", "id-card"),
    ("送达", "parcel"),
    ("告知", "message"),
    ("登记", "pen"),
)


@dataclass(frozen=True)
class Figure:
    """One of the numbers at the head of a guide."""

    label: str
    value: str
    unit: str
    note: str


@dataclass(frozen=True)
class Paper:
    """A line of the list: one document, or several of which one suffices."""

    needed: Needed
    name: str
    form: str
    notes: tuple[str, ...]
    instead: str
    when: str
    may_follow: bool
    shared: tuple[str, ...]  # short names of the items that share it


@dataclass(frozen=True)
class Papers:
    """This resident's papers, sorted by what they have to do about them."""

    bring: tuple[Paper, ...]
    one_of: tuple[tuple[Paper, ...], ...]
    printed: tuple[Paper, ...]  # by the window
    fetched: tuple[Paper, ...]  # from a register
    possible: tuple[Paper, ...]  # depends on a question not answered yet
    made: tuple[Paper, ...] = ()  # by another item of the same visit: it comes with that item's result

    @property
    def count(self) -> int:
        """How many papers the resident brings; a group of alternatives is one."""
        return len(self.bring) + len(self.one_of)


@dataclass(frozen=True)
class Step:
    """One step of the procedure with its drawing."""

    name: str
    icon: str
    note: str
    begins: int = 0  # working days after acceptance
    days: int = 0
    of: int = 0  # the days of the whole procedure; 0: all on one day


def limit(item: ItemSpec) -> str:
    """当场办结 or 8 个工作日."""
    return "当场办结" if item.mode == Mode.ON_THE_SPOT else f"{item.promised_workdays} 个工作日"


def figures(item: ItemSpec, papers: Papers, listed: Checklist) -> list[Figure]:
    """承诺、要跑、收费、要带：the four figures everybody asks for."""
    if item.mode == Mode.ON_THE_SPOT:
        promised = Figure("承诺办结", "当场", "", "材料齐的，来了就办完")
    else:
        promised = Figure(
            "承诺办结",
            str(item.promised_workdays),
            "个工作日",
            f"法律规定 {item.statutory_workdays} 个工作日",
        )
    visits = Figure("最多要跑" if item.visits else "要跑", str(item.visits), "次", _ways(item))
    open_questions = len(listed.unanswered)
    if open_questions:
        note = f"还有 {open_questions} 个问题没答"
    else:
        note = "按您的情形算的" if listed.questions else "人人都一样"
    bring = Figure("要带", str(papers.count), "份起" if open_questions and papers.possible else "份", note)
    return [promised, visits, _fee(item.fee), bring]


def label(choices: type[TextChoices], value: str) -> str:
    """The word for a code; empty while a draft does not say it yet."""
    return str(choices(value).label) if value in choices.values else ""


def _fee(fee: str) -> Figure:
    if not fee:
        return Figure("收费", "没写", "", "")
    if fee.startswith("免费"):
        return Figure("收费", "0", "元", fee.removeprefix("免费").strip("（），；") or "免费")
    return Figure("收费", "按规定", "", fee)


def _ways(item: ItemSpec) -> str:
    others = [CHANNELS[channel] for channel in CHANNELS if channel in item.channels]
    if item.no_meeting and others:
        return f"{'、'.join(others)}都能办" if len(others) > 1 else f"{others[0]}也能办"
    return "有一步要本人到场"


def channels_words(item: ItemSpec) -> str:
    """窗口、网上、手机、上门"""
    words = {Channel.WINDOW: "窗口", **CHANNELS}
    return "、".join(words[channel] for channel in words if channel in item.channels)


def papers(
    listed: Checklist, items: Mapping[str, ItemSpec], made: Collection[Document] = frozenset()
) -> Papers:
    """The checklist as a resident reads it; `made` are papers that an earlier item of the same visit gives."""
    rows = {needed.document: _paper(needed, items) for needed in listed.materials}
    grouped = {document for group in listed.alternatives for document in group.documents}
    alone = [row for document, row in rows.items() if document not in grouped]
    return Papers(
        bring=tuple(
            row for row in alone if brought_by_resident(row.needed) and row.needed.document not in made
        ),
        made=tuple(row for row in alone if brought_by_resident(row.needed) and row.needed.document in made),
        one_of=tuple(tuple(rows[document] for document in group.documents) for group in listed.alternatives),
        printed=tuple(row for row in alone if row.needed.source == "window"),
        fetched=tuple(row for row in alone if row.needed.source == "register"),
        possible=tuple(_paper(needed, items) for needed in listed.possible),
    )


def _paper(needed: Needed, items: Mapping[str, ItemSpec]) -> Paper:
    owner = (
        "" if needed.person in ("申请人", "无", "代办人") or needed.person in needed.name else needed.person
    )
    if needed.source == "window":
        form = "窗口打印"
    else:
        form = FORMS.get(needed.form, label(Form, needed.form))
        form += f" {needed.copies} 份" if needed.copies > 1 else ""
    return Paper(
        needed=needed,
        name=f"{needed.name}（{owner}的）" if owner else needed.name,
        form=form,
        notes=_notes(needed, items),
        instead="、".join(needed.accepts),
        when=needed.why,
        may_follow=needed.need == Need.DEFERRABLE,
        shared=tuple(items[code].short_name for code in needed.items) if len(items) > 1 else (),
    )


def _notes(needed: Needed, items: Mapping[str, ItemSpec]) -> tuple[str, ...]:
    """The notes of the rows that ask for it; where several items say different things, each says for which it is."""
    if len(needed.notes) < 2 or len(needed.items) < 2:
        return needed.notes
    said: dict[str, list[str]] = {}
    for code in needed.items:
        for row in items[code].materials:
            if row.document == needed.document and row.notes in needed.notes:
                said.setdefault(row.notes, []).append(items[code].short_name)
    return tuple(f"{'、'.join(dict.fromkeys(names))}：{note}" for note, names in said.items())


def steps(item: ItemSpec) -> list[Step]:
    """程序：each step with its days, counted from the day the case is accepted."""
    told, begins = [], 0
    whole = sum(days for _, days in item.procedure[1:])
    for place, (name, days) in enumerate(item.procedure):
        drawing = _drawing(item, name)
        if place == 0:
            told.append(Step(name, drawing, _taken_in(days)))
            continue
        is_last = place == len(item.procedure) - 1
        note = _step_note(item, name, _when(item, begins, days, is_last))
        told.append(Step(name, drawing, note, begins, days, whole))
        begins += days
    return told


def _drawing(item: ItemSpec, name: str) -> str:
    """What is handed out is money only where the result is a payment."""
    found = next((icon for word, icon in STEP_ICONS if word in name), "eye")
    return "id-card" if found == "money" and item.result_kind != ResultKind.PAYMENT else found


def _taken_in(days: int) -> str:
    return f"{days} 个工作日内告诉您收下没有" if days else "材料齐的当场收下，给您回执"


def _when(item: ItemSpec, begins: int, days: int, is_last: bool) -> str:
    """收下以后第 1 至 3 个工作日"""
    if days > 1:
        return f"收下以后第 {begins + 1} 至 {begins + days} 个工作日"
    if days == 1:
        return f"收下以后第 {begins + 1} 个工作日"
    if item.mode == Mode.ON_THE_SPOT:
        return "当场"
    return "办好当天" if is_last else "当天"


def _step_note(item: ItemSpec, name: str, when: str) -> str:
    if name.startswith("村") and item.village_step not in ("", VillageStep.NONE):
        return f"{when}，村里人在手机上办，您不用到场"
    return when


def saved(item: ItemSpec, papers: Papers) -> list[tuple[str, str, str]]:
    """比以前省了什么：what, before, now; papers "起" while an answer may add some."""
    now = "当场" if item.mode == Mode.ON_THE_SPOT else f"{item.promised_workdays} 个工作日"
    before = item.baseline
    return [
        ("跑", f"{before.visits} 次", f"{item.visits} 次"),
        ("找", f"{before.offices} 个部门", "1 个窗口"),
        ("交", f"{before.materials} 份", f"{papers.count} 份起" if papers.possible else f"{papers.count} 份"),
        ("等", f"{before.workdays} 个工作日", now),
    ]


def how_many(count: int) -> str:
    """一个、两个、三个 … as said before a noun."""
    return "零一两三四五六七八九"[count] if count < 10 else str(count)


def related(
    item: ItemSpec, items: Mapping[str, ItemSpec], bundles: Iterable[Sequence[str]], most: int = 3
) -> list[ItemSpec]:
    """Items that go with this one: of the same 一件事 first, then of the same events of life."""
    beside = [code for codes in bundles if item.code in codes for code in codes]
    alike = sorted(
        (other for other in items.values() if set(other.life_events) & set(item.life_events)),
        key=lambda other: (-len(set(other.life_events) & set(item.life_events)), other.office != item.office),
    )
    found = dict.fromkeys([*beside, *(other.code for other in alike)])
    return [items[code] for code in found if code != item.code and code in items][:most]


def first_sentence(text: str, most: int = 40) -> str:
    """The beginning of a condition, for a line of a list."""
    first = text.split("。")[0]
    return first if len(first) <= most else f"{first[: most - 1]}…"

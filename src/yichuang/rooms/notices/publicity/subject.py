"""What is made known: one item or one 一件事, as every sheet tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yichuang.rooms.catalog.rules import Checklist, ItemSpec, Needed, brought_by_resident, checklist
from yichuang.rooms.catalog.terms import Audience, Form, Mode
from yichuang.rooms.hall.rules import Hours

from .hours import hours_written

BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
NOBODYS = ("申请人", "无")  # whose papers need no name beside them
FORMS = {Form.ORIGINAL_AND_COPY: "原件、复印件", Form.ELECTRONIC: "电子证照也行"}


@dataclass(frozen=True)
class Hall:
    """Where one goes: the hall as the town wrote it down."""

    town: str
    name: str
    address: str
    phone: str
    hours: tuple[Hours, ...]
    is_demo: bool = False

    @property
    def open_when(self) -> str:
        """The hours as a page writes them."""
        return hours_written(self.hours)


@dataclass(frozen=True)
class Paper:
    """Something to bring: what it is called, in which form, and in which situation."""

    name: str
    form: str
    when: str = ""


@dataclass(frozen=True)
class Step:
    """怎么办的一步：what happens and how long it takes."""

    name: str
    days: str


@dataclass(frozen=True)
class Subject:
    """An item or a 一件事 ready to be told on any sheet."""

    kind: str  # item, bundle
    code: str  # the item's code or the bundle's key
    name: str
    more: str  # what stands in brackets behind the name
    said: str  # what people call it
    who: str  # who may come, whole sentences
    audience: str
    always: tuple[Paper, ...]
    one_of: tuple[tuple[Paper, ...], ...]
    perhaps: tuple[Paper, ...]
    printed: int  # how many forms the window prints
    steps: tuple[Step, ...]
    workdays: int  # the promise; 0: on the spot
    statutory: int
    fee: str
    windows: str  # which window knows it best
    phone: str
    office: str
    version: str
    hall: Hall
    mistakes: tuple[str, ...] = ()

    @property
    def limit(self) -> str:
        """当场办完 or 8 个工作日."""
        return f"{self.workdays} 个工作日" if self.workdays else "当场办完"

    @property
    def is_free(self) -> bool:
        return self.fee.startswith("免费")

    @property
    def count(self) -> int:
        """How many papers everybody brings; a group of alternatives is one."""
        return len(self.always) + len(self.one_of)

    @property
    def situations(self) -> dict[str, list[Paper]]:
        """由他人代办时 and what it asks for, in the order of the list."""
        told: dict[str, list[Paper]] = {}
        for paper in self.perhaps:
            told.setdefault(paper.when, []).append(paper)
        return told


def of_item(item: ItemSpec, *, office: str, phone: str, windows: Sequence[int], hall: Hall) -> Subject:
    """一个事项. `phone` is the office's own, `windows` the numbers of those that know its office best."""
    listed = checklist([item], {})
    steps = tuple(
        Step(name, _days(days, first=place == 0)) for place, (name, days) in enumerate(item.procedure)
    )
    on_the_spot = item.mode == Mode.ON_THE_SPOT
    return Subject(
        kind="item",
        code=item.code,
        name=BRACKETS.sub("", item.name),
        more="".join(BRACKETS.findall(item.name)).strip("（）()"),
        said=item.aliases[0] if item.aliases else item.short_name,
        who=item.condition,
        audience=item.audience,
        steps=steps,
        workdays=0 if on_the_spot else item.promised_workdays,
        statutory=0 if on_the_spot else item.statutory_workdays,
        fee=item.fee,
        windows=_best_windows(windows),
        phone=phone or hall.phone,
        office=office,
        version=f"第 {item.version_number} 版",
        hall=hall,
        mistakes=item.mistakes,
        **_papers(listed),
    )


def of_bundle(*, key: str, name: str, intro: str, items: Sequence[ItemSpec], hall: Hall) -> Subject:
    """一件事：its items together; equal papers once, each item with its own limit. At least one item."""
    paid = [item.fee for item in items if not item.fee.startswith("免费")]
    return Subject(
        kind="bundle",
        code=key,
        name=name,
        more="",
        said=name.removesuffix("一件事"),
        who=intro,
        audience=Audience.BOTH,
        steps=tuple(
            Step(
                item.short_name,
                "当场" if item.mode == Mode.ON_THE_SPOT else f"{item.promised_workdays} 个工作日",
            )
            for item in items
        ),
        workdays=max(0 if item.mode == Mode.ON_THE_SPOT else item.promised_workdays for item in items),
        statutory=0,
        fee="；".join(dict.fromkeys(paid)) or "免费",
        windows="",
        phone=hall.phone,
        office="",
        version=f"{len(items)} 个事项的现行版本",
        hall=hall,
        **_papers(checklist(items, {})),
    )


def _papers(listed: Checklist) -> dict[str, Any]:
    """The list without any answer: for everybody, one of several, and what depends on the situation."""
    rows = {needed.document: needed for needed in listed.materials}
    grouped = {document for group in listed.alternatives for document in group.documents}
    return {
        "always": tuple(
            _paper(needed)
            for document, needed in rows.items()
            if document not in grouped and brought_by_resident(needed)
        ),
        "one_of": tuple(
            tuple(_paper(rows[document]) for document in group.documents) for group in listed.alternatives
        ),
        "perhaps": tuple(_paper(needed) for needed in listed.possible if brought_by_resident(needed)),
        "printed": sum(needed.source == "window" for needed in listed.materials),
    }


def _paper(needed: Needed) -> Paper:
    is_plain = needed.person in NOBODYS or needed.person in needed.name
    form = FORMS.get(Form(needed.form), str(Form(needed.form).label))
    form += f" {needed.copies} 份" if needed.copies > 1 else ""
    return Paper(needed.name if is_plain else f"{needed.name}（{needed.person}的）", form, needed.why)


def _days(days: int, *, first: bool) -> str:
    if first:
        return f"{days} 个工作日内告诉您收下没有" if days else "材料齐的当场收下"
    return f"最多 {days} 个工作日" if days else "当天"


def _best_windows(numbers: Sequence[int]) -> str:
    if not numbers:
        return "各窗口都能办"
    return f"各窗口都能办，{'、'.join(f'{number} 号' for number in numbers)}窗口最熟"

"""The sections of the editor: which fields and rows stand where, read and told together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from yichuang.rooms.catalog import terms
from yichuang.rooms.catalog.rules import ItemSpec

from . import cells as forms
from . import lists
from .asking import Fields, Prechecks, Questions
from .cells import Cell, Typed, Wrong
from .parts import Materials, Part, Writing
from .steps import Route, Steps


@dataclass(frozen=True)
class Section:
    """A page of the editor."""

    key: str
    name: str
    words: str  # what is written here, for somebody who does it for the first time
    cells: tuple[Cell, ...] = ()
    parts: tuple[Part, ...] = ()
    of: str = ""  # baseline and listing are a value inside the item

    def fields(self, writing: Writing) -> tuple[Cell, ...]:
        """The fields, with the words that depend on the catalogue."""
        events = list(dict.fromkeys([*writing.known.life_events, *writing.item.life_events]))
        return tuple(
            replace(cell, options=tuple((word, word) for word in events))
            if cell.name == "life_events"
            else cell
            for cell in self.cells
        )

    def told(self, writing: Writing) -> dict[str, list[str]]:
        """The section as it stands in its form."""
        cells = self.fields(writing)
        if self.of == "listing":
            listed = dict(writing.item.listing)
            typed = {cell.name: cell.told(listed.get(cell.name, "")) for cell in cells}
        else:
            typed = forms.told(cells, getattr(writing.item, self.of) if self.of else writing.item)
        for part in self.parts:
            typed |= part.told(writing)
        return typed

    def read(self, typed: Typed, writing: Writing) -> tuple[ItemSpec, Wrong]:
        """The item as this form has it, and what in the form cannot be kept."""
        wrong: Wrong = {}
        values = forms.read(self.fields(writing), typed, wrong, writing.item)
        if self.key == "search":
            values["life_events"] = tuple(
                dict.fromkeys([*values["life_events"], *forms.entries_of(_one(typed, "other_events"))])
            )
        item = writing.item
        if self.of == "listing":
            item = replace(
                item, listing=tuple((key, values[key]) for key in terms.LISTING if values.get(key))
            )
        elif self.of == "baseline":
            item = replace(item, baseline=replace(item.baseline, **values))
        else:
            item = replace(item, **values)
        for part in self.parts:
            item = part.read(typed, wrong, replace(writing, item=item))
        return item, wrong

    def changed(self, typed: Typed, verb: str, writing: Writing) -> tuple[Mapping[str, Any], str]:
        """`add:materials`, `up:materials:3`: the form after that, and the field where one goes on writing."""
        act, _, rest = verb.partition(":")
        name, _, number = rest.partition(":")
        part = next((each for each in self.parts if each.name == name), None)
        if part is None:
            return typed, ""
        if act == "add":
            words = forms.plain(_one(typed, f"new.{name}"))[:100]
            changed, number = lists.added(typed, name, part.blank(words, writing))
            changed[f"new.{name}"] = []
            return changed, f"{name}-{number}"
        return lists.moved(typed, name, number, act), f"{name}-{number}"


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0] if values else ""


SECTIONS = (
    Section(
        "basics",
        "基本",
        "居民先看到的：叫什么、谁能办、收不收钱、凭什么办。",
        (
            Cell("name", "事项名称", most=100, hint="和实施清单上的名称一样"),
            Cell("short_name", "简称", most=40, hint="窗口、取号机上用，越短越好", size="third"),
            Cell("audience", "谁来办", "choice", words=terms.Audience, size="third"),
            Cell("kind", "事项类型", "choice", words=terms.ItemKind, size="third"),
            Cell(
                "condition", "什么人能办", "words", most=1000, tall=4, hint="一句话说一个条件，不用“等”“其他”"
            ),
            Cell("fee", "收费", most=200, hint="不收钱的写“免费”"),
            Cell("legal_basis", "法律依据", "words", most=1000, tall=4, hint="写到第几条；几部法用；隔开"),
            Cell("verified", "依据和时限都对照原文核对过了", "flag"),
        ),
    ),
    Section(
        "limits",
        "时限和程序",
        "办多久、分几步、经过哪些部门、办成得到什么。",
        (
            Cell(
                "mode",
                "当场办还是承诺几天",
                "choice",
                words=terms.Mode,
                size="third",
                hint="即办：三个天数都填 0",
            ),
            Cell("statutory_workdays", "法定时限（工作日）", "whole", most=365, size="third"),
            Cell(
                "promised_workdays", "承诺时限（工作日）", "whole", 365, size="third", hint="不能超过法定时限"
            ),
            Cell("accept_workdays", "几个工作日内受理", "whole", most=5, size="third"),
            Cell("visits", "最多跑几次", "whole", most=9, size="third", hint="不用跑的填 0"),
            Cell("village_step", "村里要做什么", "choice", words=terms.VillageStep, size="third"),
            Cell("no_meeting", "可以从头到尾不见面", "flag", size="half"),
            Cell("channels", "在哪里能办", "choices", words=terms.Channel),
            Cell("result", "办成了得到什么", most=100, size="third"),
            Cell("result_kind", "是哪一类", "choice", words=terms.ResultKind, size="third"),
            Cell("result_validity", "有效期", most=60, size="third", hint="一直有效的写“长期”"),
        ),
        (Steps(), Route()),
    ),
    Section(
        "materials", "材料", "要带什么。已有的材料名称一样，形式和来源就跟着一样。", parts=(Materials(),)
    ),
    Section(
        "questions",
        "情形问题",
        "情形不同，材料就不同。先写问题和答案，再到“材料”里选哪种情形才要。",
        parts=(Questions(),),
    ),
    Section(
        "fields",
        "表单",
        "申请表上的每一栏。姓名、身份证号、电话、地址每件都有，不用再列。",
        parts=(Fields(),),
    ),
    Section(
        "prechecks",
        "来之前先看看",
        "居民答几个问题，就知道自己能不能办，不白跑一趟。",
        parts=(Prechecks(),),
    ),
    Section(
        "mistakes",
        "常见错误",
        "大家常在哪里弄错，写给居民看。",
        (Cell("mistakes", "常见错误", "sentences", most=120, tall=8, hint="一行写一条，一条一句话"),),
    ),
    Section(
        "search",
        "查找",
        "居民嘴上怎么说，就怎么查得到。",
        (
            Cell("aliases", "俗称", "list", most=40, tall=8, hint="一行写一个，大家怎么说就怎么写"),
            Cell("life_events", "属于哪种人生大事", "choices"),
        ),
    ),
    Section(
        "english",
        "英文",
        "给看不懂中文的人。",
        (
            Cell("name_en", "英文名称", most=120),
            Cell(
                "summary_en", "英文简介", "words", most=500, tall=5, hint="谁能办、多久、得到什么，三句以内"
            ),
        ),
    ),
    Section(
        "baseline",
        "改革前",
        "以前办这件事要怎样，用来算省了多少。是估算的数，照实写。",
        (
            Cell("visits", "跑几次", "whole", most=999, size="third"),
            Cell("offices", "找几个部门", "whole", most=999, size="third"),
            Cell("materials", "交几份材料", "whole", most=999, size="third"),
            Cell("workdays", "等几个工作日", "whole", most=999, size="third"),
        ),
        of="baseline",
    ),
    Section(
        "listing",
        "实施清单",
        "国家和省的清单里的编码和说明，照抄，不知道的空着。",
        tuple(
            Cell(key, label, "line" if key.endswith("code") else "words", most=2000, tall=1, size="half")
            for key, label in terms.LISTING.items()
        ),
        of="listing",
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}

"""The steps of the procedure with their days, and the offices a case passes, one stage after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from yichuang.rooms.catalog.rules import ItemSpec

from . import lists
from .cells import Cell, Typed, Wrong, one_entry
from .parts import Part, Writing

FEWEST_OFFICES = 2  # places for offices in a stage; one more than are filled


class Steps(Part):
    name = "steps"
    column = "procedure"
    what = "一步"
    heading = "分几步办"
    words = "第一步是“收件受理”，天数和受理时限一样；后面各步加起来，正好是承诺时限。"
    add_label = "这一步做什么"
    empty_heading = "还没有写分几步"
    empty_words = "第一步写“收件受理”。"

    def cells(self, writing: Writing) -> tuple[Cell, ...]:
        return (
            Cell("name", "这一步做什么", most=60, size="long"),
            Cell("days", "几个工作日", "whole", most=365, size="third", hint="当天的填 0"),
        )

    def row(self, spec: tuple[str, int], writing: Writing) -> dict[str, list[str]]:
        return {"name": [spec[0]], "days": [str(spec[1])]}

    def blank(self, words: str, writing: Writing) -> dict[str, list[str]]:
        known = {name: days for item in reversed(writing.known.others) for name, days in item.procedure}
        return self.row((words, known.get(words, 0)), writing)

    def read(self, typed: Typed, wrong: Wrong, writing: Writing) -> ItemSpec:
        rows = []
        for number, values in self._read_rows(typed, wrong, writing):
            if values["name"] or values["days"]:
                rows.append((one_entry(values["name"]), values["days"] or 0))
                writing.kept[self.name].append(number)
        return replace(writing.item, procedure=tuple(rows))

    def title(self, typed: Typed, number: str, writing: Writing) -> tuple[str, str]:
        days = lists.said(typed, self.name, number, "days")
        when = "当天" if days in ("", "0") else f"{days} 个工作日"
        return lists.said(typed, self.name, number, "name") or "还没有写名称", when

    def suggestions(self, writing: Writing) -> Iterable[str]:
        return dict.fromkeys(name for item in writing.known.others for name, _ in item.procedure)


class Route(Part):
    name = column = "route"
    what = "一站"
    heading = "经过哪些部门"
    words = "一站一站往下走；同一站的几个部门同时办。"
    add_label = "下一站是哪个部门"
    empty_heading = "还没有选部门"
    empty_words = "至少有收件的部门。"

    def cells(self, writing: Writing) -> tuple[Cell, ...]:
        return ()

    def row(self, spec: tuple[str, ...], writing: Writing) -> dict[str, list[str]]:
        return {"office": list(spec)}

    def blank(self, words: str, writing: Writing) -> dict[str, list[str]]:
        code = next((code for code, name in writing.known.offices if name == words), "")
        return {"office": [code] if code else []}

    def read(self, typed: Typed, wrong: Wrong, writing: Writing) -> ItemSpec:
        known = {code for code, _ in self._offices(writing)}
        stages = []
        for number in lists.staying(typed, self.name):
            chosen = [code for code in typed.get(f"{self.name}.{number}.office", ()) if code in known]
            if chosen:
                stages.append(tuple(dict.fromkeys(chosen)))
        return replace(writing.item, route=tuple(stages))

    def title(self, typed: Typed, number: str, writing: Writing) -> tuple[str, str]:
        names = dict(self._offices(writing))
        chosen = [names[code] for code in typed.get(f"{self.name}.{number}.office", ()) if code in names]
        return "和".join(chosen) or "还没有选部门", "同时办" if len(chosen) > 1 else ""

    def suggestions(self, writing: Writing) -> Iterable[str]:
        return [name for _, name in writing.known.offices]

    def drawn(self, typed: Typed, wrong: Wrong, number: str, writing: Writing) -> dict[str, Any]:
        chosen = [code for code in typed.get(f"{self.name}.{number}.office", ()) if code]
        places = chosen + [""] * max(FEWEST_OFFICES - len(chosen), 1)
        return {"places": list(enumerate(places)), "offices": self._offices(writing)}

    @staticmethod
    def _offices(writing: Writing) -> list[tuple[str, str]]:
        """The town's offices, and what the item names beside them."""
        names = dict(writing.known.offices)
        named = {code for stage in writing.item.route for code in stage}
        return list((names | {code: code for code in sorted(named) if code not in names}).items())

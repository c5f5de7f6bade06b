"""What a list of rows in the editor is, and the first of them: the papers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from yichuang.rooms.catalog.loading.parts import PERSONS
from yichuang.rooms.catalog.rules import ItemSpec, MaterialSpec, QuestionSpec
from yichuang.rooms.catalog.terms import Form, Need, Source

from . import lists
from .cells import Cell, Typed, Wrong, read
from .known import Known

GROUPS = "甲乙丙丁戊己庚辛壬癸"  # how groups of alternatives are called
WHEN = "when:"


@dataclass
class Writing:
    """An item being written: as it was saved, and what the catalogue knows."""

    item: ItemSpec
    known: Known
    reserved: frozenset[str] = frozenset()  # keys that other versions use
    kept: dict[str, list[str]] = field(
        default_factory=dict
    )  # by list: the numbers of the rows that were read


class Part(ABC):
    """A list of rows in a section."""

    name = ""
    what = ""  # behind 加: 一份材料
    column = ""  # the attribute of an ItemSpec
    heading = ""  # where a section has several lists
    words = ""
    add_label = ""
    empty_heading = ""
    empty_words = ""

    @abstractmethod
    def cells(self, writing: Writing) -> tuple[Cell, ...]:
        """The fields of a row."""

    @abstractmethod
    def row(self, spec: Any, writing: Writing) -> dict[str, list[str]]:
        """A row of the item as typed fields."""

    @abstractmethod
    def blank(self, words: str, writing: Writing) -> dict[str, list[str]]:
        """A new row for `words`: as the catalogue knows it, or empty but for these words."""

    @abstractmethod
    def read(self, typed: Typed, wrong: Wrong, writing: Writing) -> ItemSpec:
        """The item with these rows."""

    @abstractmethod
    def title(self, typed: Typed, number: str, writing: Writing) -> tuple[str, str]:
        """What a closed row says: its name, and in a few words the rest."""

    def told(self, writing: Writing) -> dict[str, list[str]]:
        rows = (self.row(spec, writing) for spec in getattr(writing.item, self.column))
        return lists.laid_out(self.name, rows)

    def suggestions(self, writing: Writing) -> Iterable[str]:
        """Names to choose from when a row is added."""
        return ()

    def drawn(self, typed: Typed, wrong: Wrong, number: str, writing: Writing) -> dict[str, Any]:
        """What the row's template needs beside its cells."""
        return {}

    def _read_rows(
        self, typed: Typed, wrong: Wrong, writing: Writing
    ) -> Iterable[tuple[str, dict[str, Any]]]:
        cells = self.cells(writing)
        writing.kept[self.name] = []
        for number in lists.staying(typed, self.name):
            values = read(cells, typed, wrong, prefix=f"{self.name}.{number}.")
            yield number, {cell.name: values.get(cell.name, "") for cell in cells}


class Materials(Part):
    name = column = "materials"
    what = "一份材料"
    add_label = "材料名称，打几个字就有已有的可以选"
    empty_heading = "还没有材料"
    empty_words = "在下面写一份材料的名称，再按“加一份材料”。居民一份都不用带的，也要写窗口打印的申请表。"

    def cells(self, writing: Writing) -> tuple[Cell, ...]:
        return (
            Cell("name", "材料名称", most=100, size="long"),
            Cell("person", "谁的", "choice", options=tuple((each, each) for each in PERSONS), size="third"),
            Cell("when", "什么时候要", "choice", options=tuple(self._whens(writing)), size="half"),
            Cell(
                "condition_text", "这种情形怎么说", most=100, size="half", hint="选了情形才写；空着就自动写"
            ),
            Cell("form", "形式", "choice", words=Form, size="third"),
            Cell("copies", "份数", "whole", most=20, size="third"),
            Cell("source", "从哪里来", "choice", words=Source, size="third"),
            Cell("choice", "和别的材料任选其一", "choice", options=tuple(self._groups(writing)), size="half"),
            Cell("shared_by", "哪个库能查到", most=40, size="half", hint="查不到的空着"),
            Cell("accepts", "可以用什么代替", "list", size="half", tall=2, hint="一行写一个"),
            Cell("notes", "去哪里拿、上面要有什么", "words", most=200, tall=2, size="half"),
        )

    def row(self, spec: MaterialSpec, writing: Writing) -> dict[str, list[str]]:
        when = f"{WHEN}{spec.condition_key}" if spec.condition_key else spec.need
        return {
            cell.name: [when] if cell.name == "when" else cell.told(getattr(spec, cell.name))
            for cell in self.cells(writing)
        } | {"choice": [spec.choice]}

    def blank(self, words: str, writing: Writing) -> dict[str, list[str]]:
        known = writing.known.materials.get(words)
        new = replace(
            known or MaterialSpec(words, "申请人", Form.ORIGINAL, 1, Source.APPLICANT, Need.REQUIRED),
            condition_key="",
            condition_text="",
            choice="",
        )
        return self.row(new, writing)

    def read(self, typed: Typed, wrong: Wrong, writing: Writing) -> ItemSpec:
        rows = []
        for number, values in self._read_rows(typed, wrong, writing):
            when = str(values.pop("when"))
            key = when.removeprefix(WHEN) if when.startswith(WHEN) else ""
            told = values.pop("condition_text")
            if not any(values[name] for name in ("name", "notes", "accepts")):
                continue
            row = MaterialSpec(
                **values,
                need=Need.REQUIRED if key or when != Need.DEFERRABLE else Need.DEFERRABLE,
                condition_key=key,
                condition_text=(told or _situation(key, writing)) if key else "",
            )
            if known := writing.known.materials.get(row.name):  # one name is one kind of paper everywhere
                row = replace(row, form=known.form, source=known.source, shared_by=known.shared_by)
            rows.append(row)
            writing.kept[self.name].append(number)
        return replace(writing.item, materials=tuple(rows))

    def title(self, typed: Typed, number: str, writing: Writing) -> tuple[str, str]:
        said = {cell.name: lists.said(typed, self.name, number, cell.name) for cell in self.cells(writing)}
        form = str(Form(said["form"]).label) if said["form"] in Form.values else ""
        whens, groups = dict(self._whens(writing)), dict(self._groups(writing))
        words = [said["person"], f"{form} {said['copies']} 份".strip(), whens.get(said["when"], "")]
        if said["choice"]:
            words.append(f"{groups.get(said['choice'], '')}任选其一")
        return said["name"] or "还没有写名称", "，".join(word for word in words if word and word != "无")

    def suggestions(self, writing: Writing) -> Iterable[str]:
        return [name for name, _ in writing.known.uses.most_common()]

    def drawn(self, typed: Typed, wrong: Wrong, number: str, writing: Writing) -> dict[str, Any]:
        name = lists.said(typed, self.name, number, "name").strip()
        return {"used": writing.known.uses.get(name, 0)}

    @staticmethod
    def _whens(writing: Writing) -> list[tuple[str, str]]:
        found = [(str(Need.REQUIRED), "总是要"), (str(Need.DEFERRABLE), "总是要，但可以后补（容缺）")]
        asked = {row.key for row in writing.item.questions}
        found += [(f"{WHEN}{row.key}", situation_words(row)) for row in writing.item.questions]
        for row in writing.item.materials:
            if row.condition_key and row.condition_key not in asked:
                asked.add(row.condition_key)
                found.append((f"{WHEN}{row.condition_key}", f"{row.condition_text}（问题已经去掉了）"))
        return found

    @staticmethod
    def _groups(writing: Writing) -> list[tuple[str, str]]:
        """No group, those there are, and one more."""
        used = [row.choice for row in writing.item.materials if row.choice]
        keys = list(dict.fromkeys(used))[: len(GROUPS) - 1]
        free = (f"group_{number}" for number in range(1, len(GROUPS) + 1))
        keys += [next(key for key in free if key not in keys), next(key for key in free if key not in keys)]
        return [
            ("", "不分组，单独要"),
            *((key, f"{GROUPS[at]}组") for at, key in enumerate(keys[: len(GROUPS)])),
        ]


def situation_words(row: QuestionSpec) -> str:
    """How a situation is called where a paper depends on it: the question with the answer."""
    return f"“{row.question}”答{'或'.join(row.triggers) or '……（还没有选）'}"


def _situation(key: str, writing: Writing) -> str:
    """The words beside a paper when the editor wrote none."""
    if known := writing.known.situations.get(key):
        return known
    row = next((each for each in writing.item.questions if each.key == key), None)
    return f"{row.question.rstrip('？?')}：{'、'.join(row.triggers)}"[:100] if row else ""

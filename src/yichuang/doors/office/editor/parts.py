"""The rows of an item in the editor: papers, situation questions, form fields, pre-check questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from yichuang.rooms.catalog.loading.parts import PERSONS
from yichuang.rooms.catalog.rules import FieldSpec, ItemSpec, MaterialSpec, PrecheckSpec, QuestionSpec
from yichuang.rooms.catalog.terms import FieldSource, FieldType, Form, Need, Source

from . import lists
from .cells import ON, Cell, Typed, Wrong, one_entry, read
from .known import Known

GROUPS = "甲乙丙丁戊己庚辛壬癸"  # how groups of alternatives are called
WHEN = "when:"
FEWEST_SLOTS = 4  # fields for answers in a question; two more than are filled
LONGEST_ANSWER = 100
CAN, CANNOT, ASK = "can", "cannot", "ask"
MEANINGS = ((CAN, "能办"), (CANNOT, "办不了"), (ASK, "要问一问"))


@dataclass
class Writing:
    """An item being written: as it was saved, and what the catalogue knows."""

    item: ItemSpec
    known: Known
    reserved: frozenset[str] = frozenset()  # keys that other versions use
    kept: dict[str, list[str]] = field(
        default_factory=dict
    )  # by list: the numbers of the rows that were read


class Part:
    """A list of rows in a section."""

    name = ""
    what = ""  # behind 加: 一份材料
    column = ""  # the attribute of an ItemSpec
    heading = ""  # where a section has several lists
    words = ""
    add_label = ""
    empty_heading = ""
    empty_words = ""

    def cells(self, writing: Writing) -> tuple[Cell, ...]:
        raise NotImplementedError

    def row(self, spec: Any, writing: Writing) -> dict[str, list[str]]:
        """A row of the item as typed fields."""
        raise NotImplementedError

    def blank(self, words: str, writing: Writing) -> dict[str, list[str]]:
        """A new row for `words`: as the catalogue knows it, or empty but for these words."""
        raise NotImplementedError

    def read(self, typed: Typed, wrong: Wrong, writing: Writing) -> ItemSpec:
        """The item with these rows."""
        raise NotImplementedError

    def title(self, typed: Typed, number: str, writing: Writing) -> tuple[str, str]:
        """What a closed row says: its name, and in a few words the rest."""
        raise NotImplementedError

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
            Cell("name", "材料名称", most=100, size="half"),
            Cell("person", "谁的", "choice", options=tuple((each, each) for each in PERSONS), size="third"),
            Cell("form", "形式", "choice", words=Form, size="third"),
            Cell("copies", "份数", "whole", most=20, size="short"),
            Cell("source", "从哪里来", "choice", words=Source, size="third"),
            Cell("shared_by", "哪个库能查到", most=40, size="third", hint="查不到的空着"),
            Cell("when", "什么时候要", "choice", options=tuple(self._whens(writing)), size="half"),
            Cell("condition_text", "这种情形怎么说", most=100, size="half", hint="空着就自动写"),
            Cell("choice", "和别的材料任选其一", "choice", options=tuple(self._groups(writing)), size="half"),
            Cell("accepts", "可以用什么代替", "list", size="half", tall=2, hint="一行写一个"),
            Cell("notes", "去哪里拿、上面要有什么", "words", most=200, tall=2),
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


class Questions(Part):
    name = column = "questions"
    what = "一个问题"
    add_label = "问题，打几个字就有别的事项问过的可以选"
    empty_heading = "还没有情形问题"
    empty_words = "人人材料都一样的，不用写。不一样的，先写一个问题，例如：您是替别人办的吗？"

    def cells(self, writing: Writing) -> tuple[Cell, ...]:
        return (Cell("question", "问居民什么", most=100, hint="写成一句话，例如：您是替别人办的吗？"),)

    def row(self, spec: QuestionSpec, writing: Writing) -> dict[str, list[str]]:
        ticked = [str(at) for at, answer in enumerate(spec.answers) if answer in spec.triggers]
        return {
            "key": [spec.key],
            "question": [spec.question],
            "answer": list(spec.answers),
            "trigger": ticked,
        }

    def blank(self, words: str, writing: Writing) -> dict[str, list[str]]:
        known = next((row for row in writing.known.questions.values() if row.question == words), None)
        return self.row(known or QuestionSpec("", words, (), ()), writing) | {"key": [""]}

    def read(self, typed: Typed, wrong: Wrong, writing: Writing) -> ItemSpec:
        rows: list[QuestionSpec] = []
        renamed: dict[str, str] = {}
        before = {row.key: row for row in writing.item.questions}
        own = [lists.said(typed, self.name, n, "key") for n in lists.staying(typed, self.name)]
        for number, values in self._read_rows(typed, wrong, writing):
            slots = _answers(typed, wrong, f"{self.name}.{number}.answer", LONGEST_ANSWER)
            ticked = typed.get(f"{self.name}.{number}.trigger", ())
            old = lists.said(typed, self.name, number, "key")
            triggers = [answer for at, answer in slots if at in ticked]
            if old in before:
                triggers.sort(
                    key=lambda each, was=before[old].triggers: was.index(each) if each in was else 99
                )
            row = QuestionSpec(
                old if old in before else "",
                values["question"],
                tuple(answer for _, answer in slots),
                tuple(triggers),
            )
            if not row.question and not row.answers:
                continue
            taken = {each.key for each in rows} | {key for key in own if key != old}
            key = writing.known.question_key(row, taken, writing.reserved)
            renamed[old] = key
            rows.append(replace(row, key=key))
            writing.kept[self.name].append(number)
        materials = tuple(
            replace(row, condition_key=renamed.get(row.condition_key, row.condition_key))
            for row in writing.item.materials
        )
        return replace(writing.item, questions=tuple(rows), materials=materials)

    def title(self, typed: Typed, number: str, writing: Writing) -> tuple[str, str]:
        answers = [each for each in typed.get(f"{self.name}.{number}.answer", ()) if each.strip()]
        return lists.said(typed, self.name, number, "question") or "还没有写问题", "、".join(answers)

    def suggestions(self, writing: Writing) -> Iterable[str]:
        return dict.fromkeys(row.question for row in writing.known.questions.values())

    def drawn(self, typed: Typed, wrong: Wrong, number: str, writing: Writing) -> dict[str, Any]:
        name = f"{self.name}.{number}"
        ticked = typed.get(f"{name}.trigger", ())
        used = [
            row.name for row in writing.item.materials if row.condition_key in typed.get(f"{name}.key", ())
        ]
        slots = _slots(typed.get(f"{name}.answer", ()))
        return {
            "key": lists.said(typed, self.name, number, "key"),
            "slots": [{"at": at, "said": said, "ticked": str(at) in ticked} for at, said in enumerate(slots)],
            "answer_error": wrong.get(f"{name}.answer", ""),
            "used_by": used if lists.said(typed, self.name, number, "key") else [],
        }


class Prechecks(Part):
    name = column = "prechecks"
    what = "一个问题"
    add_label = "问题，打几个字就有别的事项问过的可以选"
    empty_heading = "还没有问题"
    empty_words = "想一想，什么样的人来了也办不了？把它写成一个问题，让居民来之前就知道。"

    def cells(self, writing: Writing) -> tuple[Cell, ...]:
        return (
            Cell("question", "问居民什么", most=100, hint="先问最容易办不了的，例如：您的户口在本镇吗？"),
            Cell("why", "办不了的，为什么", "words", most=200, tall=2, size="half"),
            Cell("instead", "办不了的，那怎么办", "words", most=200, tall=2, size="half"),
        )

    def row(self, spec: PrecheckSpec, writing: Writing) -> dict[str, list[str]]:
        means = [CANNOT if each in spec.cannot else ASK if each in spec.ask else CAN for each in spec.answers]
        return {
            "question": [spec.question],
            "why": [spec.why],
            "instead": [spec.instead],
            "answer": list(spec.answers),
            "means": means,
        }

    def blank(self, words: str, writing: Writing) -> dict[str, list[str]]:
        known = writing.known.prechecks.get(words)
        return self.row(known or PrecheckSpec(words, (), (), ()), writing)

    def read(self, typed: Typed, wrong: Wrong, writing: Writing) -> ItemSpec:
        rows = []
        for number, values in self._read_rows(typed, wrong, writing):
            slots = _answers(typed, wrong, f"{self.name}.{number}.answer", 30)
            means = typed.get(f"{self.name}.{number}.means", ())
            said = [(answer, means[int(at)] if int(at) < len(means) else CAN) for at, answer in slots]
            row = PrecheckSpec(
                values["question"],
                tuple(answer for answer, _ in said),
                tuple(answer for answer, meant in said if meant == CANNOT),
                tuple(answer for answer, meant in said if meant == ASK),
                values["why"],
                values["instead"],
            )
            if row.question or row.answers:
                rows.append(row)
                writing.kept[self.name].append(number)
        return replace(writing.item, prechecks=tuple(rows))

    def title(self, typed: Typed, number: str, writing: Writing) -> tuple[str, str]:
        answers = [each for each in typed.get(f"{self.name}.{number}.answer", ()) if each.strip()]
        return lists.said(typed, self.name, number, "question") or "还没有写问题", "、".join(answers)

    def suggestions(self, writing: Writing) -> Iterable[str]:
        return writing.known.prechecks

    def drawn(self, typed: Typed, wrong: Wrong, number: str, writing: Writing) -> dict[str, Any]:
        name = f"{self.name}.{number}"
        means = typed.get(f"{name}.means", ())
        slots = _slots(typed.get(f"{name}.answer", ()))
        return {
            "slots": [
                {"at": at, "said": said, "means": means[at] if at < len(means) else CAN}
                for at, said in enumerate(slots)
            ],
            "meanings": MEANINGS,
            "answer_error": wrong.get(f"{name}.answer", ""),
        }


class Fields(Part):
    name = column = "fields"
    what = "一栏"
    add_label = "这一栏叫什么，打几个字就有已有的可以选"
    empty_heading = "表单还没有别的栏"
    empty_words = "只要姓名、身份证号、电话、地址的，不用加。"

    def cells(self, writing: Writing) -> tuple[Cell, ...]:
        return (
            Cell("label", "这一栏叫什么", most=60, size="half"),
            Cell("type", "填什么", "choice", words=FieldType, size="third"),
            Cell("source", "从哪里来", "choice", words=FieldSource, size="third"),
            Cell("required", "一定要填", "flag", size="third"),
            Cell("options", "选项", "list", size="half", hint="填“选择”的才要，一行写一个"),
            Cell("hint", "怎么填的提示", most=100, size="half"),
            Cell("example", "填好的样子", most=100, size="half"),
            Cell("least", "最小", most=20, size="short", hint="数或日期"),
            Cell("most", "最大", most=20, size="short", hint="数、日期或今天"),
        )

    def row(self, spec: FieldSpec, writing: Writing) -> dict[str, list[str]]:
        told = {cell.name: cell.told(getattr(spec, cell.name)) for cell in self.cells(writing)}
        bounds = {name: [_TODAY.get(value, value) for value in told[name]] for name in ("least", "most")}
        return {"key": [spec.key], **told, **bounds}

    def blank(self, words: str, writing: Writing) -> dict[str, list[str]]:
        known = next((row for row in writing.known.fields.values() if row.label == words), None)
        new = known or FieldSpec("", words, FieldType.TEXT, (), True, FieldSource.APPLICANT)
        return self.row(new, writing) | {"key": [""]}

    def read(self, typed: Typed, wrong: Wrong, writing: Writing) -> ItemSpec:
        rows: list[FieldSpec] = []
        before = {row.key for row in writing.item.fields}
        own = [lists.said(typed, self.name, n, "key") for n in lists.staying(typed, self.name)]
        for number, values in self._read_rows(typed, wrong, writing):
            if not values["label"] and not values["options"]:
                continue
            old = lists.said(typed, self.name, number, "key")
            bounds = {name: _DAY.get(values[name], values[name]) for name in ("least", "most")}
            row = FieldSpec(key=old if old in before else "", **values | bounds)
            taken = {each.key for each in rows} | {key for key in own if key != old}
            rows.append(replace(row, key=writing.known.field_key(row, taken, writing.reserved)))
            writing.kept[self.name].append(number)
        return replace(writing.item, fields=tuple(rows))

    def title(self, typed: Typed, number: str, writing: Writing) -> tuple[str, str]:
        kind = lists.said(typed, self.name, number, "type")
        words = str(FieldType(kind).label) if kind in FieldType.values else ""
        needed = "必填" if ON in typed.get(f"{self.name}.{number}.required", ()) else "选填"
        return lists.said(typed, self.name, number, "label") or "还没有写名称", f"{words}，{needed}"

    def suggestions(self, writing: Writing) -> Iterable[str]:
        return dict.fromkeys(row.label for row in writing.known.fields.values())

    def drawn(self, typed: Typed, wrong: Wrong, number: str, writing: Writing) -> dict[str, Any]:
        key = lists.said(typed, self.name, number, "key")
        return {"key": key, "is_shared": key in writing.known.fields}


_TODAY = {"today": "今天"}
_DAY = {"今天": "today"}


def situation_words(row: QuestionSpec) -> str:
    """How a situation is called where a paper depends on it: the question with the answer."""
    return f"“{row.question}”答{'或'.join(row.triggers) or '……（还没有选）'}"


def _situation(key: str, writing: Writing) -> str:
    """The words beside a paper when the editor wrote none."""
    if known := writing.known.situations.get(key):
        return known
    row = next((each for each in writing.item.questions if each.key == key), None)
    return f"{row.question.rstrip('？?')}：{'、'.join(row.triggers)}"[:100] if row else ""


def _slots(answers: Sequence[str]) -> list[str]:
    """The answers and some empty places."""
    filled = list(answers)
    while filled and not filled[-1].strip():
        filled.pop()
    return filled + [""] * max(FEWEST_SLOTS - len(filled), 1)


def _answers(typed: Typed, wrong: Wrong, name: str, most: int) -> list[tuple[str, str]]:
    """The answers with the number of their place; empty places and doubles are left out."""
    found: dict[str, str] = {}
    for at, text in enumerate(typed.get(name, ())[:40]):
        answer = one_entry(text)
        if len(answer) > most:
            wrong[name] = f"“{answer[:8]}…”太长，每个答案最多 {most} 个字"
        if answer:
            found.setdefault(answer, str(at))
    return [(at, answer) for answer, at in found.items()]

"""The rows that ask: questions about the situation, questions before somebody comes, fields of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from yichuang.rooms.catalog.rules import FieldSpec, ItemSpec, PrecheckSpec, QuestionSpec
from yichuang.rooms.catalog.terms import FieldSource, FieldType

from . import lists
from .cells import ON, Cell, Typed, Wrong, one_entry
from .parts import Part, Writing

FEWEST_SLOTS = 4  # fields for answers in a question; one more than are filled
LONGEST_ANSWER, LONGEST_PRECHECK_ANSWER = 100, 30
CAN, CANNOT, ASK = "can", "cannot", "ask"
MEANINGS = ((CAN, "能办"), (CANNOT, "办不了"), (ASK, "要问一问"))
_TODAY = {"today": "今天"}
_DAY = {"今天": "today"}


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
                was = [each for each in before[old].triggers if each in triggers]
                triggers = list(dict.fromkeys([*was, *triggers]))
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
            if old in before:
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
            slots = _answers(typed, wrong, f"{self.name}.{number}.answer", LONGEST_PRECHECK_ANSWER)
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
            Cell("label", "这一栏叫什么", most=60, size="long"),
            Cell("required", "一定要填", "flag", size="third"),
            Cell("type", "填什么", "choice", words=FieldType, size="half"),
            Cell("source", "从哪里来", "choice", words=FieldSource, size="half"),
            Cell("hint", "怎么填的提示", most=100, size="half"),
            Cell("example", "填好的样子", most=100, size="half"),
            Cell("options", "选项", "list", size="third", hint="“选择”才要，一行一个"),
            Cell("least", "最小", most=20, size="third", hint="一个数，或者日期"),
            Cell("most", "最大", most=20, size="third", hint="一个数、日期或“今天”"),
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

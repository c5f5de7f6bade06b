"""materials.csv, questions.csv, fields.csv, prechecks.csv, field_notes.csv: the parts of an item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..rules import FieldSpec, MaterialSpec, PrecheckSpec, QuestionSpec
from ..terms import FieldSource, FieldType, Form, Need, Source
from .sheets import Row

MATERIAL_COLUMNS = (
    "item_code", "seq", "name", "person", "form", "copies", "source", "required", "condition_key", "condition_text",
    "choice", "accepts", "notes", "shared_by",
)  # fmt: skip
QUESTION_COLUMNS = ("item_code", "key", "question", "answers", "triggers")
FIELD_COLUMNS = ("item_code", "seq", "key", "label", "type", "options", "required", "source")
PRECHECK_COLUMNS = ("item_code", "seq", "question", "answers", "cannot", "ask", "why", "instead")
MISTAKE_COLUMNS = ("item_code", "seq", "mistake")
ENGLISH_COLUMNS = ("code", "name", "summary")
NOTE_COLUMNS = ("key", "hint", "example", "least", "most")
PERSONS = (
    "申请人", "代办人", "配偶", "子女", "父母", "监护人", "被监护人", "逝者", "继承人", "法定代表人", "从业人员", "户主",
    "村集体", "单位", "出租人", "流转农户", "无",
)  # fmt: skip
BASE_KEYS = ("name", "id_number", "phone", "address")  # every case has them; no item asks again
ON_CONDITION = "情形"


def read_material(row: Row) -> MaterialSpec:
    """One document; 必需 or 容缺 always, 情形 only when its condition holds."""
    required = row.cells["required"]
    needs = {str(Need.REQUIRED.label): Need.REQUIRED, str(Need.DEFERRABLE.label): Need.DEFERRABLE}
    if required not in needs and required != ON_CONDITION:
        row.fault("required", f"只能填必需、容缺或情形，现在是“{required}”")
    key, told = row.key("condition_key", empty=True), row.text("condition_text", most=100, empty=True)
    if required == ON_CONDITION and not (key and told):
        row.fault("condition_key" if not key else "condition_text", "情形材料要写明条件代号和说明")
    if required != ON_CONDITION and (key or told):
        row.fault("condition_key" if key else "condition_text", f"{required}材料不能有条件")
    person = row.text("person", most=20)
    if person and person not in PERSONS:
        row.fault("person", f"只能填{'、'.join(PERSONS)}，现在是“{person}”")
    form, source = row.word("form", Form), row.word("source", Source)
    if source == Source.WINDOW and form not in (Form.APPLICATION, Form.PLEDGE):
        row.fault("source", "窗口生成的只能是申请表或承诺书")
    shared_by = row.text("shared_by", most=40, empty=True)
    if source == Source.REGISTER and not shared_by:
        row.fault("shared_by", "数据共享的材料要写明由哪个库提供")
    return MaterialSpec(
        name=row.text("name", most=100),
        person=person,
        form=form,
        copies=row.whole("copies", 0, 20),
        source=source,
        need=needs.get(required, Need.REQUIRED),
        condition_key=key,
        condition_text=told,
        choice=row.key("choice", empty=True),
        accepts=row.list("accepts", empty=True),
        notes=row.text("notes", most=200, empty=True),
        shared_by=shared_by,
    )


def read_question(row: Row) -> QuestionSpec:
    """A question with at least two answers, of which some but not all trigger."""
    answers, triggers = row.list("answers"), row.list("triggers")
    if len(answers) < 2:
        row.fault("answers", "至少要有两个答案")
    if strange := [answer for answer in triggers if answer not in answers]:
        row.fault("triggers", f"答案里没有“{'、'.join(strange)}”")
    elif set(triggers) == set(answers):
        row.fault("triggers", "每个答案都触发，这个问题就不用问")
    return QuestionSpec(row.key("key"), row.text("question", most=100), answers, triggers)


def read_field(row: Row) -> FieldSpec:
    """A field of the form beyond name, id number, phone and address."""
    key, kind = row.key("key"), row.cells["type"]
    if key in BASE_KEYS:
        row.fault("key", f"“{key}”每个办件都有，不用再列")
    if kind not in FieldType.values:
        row.fault("type", f"只能填{'、'.join(FieldType.values)}，现在是“{kind}”")
    options = row.list("options", empty=True)
    if (kind == FieldType.SELECT) != bool(options):
        row.fault("options", "选择题要列出选项，其他类型不要" if not options else "只有选择题才有选项")
    elif kind == FieldType.SELECT and len(options) < 2:
        row.fault("options", "至少要有两个选项")
    return FieldSpec(
        key=key,
        label=row.text("label", most=60),
        type=kind,
        options=options,
        required=row.flag("required"),
        source=row.word("source", FieldSource),
    )


def read_precheck(row: Row) -> PrecheckSpec:
    """Some answers make it impossible or must be asked about, and at least one lets somebody come."""
    answers, cannot = row.list("answers", most=30), row.list("cannot", empty=True)
    ask = row.list("ask", empty=True)
    if len(answers) < 2:
        row.fault("answers", "至少要有两个答案")
    for column, chosen in (("cannot", cannot), ("ask", ask)):
        if strange := [answer for answer in chosen if answer not in answers]:
            row.fault(column, f"答案里没有“{'、'.join(strange)}”")
    if not cannot and not ask:
        row.fault("cannot", "没有一个答案办不了、也没有要问的，这个问题就不用问")
    if set(cannot) & set(ask):
        row.fault("ask", "同一个答案不能又办不了、又要问")
    elif answers and set(cannot) | set(ask) == set(answers):
        row.fault("answers", "至少要有一个答案是能办的")
    why = row.text("why", most=200, empty=not cannot)
    instead = row.text("instead", most=200, empty=not cannot)
    return PrecheckSpec(row.text("question", most=100), answers, cannot, ask, why, instead)


@dataclass(frozen=True)
class FieldNote:
    """What stands beside a field: how to fill it in, an example, and between what a value must lie."""

    hint: str = ""
    example: str = ""
    least: str = ""
    most: str = ""


def read_note(row: Row) -> FieldNote:
    note = FieldNote(
        hint=row.text("hint", most=100, empty=True),
        example=row.text("example", most=100, empty=True),
        least=row.text("least", most=20, empty=True),
        most=row.text("most", most=20, empty=True),
    )
    for column in ("least", "most"):
        if row.cells[column] and not _is_bound(row.cells[column]):
            row.fault(column, "要填一个数、一个日期（2026-11-24）或者 today")
    return note


def _is_bound(text: str) -> bool:
    if text == "today" or re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        return True
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False

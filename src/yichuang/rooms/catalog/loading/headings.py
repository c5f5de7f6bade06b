"""The sheets of a catalogue: file names and columns of the CSV folder, sheet names and headings of the workbook."""

from __future__ import annotations

from ..terms import LISTING
from .items import ITEM_COLUMNS
from .parts import (
    ENGLISH_COLUMNS,
    FIELD_COLUMNS,
    MATERIAL_COLUMNS,
    MISTAKE_COLUMNS,
    NOTE_COLUMNS,
    PRECHECK_COLUMNS,
    QUESTION_COLUMNS,
)
from .sheets import Fault

PLACES = {
    "offices.csv": ("code", "name", "kind", "duty", "phone"),
    "villages.csv": ("code", "name", "population", "distance_km_to_hall", "households"),
    "windows.csv": ("number", "name", "main_duty_offices", "backup_offices", "floor_position"),
    "opening_hours.csv": ("weekday", "open", "close"),
    "bundles.csv": ("key", "name", "intro", "item_codes"),
}
ITEM_SHEETS = {
    "items.csv": ITEM_COLUMNS,
    "materials.csv": MATERIAL_COLUMNS,
    "questions.csv": QUESTION_COLUMNS,
    "fields.csv": FIELD_COLUMNS,
    "prechecks.csv": PRECHECK_COLUMNS,
    "mistakes.csv": MISTAKE_COLUMNS,
    "field_notes.csv": NOTE_COLUMNS,
    "english.csv": ENGLISH_COLUMNS,
    "listing.csv": ("code", *LISTING),
}
SHEETS = ITEM_SHEETS | {
    file: PLACES[file]
    for file in ("bundles.csv", "offices.csv", "villages.csv", "windows.csv", "opening_hours.csv")
}
MAY_LACK = ("prechecks.csv", "mistakes.csv", "field_notes.csv", "english.csv", "listing.csv")

NAMES = {
    "items.csv": "事项",
    "materials.csv": "材料",
    "questions.csv": "情形问题",
    "fields.csv": "表单",
    "prechecks.csv": "预判",
    "mistakes.csv": "常见错误",
    "field_notes.csv": "填写说明",
    "english.csv": "英文",
    "listing.csv": "实施清单",
    "bundles.csv": "一件事",
    "offices.csv": "部门",
    "villages.csv": "村",
    "windows.csv": "窗口",
    "opening_hours.csv": "开放时间",
}
_EVERYWHERE = {
    "item_code": "事项编码",
    "seq": "序号",
    "key": "代号",
    "question": "问题",
    "answers": "答案",
    "source": "来源",
    "notes": "说明",
    "accept_workdays": "受理时限（工作日）",
}
_HEADINGS = {
    "items.csv": {
        "code": "事项编码", "name": "事项名称", "short_name": "简称", "office": "主办部门代码", "kind": "事项类型",
        "audience": "服务对象", "mode": "办件类型", "statutory_workdays": "法定时限（工作日）",
        "promised_workdays": "承诺时限（工作日）", "visits": "最多跑几次", "no_meeting": "可全程不见面",
        "channels": "办理渠道", "village_step": "村级环节", "route": "流转部门", "result": "办理结果",
        "result_kind": "结果类型", "result_validity": "有效期", "fee": "收费", "condition": "办理条件",
        "legal_basis": "法律依据", "life_events": "人生事件", "aliases": "俗称", "verified": "依据已核实",
        "procedure": "步骤", "baseline": "改革前",
    },
    "materials.csv": {
        "name": "材料名称", "person": "谁的", "form": "形式", "copies": "份数", "required": "要不要",
        "condition_key": "情形代号", "condition_text": "情形说明", "choice": "任选其一的组",
        "accepts": "可代替的材料", "shared_by": "可共享的库",
    },
    "questions.csv": {"key": "情形代号", "triggers": "触发的答案"},
    "fields.csv": {
        "key": "栏目代号", "label": "栏目名称", "type": "栏目类型", "options": "选项", "required": "必填",
    },
    "prechecks.csv": {"cannot": "办不了的答案", "ask": "要问的答案", "why": "为什么办不了", "instead": "那怎么办"},
    "mistakes.csv": {"mistake": "常见错误"},
    "field_notes.csv": {"key": "栏目代号", "hint": "提示", "example": "示例", "least": "最小", "most": "最大"},
    "english.csv": {"code": "事项编码", "name": "英文名称", "summary": "英文简介"},
    "listing.csv": {"code": "事项编码", **LISTING},
    "bundles.csv": {"name": "名称", "intro": "说明", "item_codes": "包含的事项"},
    "offices.csv": {"code": "部门代码", "name": "部门名称", "kind": "类别", "duty": "职责", "phone": "电话"},
    "villages.csv": {
        "code": "村代码", "name": "村名", "population": "人口", "distance_km_to_hall": "到大厅的距离（公里）",
        "households": "户数",
    },
    "windows.csv": {
        "number": "窗口号", "name": "窗口名称", "main_duty_offices": "主办部门代码", "backup_offices": "备岗部门代码",
        "floor_position": "位置",
    },
    "opening_hours.csv": {"weekday": "星期", "open": "开门", "close": "关门"},
}  # fmt: skip
COUNTS = {
    "items.csv": {"statutory_workdays", "promised_workdays", "accept_workdays", "visits", "no_meeting"},
    "materials.csv": {"seq", "copies"},
    "fields.csv": {"seq", "required"},
    "prechecks.csv": {"seq"},
    "mistakes.csv": {"seq"},
    "villages.csv": {"population", "distance_km_to_hall", "households"},
    "windows.csv": {"number"},
}  # columns in which a spreadsheet's number is as good as its digits written as text


def headings(file: str) -> dict[str, str]:
    """The heading in the workbook of each column of a file, in the order of the columns."""
    own = _HEADINGS[file]
    return {column: own.get(column) or _EVERYWHERE[column] for column in SHEETS[file]}


def in_words(fault: Fault) -> str:
    """A fault for somebody who edits one item and knows no files: 材料第 2 行“来源”：…"""
    name = NAMES.get(fault.file, fault.file)
    row = f"第 {fault.row} 行" if fault.row and fault.file != "items.csv" else ""
    column = headings(fault.file).get(fault.column, fault.column) if fault.file in SHEETS else fault.column
    sentence = fault.sentence
    for file, sheet in NAMES.items():
        sentence = sentence.replace(f"{file} 里", f"“{sheet}”里")
    return f"{name}{row}{f'“{column}”' if column else ''}：{sentence}"

"""What must fit between rows: no doubles, nothing unknown, the same name meaning the same everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .sheets import Row, Sheet

ByItem = Mapping[str, Sequence[Row]]
# 民发〔2020〕20号: the twenty proofs a village or community no longer issues.
ABOLISHED = (
    "亲属关系证明", "居民身份信息证明", "户口登记项目内容变更申请证明", "居民养犬证明", "无犯罪记录证明",
    "社区戒毒社区康复人员情况证明", "人员失踪证明", "婚姻状况证明", "出生证明", "健在证明", "死亡证明", "疾病状况证明",
    "残疾状况证明", "婚育状况证明", "居民就业状况证明", "居民个人档案证明", "居民财产证明", "遗产继承权证明",
    "市场主体住所证明", "证件遗失证明",
)  # fmt: skip


def unique(sheet: Sheet, column: str, what: str) -> None:
    """No value of this column twice."""
    first: dict[str, Row] = {}
    for row in sheet:
        before = first.setdefault(row.cells[column], row)
        if before is not row:
            row.fault(column, f"{what}“{row.cells[column]}”和{before.where}重复")


def known_offices(row: Row, column: str, named: Iterable[str], offices: Sequence[str]) -> None:
    if unknown := [office for office in named if office not in offices]:
        row.fault(column, f"offices.csv 里没有部门“{'、'.join(dict.fromkeys(unknown))}”")


def materials(sheet: Sheet, rows: ByItem, questions: ByItem) -> None:
    """One name is one kind of paper; conditions have their question; alternatives are of one weight."""
    same_everywhere(sheet, "name", ("form", "source", "shared_by"), "材料")
    for code, own in rows.items():
        in_sequence(own)
        asked = {row.cells["key"] for row in questions.get(code, ())}
        seen: dict[tuple[str, ...], Row] = {}
        for row in own:
            key = row.cells["condition_key"]
            if key and key not in asked:
                row.fault("condition_key", f"这个事项在 questions.csv 里没有“{key}”这个问题")
            document = (row.cells["name"], row.cells["person"], key)
            if document in seen:
                row.fault("name", f"和{seen[document].where}是同一份材料")
            seen.setdefault(document, row)
            if row.cells["name"] in ABOLISHED:
                row.fault("name", "这是已经取消的村级证明，不能再要")
        _alternatives(own)


def _alternatives(own: Sequence[Row]) -> None:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in own:
        if row.cells["choice"]:
            groups[row.cells["choice"]].append(row)
    for key, members in groups.items():
        if len(members) < 2:
            members[0].fault("choice", f"“{key}”只有一份材料，任选其一至少要两份")
        for column in ("required", "condition_key"):
            for row in members[1:]:
                if row.cells[column] != members[0].cells[column]:
                    row.fault(column, f"任选其一的材料，这一列要和{members[0].where}一样")


def questions(sheet: Sheet, rows: ByItem, materials: ByItem) -> None:
    """A key means one question in the whole file, and some material of the item depends on it."""
    same_everywhere(sheet, "key", ("question", "answers", "triggers"), "问题")
    for code, own in rows.items():
        used = {row.cells["condition_key"] for row in materials.get(code, ())}
        seen: dict[str, Row] = {}
        triggered: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in own:
            key = row.cells["key"]
            if key not in used:
                row.fault("key", f"这个事项没有材料用到“{key}”，问了没有用")
            if key in seen:
                row.fault("key", f"和{seen[key].where}重复")
                continue
            seen[key] = row
            triggers = set(row.cells["triggers"].split(";"))
            before = triggered[row.cells["question"], row.cells["answers"]]
            if before & triggers:
                row.fault("triggers", "同一个问题的两个代号不能由同一个答案触发")
            before |= triggers


def fields(sheet: Sheet, rows: ByItem) -> None:
    """A key means one field in the whole file."""
    same_everywhere(sheet, "key", ("label", "type", "options"), "字段")
    for own in rows.values():
        in_sequence(own)
        seen: dict[str, Row] = {}
        for row in own:
            if row.cells["key"] in seen:
                row.fault("key", f"和{seen[row.cells['key']].where}重复")
            seen.setdefault(row.cells["key"], row)


def same_everywhere(sheet: Sheet, column: str, others: Sequence[str], what: str) -> None:
    """Rows with the same value in `column` agree in the other columns."""
    first: dict[str, Row] = {}
    for row in sheet:
        before = first.setdefault(row.cells[column], row)
        for other in others:
            if row.cells[other] != before.cells[other]:
                row.fault(other, f"{what}“{row.cells[column]}”在{before.where}写的是“{before.cells[other]}”")


def in_sequence(own: Sequence[Row]) -> None:
    """`seq` counts 1, 2, 3 … in an item."""
    for place, row in enumerate(own, start=1):
        if row.cells["seq"] != str(place):
            row.fault("seq", f"序号应当是 {place}，现在是“{row.cells['seq']}”")


def prechecks(sheet: Sheet, rows: ByItem) -> None:
    """The same question offers the same answers everywhere."""
    same_everywhere(sheet, "question", ("answers",), "预判问题")
    for own in rows.values():
        in_sequence(own)
        seen: dict[str, Row] = {}
        for row in own:
            if row.cells["question"] in seen:
                row.fault("question", f"和{seen[row.cells['question']].where}重复")
            seen.setdefault(row.cells["question"], row)

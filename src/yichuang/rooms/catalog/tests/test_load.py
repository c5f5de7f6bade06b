"""装入目录：every fault is told at its place, and nothing is half loaded."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests import cast
from yichuang.ground import towns, trail
from yichuang.ground.refusals import Refused
from yichuang.ground.tests.make import a_town
from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.loading import load, read_folder
from yichuang.rooms.catalog.models import ItemVersion, LifeEvent, ServiceItem
from yichuang.rooms.catalog.rules import checklist
from yichuang.rooms.catalog.tests.make import DAWEI, the_items, the_town
from yichuang.rooms.people import actions as people
from yichuang.rooms.people.tests.make import a_clerk


@pytest.fixture
def folder(tmp_path) -> Path:
    shutil.copytree(DAWEI, tmp_path / "town")
    return tmp_path / "town"


def spoil(folder: Path, file: str, row: int, column: str, cell: str) -> None:
    """Write something wrong into one cell; rows count as in a spreadsheet."""
    path = folder / file
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    rows[row - 1][rows[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def places(folder: Path) -> set[tuple[str, int, str]]:
    return {(fault.file, fault.row, fault.column) for fault in read_folder(folder).faults}


def test_the_towns_files_are_without_fault():
    town = the_town()
    assert town.faults == ()
    counts = (len(town.items), len(town.bundles), len(town.offices), len(town.villages), len(town.windows))
    assert counts == (106, 13, 33, 15, 8)
    assert sum(len(item.materials) for item in town.items) == 679
    assert sum(len(item.questions) for item in town.items) == 226
    assert sum(len(item.fields) for item in town.items) == 783


WRONG = [
    ("items.csv", 2, "office", "XX", "没有部门"),
    ("items.csv", 2, "code", "YB-001", "重复"),
    ("items.csv", 2, "code", "农保1", "编码要写成"),
    ("items.csv", 2, "kind", "行政处罚", "只能填"),
    ("items.csv", 2, "village_step", "村盖章", "即办件不能有村级环节"),
    ("items.csv", 2, "route", "SB>XYZ", "没有部门"),
    ("items.csv", 2, "route", "SB>>QSB", "少写了部门"),
    ("items.csv", 4, "promised_workdays", "25", "超过了法定时限"),
    ("items.csv", 4, "promised_workdays", "十天", "整数"),
    ("items.csv", 4, "procedure", "收件受理 1;村初审 3", "加起来是 3 天"),
    ("items.csv", 4, "procedure", "受理 1;镇审核 10", "第一步必须是"),
    ("items.csv", 4, "baseline", "4/3/9", "要写成"),
    ("items.csv", 4, "baseline", "1/1/1/1", "不会比现在还好"),
    ("items.csv", 4, "no_meeting", "是", "只能填"),
    ("items.csv", 4, "name", "", "不能空着"),
    ("items.csv", 4, "name", " 养老金", "多余的空格"),
    ("items.csv", 4, "aliases", "领农保;;领农保", "空的一项"),
    ("materials.csv", 2, "item_code", "SB-999", "没有事项"),
    ("materials.csv", 2, "person", "邻居", "只能填"),
    ("materials.csv", 2, "required", "可选", "只能填"),
    ("materials.csv", 2, "condition_key", "proxy", "不能有条件"),
    ("materials.csv", 2, "form", "复印件", "第"),
    ("materials.csv", 3, "seq", "7", "序号应当是 2"),
    ("materials.csv", 2, "name", "婚姻状况证明", "已经取消"),
    ("questions.csv", 2, "triggers", "请人办", "答案里没有"),
    ("questions.csv", 2, "key", "nobody", "没有材料用到"),
    ("questions.csv", 2, "key", "Proxy!", "代号只能用"),
    ("questions.csv", 2, "answers", "我自己办", "两个答案"),
    ("fields.csv", 2, "key", "id_number", "每个办件都有"),
    ("fields.csv", 2, "type", "radio", "只能填"),
    ("fields.csv", 2, "options", "", "要列出选项"),
    ("fields.csv", 3, "label", "生日", "第"),
    ("bundles.csv", 2, "item_codes", "SB-001;SB-999", "没有事项"),
    ("offices.csv", 3, "code", "SB", "重复"),
    ("villages.csv", 2, "distance_km_to_hall", "很远", "公里"),
    ("windows.csv", 2, "main_duty_offices", "ZZ", "没有部门"),
    ("opening_hours.csv", 2, "weekday", "礼拜一", "只能填"),
    ("opening_hours.csv", 3, "open", "11:00", "重叠"),
    ("opening_hours.csv", 2, "close", "8点", "时间要写成"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "row", "column", "cell", "word"), WRONG)
def test_a_wrong_cell_is_told_with_its_place_and_reason(folder, file, row, column, cell, word):
    spoil(folder, file, row, column, cell)
    told = [str(fault) for fault in read_folder(folder).faults]
    assert any(word in sentence for sentence in told), told
    assert any(place[0] == file for place in places(folder)), told


def test_a_condition_without_its_question_is_told_at_the_material(folder):
    spoil(folder, "questions.csv", 2, "item_code", "SB-005")
    assert any(file == "materials.csv" and column == "condition_key" for file, _, column in places(folder))


def test_alternatives_of_different_weight_are_told(folder):
    row = next(
        place
        for place, line in enumerate(_lines(folder, "materials.csv"), start=1)
        if line.startswith("TY-008,5,病故军人证明书")
    )
    spoil(folder, "materials.csv", row, "required", "容缺")
    assert ("materials.csv", row, "required") in places(folder)


def test_every_fault_is_told_at_once(folder):
    spoil(folder, "items.csv", 2, "office", "XX")
    spoil(folder, "materials.csv", 5, "person", "邻居")
    spoil(folder, "villages.csv", 3, "population", "很多")
    assert {
        ("items.csv", 2, "office"),
        ("materials.csv", 5, "person"),
        ("villages.csv", 3, "population"),
    } <= places(folder)


def test_a_row_with_a_cell_too_many_is_told_and_the_others_are_read(folder):
    lines = _lines(folder, "villages.csv")
    (folder / "villages.csv").write_text(
        "\n".join([lines[0], lines[1] + ",多了", *lines[2:]]), encoding="utf-8"
    )
    read = read_folder(folder)
    assert [(fault.file, fault.row) for fault in read.faults] == [("villages.csv", 2)]
    assert len(read.villages) == 14


@pytest.mark.parametrize("write", ["gone", "empty", "gbk", "header", "quotes"])
def test_a_file_that_cannot_be_read_is_told(folder, write):
    path = folder / "bundles.csv"
    text = path.read_text(encoding="utf-8")
    {
        "gone": path.unlink,
        "empty": lambda: path.write_text(""),
        "gbk": lambda: path.write_bytes(text.encode("gbk")),
        "header": lambda: path.write_text(text.replace("intro", "简介", 1), encoding="utf-8"),
        "quotes": lambda: path.write_text(text + '"school2,没有关上', encoding="utf-8"),
    }[write]()
    assert {file for file, _, _ in places(folder)} == {"bundles.csv"}


def _lines(folder: Path, file: str) -> list[str]:
    return (folder / file).read_text(encoding="utf-8").splitlines()


@pytest.fixture
def new_town(db):
    with towns.within(a_town()) as _:
        people.found_places(offices=the_town().offices, villages=the_town().villages, by=None)
        yield
    queries.forget()


def test_what_is_loaded_reads_back_as_it_was_written(new_town):
    load(folder=the_town(), proposed_by=a_clerk("editor"), published_by=a_clerk("publisher"))
    read = queries.published()
    assert list(read) == list(the_items())
    for code, item in read.items():
        written = the_items()[code]
        assert {**vars(item), "version_id": 0} == vars(written)
    assert [event.key for event in queries.life_events()] == [bundle.key for bundle in the_town().bundles]
    assert queries.life_events()[0].codes == the_town().bundles[0].codes
    (told,) = trail.told_of(towns.current(), kinds=["catalog.loaded"])
    assert told.sentence == "装入事项目录：106个事项、13个一件事"


def test_with_one_fault_nothing_is_loaded(new_town, folder):
    spoil(folder, "bundles.csv", 2, "item_codes", "SB-001;SB-999")
    with pytest.raises(Refused) as refused:
        load(folder=read_folder(folder), proposed_by=a_clerk("editor"), published_by=a_clerk("publisher"))
    assert refused.value.code == "catalogue_faulty" and "SB-999" in refused.value.facts["faults"][0]
    assert not (ServiceItem.objects.exists() or ItemVersion.objects.exists() or LifeEvent.objects.exists())


def test_nobody_publishes_the_catalogue_they_proposed(new_town):
    clerk = a_clerk()
    with pytest.raises(Refused) as refused:
        load(folder=the_town(), proposed_by=clerk, published_by=clerk)
    assert refused.value.code == "own_proposal"


def test_a_town_that_has_its_catalogue_is_not_loaded_over(dawei):
    with pytest.raises(Refused) as refused:
        load(folder=the_town(), proposed_by=cast.staff("editor"), published_by=cast.staff("publisher"))
    assert refused.value.code == "catalogue_present"
    assert len(queries.published()) == 106


def test_the_promises_of_the_town_are_about_half_of_the_law(dawei):
    promised = [item for item in queries.published().values() if item.mode == "promised"]
    assert len(promised) == 83
    mean = sum(item.promised_workdays / item.statutory_workdays for item in promised) / len(promised)
    assert round(mean, 3) == 0.459


def test_the_checklist_from_the_database_is_that_of_the_files(dawei):
    answers = {"proxy": "替别人办"}
    from_rows = checklist(queries.by_codes(["MZ-010", "MZ-008"]), answers)
    from_files = checklist([the_items()["MZ-010"], the_items()["MZ-008"]], answers)
    assert from_rows.materials == from_files.materials and from_rows.fields == from_files.fields

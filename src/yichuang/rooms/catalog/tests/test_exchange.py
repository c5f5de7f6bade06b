"""Workbook and CSV: what goes out comes in as it was; what does not fit is named by sheet, row and column."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference

from yichuang.rooms.catalog.loading import (
    BundleRow,
    HourRow,
    TownFolder,
    VillageRow,
    WindowRow,
    csv_zip,
    read_upload,
)
from yichuang.rooms.catalog.loading import uploads as uploads_of
from yichuang.rooms.catalog.loading.headings import NAMES, SHEETS, headings
from yichuang.rooms.catalog.loading.workbook_writing import template, workbook
from yichuang.rooms.catalog.loading.writing import csv_files, write_folder
from yichuang.rooms.catalog.rules import FieldSpec, PrecheckSpec
from yichuang.rooms.catalog.terms import LISTING
from yichuang.rooms.catalog.tests.make import DAWEI, a_paper, an_item, the_items, the_town


def a_small_town(**changes) -> TownFolder:
    """Three items of 大圩镇 and its places: quick to write and to read."""
    items = tuple(the_items()[code] for code in ("SB-001", "SB-002", "MZ-010"))
    town = replace(
        the_town(), items=items, bundles=(BundleRow("two", "两件事", "一起办", ("SB-001", "SB-002")),)
    )
    return replace(town, **changes)


def spoiled(spoil, town: TownFolder | None = None) -> list[str]:
    """The faults of the small town's workbook after something was done to it in a spreadsheet."""
    book = load_workbook(io.BytesIO(workbook(town or a_small_town())))
    spoil(book)
    return faults(saved(book))


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def faults(content: bytes) -> list[str]:
    return [str(fault) for fault in read_upload(content).faults]


def put(sheet: str, place: str, value):
    def spoil(book):
        book[sheet][place] = value
        if not isinstance(value, str):
            book[sheet][place].number_format = {
                date: "yyyy-mm-dd",
                datetime: "yyyy-mm-dd",
                time: "hh:mm",
            }.get(type(value), "General")

    return spoil


def test_the_demo_towns_files_come_out_byte_for_byte(tmp_path):
    write_folder(the_town(), tmp_path)
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert written == {file.name: file.read_bytes() for file in DAWEI.glob("*.csv")}


@pytest.mark.parametrize("write", [workbook, csv_zip])
def test_the_demo_town_comes_in_as_it_went_out_and_goes_out_the_same(write):
    first = write(the_town())
    read = read_upload(first)
    assert read == the_town()
    assert write(read) == first


SIGNS = st.sampled_from("=+-@'\"，,;>甲乙丙 \t\n&<_x0041_é🏮09aZ|/\\%")
TEXT = st.text(SIGNS, min_size=1, max_size=12).filter(lambda text: text == text.strip())
ITEM_TEXT = TEXT.filter(lambda text: ";" not in text)


@st.composite
def small_catalogues(draw) -> TownFolder:
    """A town with texts nobody would write, among them all that a spreadsheet would run."""
    count = draw(st.integers(1, 4))
    names = draw(st.lists(TEXT, min_size=count, max_size=count, unique=True))
    papers = draw(st.lists(ITEM_TEXT, min_size=1, max_size=4, unique=True))
    items = []
    for place, name in enumerate(names, start=1):
        chosen = draw(st.lists(st.sampled_from(papers), min_size=1, max_size=3, unique=True))
        answers = ("甲", "=乙")
        items.append(
            replace(
                an_item(
                    f"XX-{place:03}",
                    *(a_paper(paper, notes=f"={paper}", accepts=(paper,)) for paper in chosen),
                ),
                name=name,
                condition=draw(TEXT),
                legal_basis=draw(TEXT),
                aliases=tuple(draw(st.lists(ITEM_TEXT, min_size=1, max_size=3, unique=True))),
                fields=(FieldSpec("f1", "=栏目", "text", (), True, "applicant", "@提示", "-示例", "", "30"),),
                prechecks=(PrecheckSpec("+问题", answers, ("=乙",), (), "'为什么", "-那样办"),),
                mistakes=tuple(draw(st.lists(TEXT, max_size=2))),
                name_en=(english := draw(st.sampled_from(["", "+Name"]))),
                summary_en=english and "=Summary",
                listing=tuple((key, draw(TEXT)) for key in list(LISTING)[:: draw(st.integers(3, 9))]),
                baseline=replace(
                    the_items()["SB-001"].baseline, visits=9, offices=9, materials=99, workdays=99
                ),
            )
        )
    codes = tuple(item.code for item in items)
    return replace(
        the_town(),
        items=tuple(items),
        bundles=(BundleRow("all", draw(TEXT), draw(TEXT), codes),) if count > 1 else (),
        villages=(VillageRow("V1", draw(TEXT), 1, 2, Decimal("3.0")),),
        windows=(WindowRow(1, draw(TEXT), ("SB",), (), draw(TEXT)),),
        hours=(HourRow(0, time(8, 30), time(12)),),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(small_catalogues())
def test_any_catalogue_comes_in_as_it_went_out_and_goes_out_the_same(town):
    for write in (workbook, csv_zip):
        first = write(town)
        read = read_upload(first)
        assert read.faults == () and read == town
        assert write(read) == first


def test_no_cell_that_goes_out_is_run_by_a_spreadsheet():
    risky = replace(
        the_items()["SB-001"],
        condition='=HYPERLINK("http://a")',
        legal_basis="@SUM(1)",
        fee="-1",
        result="+1",
    )
    town = a_small_town(items=(risky,), bundles=())
    for row in csv_files(town)["items.csv"].decode().splitlines()[1:]:
        assert "'=HYPERLINK" in row and "'@SUM" in row and "'-1" in row and "'+1" in row
    sheet = load_workbook(io.BytesIO(workbook(town)))["事项"]
    cells = {cell.value: cell for cell in sheet[2]}
    for text in (risky.condition, risky.legal_basis, risky.fee, risky.result):
        assert cells[text].data_type == "s" and cells[text].quotePrefix and cells[text].number_format == "@"
    assert read_upload(workbook(town)).items == read_upload(csv_zip(town)).items == (risky,)


def test_the_workbook_keeps_its_headings_in_sight_and_every_cell_is_text():
    book = load_workbook(io.BytesIO(workbook(a_small_town())))
    assert book.sheetnames == list(NAMES.values())
    for file, sheet in zip(SHEETS, book, strict=True):
        assert sheet.freeze_panes == "B2"
        assert [cell.value for cell in sheet[1]] == list(headings(file).values())
        assert len(set(headings(file).values())) == len(SHEETS[file])
        assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}


def test_the_template_says_how_to_fill_in_each_column_and_is_taken_as_it_is():
    book = load_workbook(io.BytesIO(template()))
    told = {(row[0].value, row[1].value) for row in book["怎么填"].iter_rows(min_row=2)}
    assert {(NAMES[file], heading) for file in SHEETS for heading in headings(file).values()} <= told
    assert template() == template()
    read = read_upload(template())
    assert (read.items, [str(fault) for fault in read.faults]) == ((), ["事项：没有一个事项，请至少填一行"])


def test_what_a_spreadsheet_saved_anew_reads_the_same():
    book = load_workbook(io.BytesIO(workbook(a_small_town())))
    assert read_upload(saved(book)) == a_small_town()


def test_columns_and_sheets_may_stand_in_another_order_and_empty_rows_between():
    book = load_workbook(io.BytesIO(workbook(a_small_town())))
    book.move_sheet("部门", -5)
    sheet = book["材料"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    random.Random(4).shuffle(order := list(range(len(rows[0]))))
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append([row[place] for place in order])
    sheet.insert_rows(3)
    assert read_upload(saved(book)) == a_small_town()


def test_a_number_is_as_good_as_text_where_a_count_is_meant():
    def spoil(book):
        book["材料"]["B2"] = 1
        book["村"]["D2"] = 0.3
        book["窗口"]["A2"] = 1

    assert spoiled(spoil) == []


def draw_a_chart(book):
    chart = BarChart()
    chart.add_data(Reference(book["村"], min_col=3, min_row=1, max_row=5))
    book.create_chartsheet("图").add_chart(chart)


WRONG = [
    (put("事项", "B2", 5), "事项 第 2 行 “事项名称”列：这一格是数字格式，请改成文本"),
    (put("填写说明", "D2", date(2026, 11, 24)), "填写说明 第 2 行 “最小”列：这一格是日期格式，请改成文本"),
    (put("开放时间", "B2", time(8, 30)), "开放时间 第 2 行 “开门”列：这一格是日期格式，请改成文本"),
    (put("事项", "S2", "=1+1"), "事项 第 2 行 “收费”列：这一格是公式，请改成文本"),
    (put("事项", "S3", "#REF!"), "事项 第 3 行 “收费”列：这一格是错误值，请改成文本"),
    (put("事项", "L2", True), "事项 第 2 行 “可全程不见面”列：这一格是 TRUE 或 FALSE，请改成文本"),
    (put("事项", "AZ2", "多的"), "事项 第 2 行 “AZ”列：这一列没有表头"),
    (put("事项", "A3", "SB-001"), "事项 第 3 行 “事项编码”列：这个编码“SB-001”和第 2 行重复"),
    (put("事项", "D2", "XX"), "事项 第 2 行 “主办部门代码”列：“部门”表里没有部门“XX”"),
    (put("材料", "A2", "SB-999"), "材料 第 2 行 “事项编码”列：“事项”表里没有事项“SB-999”"),
    (put("材料", "A1", "编码"), "材料 第 1 行 “编码”列：表头里有不认识的列"),
    (put("材料", "A1", "编码"), "材料 第 1 行 “事项编码”列：表头缺少这一列"),
    (lambda book: book["材料"].merge_cells("D2:D3"), "材料 第 2 行 “谁的”列：D2:D3 合并了单元格，请取消合并，每格各填各的"),
    (lambda book: book.remove(book["部门"]), "部门：缺少这张表"),
    (lambda book: book.create_sheet("Sheet1"), "Sheet1：不认识这张表，请删掉或者把名字改对"),
    (draw_a_chart, "图：不认识这张表，请删掉或者把名字改对"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "told"), WRONG)
def test_what_does_not_fit_is_told_by_sheet_row_and_heading(spoil, told):
    assert told in spoiled(spoil)


def test_a_cell_that_is_no_text_has_that_one_fault():
    assert spoiled(put("事项", "B2", 5)) == ["事项 第 2 行 “事项名称”列：这一格是数字格式，请改成文本"]


def test_one_merged_cell_is_one_fault_however_many_rows_name_the_same_paper():
    (told,) = spoiled(lambda book: book["材料"].merge_cells("E5:E6"), the_town())
    assert told.startswith("材料 第 5 行 “形式”列：E5:E6 合并了")


def test_hidden_rows_and_sheets_are_read_and_that_is_said():
    book = load_workbook(io.BytesIO(workbook(a_small_town())))
    book["材料"].row_dimensions[2].hidden = book["材料"].row_dimensions[3].hidden = True
    book["村"].sheet_state = "hidden"
    read = read_upload(saved(book))
    assert read.items == a_small_town().items
    assert read.notes == ("“材料”表有 2 行是隐藏的，也读了", "“村”表是隐藏的，也读了")


def packed(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_bomb() -> bytes:
    return packed(**{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (101 << 20)})


def hostile() -> bytes:
    """A workbook whose strings are entities of entities."""
    entities = b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"lol") for n in range(9)
    )
    with zipfile.ZipFile(io.BytesIO(workbook(a_small_town()))) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    sheet = entries["xl/worksheets/sheet1.xml"].replace(b"<sheetData>", b"<sheetData><!-- -->", 1)
    entries["xl/worksheets/sheet1.xml"] = b"<!DOCTYPE worksheet [" + entities + b"]>" + sheet
    return packed(**entries)


def cut() -> bytes:
    return workbook(a_small_town())[:-2000]


def with_a_broken_sheet() -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook(a_small_town()))) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries["xl/worksheets/sheet2.xml"] = entries["xl/worksheets/sheet2.xml"][:500]
    return packed(**entries)


UNREADABLE = [
    (lambda: b"", "文件是空的"),
    (lambda: b"PK" + bytes(20 << 20), "有 21 MB，最多 20 MB"),
    (lambda: bytes(100 << 20), "有 100 MB，最多 20 MB"),
    (a_bomb, "展开有 101 MB"),
    (lambda: packed(**{f"xl/{n}.xml": b"" for n in range(2001)}), "2001 个部分"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "加了密码，或者是旧的 .xls"),
    (lambda: b"%PDF-1.7", "不是工作簿"),
    (lambda: packed(**{"word/document.xml": b"<a/>"}), "不是工作簿"),
    (lambda: packed(**{"xl/workbook.bin": b"a"}), ".xlsb 格式"),
    (cut, "文件坏了"),
    (with_a_broken_sheet, "打不开"),
    (hostile, "打不开"),
    (lambda: packed(**{"xl/workbook.xml": b"<workbook/>"}), "打不开"),
    (lambda: packed(**{"a/items.csv": b"", "b/items.csv": b""}), "两个同名的文件"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "told"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(content, told):
    (fault,) = read_upload(content()).faults
    assert told in fault.sentence


def test_a_sheet_formatted_down_to_its_last_row_is_refused_before_it_fills_the_memory(monkeypatch):
    from yichuang.rooms.catalog.loading import workbook_reading

    monkeypatch.setattr(workbook_reading, "MOST_ROWS", 40)
    (fault,) = read_upload(workbook(a_small_town())).faults
    assert "超过 40 行" in fault.sentence


def test_a_row_far_below_is_read_without_the_gap():
    book = load_workbook(io.BytesIO(workbook(a_small_town())))
    row = [cell.value for cell in book["村"][2]]
    book["村"].delete_rows(2)
    for column, value in enumerate(row, start=1):
        book["村"].cell(1_048_576, column, value)
    read = read_upload(saved(book))
    assert read.faults == () and len(read.villages) == 15


def test_a_zip_of_csv_files_may_hold_a_folder_and_what_a_mac_packs_along():
    files = {f"大圩镇/{name}": content for name, content in csv_files(the_town()).items()}
    content = packed(**files, **{"__MACOSX/大圩镇/._items.csv": b"\0", "大圩镇/说明.md": b"#"})
    assert read_upload(content) == the_town()


def test_an_unknown_csv_file_is_named():
    content = packed(**csv_files(the_town()), **{"mistake.csv": b"item_code,seq,mistake\n"})
    assert faults(content) == ["mistake.csv：不认识这个文件"]


def test_the_kind_is_told_by_what_is_inside():
    assert uploads_of.kind_of(workbook(a_small_town())) == uploads_of.XLSX
    assert uploads_of.kind_of(csv_zip(a_small_town())) == uploads_of.ZIP


def test_a_file_is_held_against_the_items_that_stay():
    beside = the_items()
    alone = replace(the_items()["SB-001"], code="SB-901")
    told = [
        str(each)
        for each in read_upload(workbook(a_small_town(items=(alone,), bundles=())), beside=beside).faults
    ]
    assert any("“事项名称”列" in each and "“居民养老参保”里重复" in each for each in told), told
    changed = replace(
        alone, name="另一个名称", materials=(replace(alone.materials[0], form="copy"),), questions=()
    )
    told = [
        str(each)
        for each in read_upload(workbook(a_small_town(items=(changed,), bundles=())), beside=beside).faults
    ]
    assert any("“形式”列" in each for each in told), told


def test_a_bare_workbook_of_somebody_else_is_told_what_lacks():
    book = Workbook()
    told = faults(saved(book))
    assert "Sheet：不认识这张表，请删掉或者把名字改对" in told and "事项：缺少这张表" in told

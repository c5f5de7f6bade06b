"""导入、导出的页面：先检查，再对比，再导入；传错的列出来，什么都不留下。"""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests import cast
from yichuang.ground import towns
from yichuang.ground.models import StoredFile
from yichuang.ground.tests.make import a_town
from yichuang.ground.towns import Town
from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.loading import csv_zip
from yichuang.rooms.catalog.loading.workbook_writing import workbook
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.catalog.tests.make import the_items, the_town
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.people.actions import Employment, employ
from yichuang.rooms.people.tests.make import PASSWORD

KEYS = itertools.count()
IMPORT, EXPORT = "/office/catalog/import/", "/office/catalog/export/"


@pytest.fixture
def editor(dawei):
    queries.forget()
    yield cast.sign_in_as(Client(), cast.staff("editor"))
    queries.forget()


def a_changed_town():
    items = tuple(
        replace(item, fee="工本费 5 元") if item.code == "SB-002" else item for item in the_town().items
    )
    return replace(the_town(), items=items)


def hand_in(browser, content: bytes, name: str = "目录.xlsx"):
    key = f"file-{next(KEYS)}"
    return browser.post(IMPORT, {"file": SimpleUploadedFile(name, content), "client_key": key})


def looked_at(browser, content: bytes) -> tuple[str, str, str]:
    """Address of the comparison, its page, and the sign in its form."""
    answer = hand_in(browser, content)
    assert answer.status_code == 302, answer.content.decode()
    page = browser.get(answer["Location"]).content.decode()
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    return answer["Location"], page, found[1] if found else ""


def test_the_page_says_how_and_has_a_template(editor):
    page = editor.get(IMPORT).content.decode()
    assert "template.xlsx" in page and "不要合并单元格" in page and 'type="file"' in page
    answer = editor.get(f"{EXPORT}template.xlsx")
    assert load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "怎么填"


def test_what_was_exported_and_comes_back_asks_for_nothing(editor):
    for name in ("catalogue.xlsx", "catalogue.zip"):
        answer = editor.get(EXPORT + name)
        assert (
            "attachment" in answer["Content-Disposition"]
            and answer.content == editor.get(EXPORT + name).content
        )
        _, page, sign = looked_at(editor, answer.content)
        assert "和系统里的一样" in page and not sign
    assert not ItemVersion.objects.exclude(batch="").exists()


def test_a_change_is_shown_confirmed_and_waits_for_the_publisher(editor):
    address, page, sign = looked_at(editor, workbook(a_changed_town()))
    assert the_items()["SB-002"].fee in page and "工本费 5 元" in page
    assert not ItemVersion.objects.exclude(batch="").exists()
    answer = editor.post(address, {"seen": sign, "client_key": "k2"})
    assert answer.status_code == 302 and answer["Location"].startswith(f"{IMPORT}done/?batch=")
    page = editor.get(answer["Location"]).content.decode()
    assert "1 个事项有了新版本：待发布 1 个" in page and "/office/catalog/SB-002/2/" in page
    publisher = cast.sign_in_as(Client(), cast.staff("publisher"))
    assert "一次导入的 1 个事项" in publisher.get("/office/catalog/").content.decode()


def test_a_second_press_of_the_same_button_imports_once(editor):
    address, _, sign = looked_at(editor, csv_zip(a_changed_town()))
    first = editor.post(address, {"seen": sign, "client_key": "k3"})
    again = editor.post(address, {"seen": sign, "client_key": "k3"})
    assert first["Location"] == again["Location"]
    assert ItemVersion.objects.exclude(batch="").count() == 1
    later = editor.post(address, {"seen": sign, "client_key": "k4"})
    assert later.status_code == 409 and "SB-002" in later.content.decode()
    assert ItemVersion.objects.exclude(batch="").count() == 1


def test_a_comparison_that_is_no_longer_true_is_shown_again_before_anything_happens(editor):
    address, _, _ = looked_at(editor, workbook(a_changed_town()))
    answer = editor.post(address, {"seen": "0" * 12, "client_key": "k5"})
    assert answer.status_code == 409 and "目录又有变化" in answer.content.decode()
    assert not ItemVersion.objects.exclude(batch="").exists()


def test_faults_are_a_table_with_their_places_and_nothing_is_kept(editor):
    book = load_workbook(io.BytesIO(workbook(the_town())))
    book["事项"]["D2"], book["材料"]["D3"] = "XX", "=1+1"
    out = io.BytesIO()
    book.save(out)
    answer = hand_in(editor, out.getvalue())
    page = answer.content.decode()
    assert answer.status_code == 422 and "一行都没有导入" in page and "“目录.xlsx”" in page
    assert "“部门”表里没有部门“XX”" in page and "这一格是公式，请改成文本" in page and "谁的" in page
    assert not StoredFile.objects.filter(media_type__contains="sheet").exists()


def test_more_than_five_hundred_faults_are_counted(editor):
    items = tuple(replace(item, office="XX") for item in the_town().items)
    items = tuple(
        replace(item, materials=tuple(replace(row, person="邻居") for row in item.materials))
        for item in items
    )
    page = hand_in(editor, csv_zip(replace(the_town(), items=items)), "目录.zip").content.decode()
    assert "这里列出前 500 处" in page and page.count("<tr>") == 501


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "请先选文件"),
        (b"%PDF-1.7", "不是工作簿"),
        (b"PK\x03\x04" + bytes(21 << 20), "最多 20 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "加了密码"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(editor, content, told):
    answer = hand_in(editor, content) if content else editor.post(IMPORT, {"client_key": "k6"})
    assert answer.status_code == 422 and told in answer.content.decode()


def test_an_obstacle_is_named_and_there_is_no_button(editor):
    looked_at(editor, workbook(a_changed_town()))
    address, _, sign = looked_at(editor, workbook(a_changed_town()))
    editor.post(address, {"seen": sign, "client_key": "k7"})
    page = editor.get(address).content.decode()
    assert "还不能导入" in page and "还没有定下来" in page and 'name="seen"' not in page


def test_another_town_does_not_find_the_file(outsider):
    with towns.within(Town.objects.get(key="dawei")):
        browser = cast.sign_in_as(Client(), cast.staff("editor"))
    address, _, _ = looked_at(browser, workbook(the_town()))
    town = a_town()
    with towns.within(town):
        theirs = employ(employment=Employment("editor", "外人", ("editor",)), password=PASSWORD)
    stranger = cast.sign_in_as(Client(HTTP_HOST=f"{town.key}.localhost"), theirs)
    assert stranger.get(address).status_code == 404 and stranger.post(address).status_code == 404
    assert browser.get(address).status_code == 200


def test_a_new_town_gets_its_places_and_its_items_in_two_persons_hands(outsider):
    town = a_town()
    with towns.within(town):
        editor, publisher = (
            employ(employment=Employment(username=role, name=role, roles=(role,)), password=PASSWORD)
            for role in ("editor", "publisher")
        )
    browser = cast.sign_in_as(Client(HTTP_HOST=f"{town.key}.localhost"), editor)
    address, page, sign = looked_at(browser, workbook(the_town()))
    assert "新 106 个事项" in page
    answer = browser.post(address, {"seen": sign, "client_key": "k8"})
    assert answer.status_code == 302, answer.content.decode()
    batch = answer["Location"].split("=")[-1]
    second = cast.sign_in_as(Client(HTTP_HOST=f"{town.key}.localhost"), publisher)
    answer = second.post("/office/catalog/publish/", {"batch": batch, "client_key": "k9"})
    assert answer.status_code == 302, answer.content.decode()
    with towns.within(town):
        queries.forget()
        assert ServiceItem.objects.count() == len(queries.published()) == 106 and len(hall.windows()) == 8
    queries.forget()

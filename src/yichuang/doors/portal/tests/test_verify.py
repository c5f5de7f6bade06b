"""查验结果真假。"""

from __future__ import annotations

import pytest

from yichuang.rooms.cases.tests import make

from .after import a_result, nobody, shown


@pytest.fixture
def town(db):
    with make.in_a_town() as town:
        yield town


@pytest.fixture
def result(town):
    return a_result()


def test_a_genuine_result_is_shown_with_what_is_needed_to_compare(town, result):
    page = shown(nobody(town), f"/verify/{result.check_code}")
    assert "这份结果是大圩镇为民服务中心发出的" in page
    for told in (result.title, result.number, "李*", "2026年11月23日", result.check_code, "店招设置备案"):
        assert told in page
    for place in range(0, 64, 8):
        assert result.digest[place : place + 8] in page


def test_it_names_nobody_and_gives_no_file(town, result):
    page = shown(nobody(town), f"/verify/{result.check_code}")
    for personal in ("李桂芳", "13900000001", str(result.item.case.applicant.id_number), "/files/"):
        assert personal not in page


def test_demo_results_say_that_they_are_no_evidence(town, result):
    assert "不作凭据" in shown(nobody(town), f"/verify/{result.check_code}")


@pytest.mark.parametrize(
    "writing", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")]
)
def test_a_code_is_found_as_people_type_it(town, result, writing):
    assert result.number in shown(nobody(town), f"/verify/{writing(result.check_code)}")
    answer = nobody(town).get("/verify/", {"code": writing(result.check_code)})
    assert answer["Location"] == f"/verify/{result.check_code}"


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC-DDDD", "x", "中文", "a%00b", "Z" * 80])
def test_an_unknown_code_is_not_genuine_and_says_what_to_do(town, code):
    page = shown(nobody(town), f"/verify/{code}", 404)
    assert "没有用这个查验码发过结果" in page and "请不要采信" in page and "0551-63000103" in page
    assert "查到了" not in page


def test_another_towns_result_is_not_ours(db):
    with make.in_a_town():
        code = a_result().check_code
    with make.in_a_town() as other:
        assert "没有用这个查验码发过结果" in shown(nobody(other), f"/verify/{code}", 404)


def test_the_empty_form_asks(town):
    page = shown(nobody(town), "/verify/")
    assert "这份结果是真的吗" in page and "请不要采信" not in page


def test_a_strange_code_in_the_form_is_not_genuine(town):
    assert nobody(town).get("/verify/", {"code": "！"}).status_code == 404

"""出件：numbered, typeset, and checkable by anybody who holds it."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from yichuang.ground import files, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases.tests import make
from yichuang.rooms.issuing import actions, papers, queries, rules
from yichuang.rooms.issuing.models import Result


def issued(*codes):
    case = make.granted(*codes)
    return case, actions.issue(case=case, by=case.opened_by)


def text_of(result) -> str:
    pages = pypdf.PdfReader(io.BytesIO(files.content_of(result.document))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def test_every_granted_item_gets_its_own_result(hall):
    case, results = issued(make.CARD, make.SHOP)
    assert [result.number for result in results] == ["R20261123-0001", "R20261123-0002"]
    assert [result.title for result in results] == ["老年人优待证", "店招设置备案确认书"]
    assert {item.status for item in case.items.all()} == {"issued"}


def test_the_paper_carries_its_number_its_code_and_the_demo_mark(hall):
    case, (result,) = issued(make.CARD)
    text = text_of(result)
    for said in (
        result.number,
        result.check_code.replace("-", "-"),
        case.applicant.name,
        case.number,
        "演示数据",
        "演示用章",
    ):
        assert said in text, said
    assert case.applicant.id_number not in text
    assert result.digest == result.document.digest


def test_an_item_still_under_review_is_not_issued(hall):
    case = make.accepted(make.CARD, make.ELDER)
    (result,) = actions.issue(case=case, by=case.opened_by)
    assert result.item.code == make.CARD
    with pytest.raises(Refused, match="wrong_moment"):
        actions.issue(case=case, by=case.opened_by)
    make.agree_all(case)
    assert [each.item.code for each in actions.issue(case=case, by=case.opened_by)] == [make.ELDER]


def test_issuing_twice_is_a_wrong_moment_and_makes_nothing(hall):
    case, _ = issued(make.CARD)
    with pytest.raises(Refused, match="wrong_moment"):
        actions.issue(case=case, by=case.opened_by)
    assert Result.objects.count() == 1


def test_anybody_who_holds_the_code_may_check_it_however_they_type_it(hall):
    _, (result,) = issued(make.CARD)
    for typed in (result.check_code, result.check_code.lower(), f" {result.check_code.replace('-', ' ')} "):
        assert queries.by_check_code(typed) == result
    checked = queries.checked(result.check_code)
    assert (checked.holder, checked.number, checked.digest) == ("李*", result.number, result.digest)
    assert checked.is_demo


def test_a_code_that_was_never_given_finds_nothing(hall):
    with pytest.raises(Refused) as refused:
        queries.by_check_code("2222-2222-2222-2222")
    assert (refused.value.code, refused.value.status) == ("check_code_unknown", 404)


def test_check_codes_cannot_be_guessed_from_one_another(hall):
    _, results = issued(make.CARD, make.SHOP)
    codes = [result.check_code for result in results]
    assert all(re.fullmatch(rf"([{rules.SIGNS}]{{4}}-){{3}}[{rules.SIGNS}]{{4}}", code) for code in codes)
    assert sum(a == b for a, b in zip(*codes, strict=True)) < 14


def test_another_town_neither_sees_nor_checks_it(db):
    with make.in_a_town():
        _, (result,) = issued(make.CARD)
    with make.in_a_town():
        with pytest.raises(Refused, match="check_code_unknown"):
            queries.by_check_code(result.check_code)
        with pytest.raises(Refused, match="result_unknown"):
            queries.by_number(result.number, staff=make.a_clerk())


def test_it_is_told_once(hall):
    case, (result,) = issued(make.CARD)
    event = trail.told_of(case)[-1]
    assert (event.kind, event.facts["results"]) == ("issuing.issued", [result.number])
    assert event.sentence == "出件：老年人优待证办理"


@pytest.mark.parametrize(
    ("result", "kind", "title"),
    [
        ("老年人优待证（电子或实体）", "certificate", "老年人优待证"),
        ("高龄津贴发放名单", "payment", "高龄津贴发放名单"),
        ("农机购置与应用补贴资金", "payment", "办理结果通知书"),
        ("光荣牌", "certificate", "办理结果通知书"),
        ("无", "none", "办结通知书"),
    ],
)
def test_a_paper_is_called_by_its_own_name_where_the_result_is_a_paper(result, kind, title):
    assert papers.title_of(make.a_spec("MZ-099", "某事项", result=result, result_kind=kind)) == title

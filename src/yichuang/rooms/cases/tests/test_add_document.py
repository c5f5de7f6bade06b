"""收材料：a paper settles its line of the checklist, by its own name or as one taken instead."""

from __future__ import annotations

import pytest

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.actions import Paper
from yichuang.rooms.cases.tests import make


def names(case):
    return [needed.name for needed in queries.missing_of(case)]


def add(case, *paper, by=None, **more):
    return actions.add_document(case=case, paper=Paper(*paper, **more), by=by or case.opened_by)


def test_a_paper_that_is_there_is_not_missing(hall):
    case = make.opened()
    document = add(case, "居民户口簿", "申请人", make.a_file(), name="户口簿.pdf", pages=2)
    assert (document.file.media_type, document.pages, document.received_by) == (
        "application/pdf",
        2,
        case.opened_by,
    )
    assert "居民户口簿" not in names(case)


def test_the_window_may_look_at_an_original_and_give_it_back(hall):
    case = make.opened()
    assert add(case, "居民身份证").person == "申请人"
    assert "居民身份证" not in names(case)


def test_a_resident_must_send_a_file(hall):
    case = make.opened()
    with pytest.raises(Refused, match="paper_missing"):
        add(case, "居民身份证", by=case.applicant)


@pytest.mark.parametrize("brought", ["电子身份证", "临时身份证", "临时身份证(有效期内)"])
def test_a_paper_taken_instead_settles_the_same_line(hall, brought):
    case = make.opened()
    document = add(case, brought)
    assert (document.material, document.instead) == ("居民身份证", brought)
    assert "居民身份证" not in names(case)


def test_the_same_paper_of_two_people_is_two_papers(hall):
    case = make.opened(proxy=make.a_proxy(), answers={})
    add(case, "居民身份证", "代办人")
    assert {needed.document for needed in queries.missing_of(case)} >= {("居民身份证", "申请人")}
    assert ("居民身份证", "代办人") not in {needed.document for needed in queries.missing_of(case)}


def test_one_of_several_alternatives_settles_them_all(hall):
    case = make.opened(make.SHOP)
    assert names(case) == ["居民身份证", "不动产权证书", "租赁合同"]
    add(case, "租赁合同")
    assert names(case) == ["居民身份证"]


def test_a_paper_of_no_list_is_refused_with_the_list(hall):
    with pytest.raises(Refused) as refused:
        add(make.opened(), "小学毕业证")
    assert refused.value.code == "material_unknown"
    assert "居民户口簿" in refused.value.next


def test_a_deferred_paper_is_still_taken_after_acceptance_and_none_after_the_end(hall):
    case = make.accepted(make.CARD, make.ELDER)
    add(case, "居民户口簿")
    make.agree_all(case)
    with pytest.raises(Refused, match="papers_settled"):
        add(case, "居民户口簿")


def test_it_is_told_once(hall):
    case = make.opened()
    add(case, "居民户口簿")
    assert [event.sentence for event in trail.told_of(case)][1:] == ["收到材料：居民户口簿"]

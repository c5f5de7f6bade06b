"""打开签批单：what is shown is fixed from that moment."""

from __future__ import annotations

from hashlib import sha256

import pytest

from yichuang.ground import files, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions as cases
from yichuang.rooms.cases.tests.make import ELDER, a_clerk, a_head, a_reviewer, agree, open_task
from yichuang.rooms.signing import actions, queries
from yichuang.rooms.signing.tests import make
from yichuang.rooms.signing.tests.make import text_of


def test_the_digest_is_that_of_the_paper_itself(hall):
    _, signing, _ = make.shown()
    assert signing.status == "shown"
    assert sha256(files.content_of(signing.document)).hexdigest() == signing.digest


def test_the_words_on_the_screen_stand_at_the_end_of_the_paper(hall):
    _, signing, _ = make.shown()
    words = signing.words.split("　")
    assert len(words) == 6
    assert text_of(signing.document).endswith(
        "".join(words) + "演示数据，不作办事凭据20261123-0001第1页，共1页"
    )


def test_it_shows_what_the_village_is_to_confirm_and_no_number_in_full(hall):
    task, signing, _ = make.shown(make.a_task(ELDER))
    text = text_of(signing.document)
    case = task.item.case
    for said in (
        "磨滩村初审",
        "高龄津贴申领",
        case.applicant.name,
        "金葡萄家园12栋301",
        "您是替别人办的吗？我自己办",
        "居民户口簿",
    ):
        assert said in text, said
    assert case.applicant.id_number not in text and "6217001234567890123" not in text


def test_opening_again_shows_the_same_paper_and_tells_nothing_new(hall):
    task, signing, head = make.shown()
    cases.add_document(case=task.item.case, paper=cases.Paper("租赁合同"), by=a_clerk())
    before = len(trail.told_of(task.item.case))
    assert actions.open_task(task=task, by=head) == signing
    assert actions.open_task(task=task, by=a_head()).digest == signing.digest
    assert len(trail.told_of(task.item.case)) == before


def test_two_cases_have_different_words(hall):
    assert make.shown()[1].words != make.shown()[1].words


@pytest.mark.parametrize("stranger", [lambda: a_head("V05"), lambda: a_reviewer("MZ"), lambda: a_clerk()])
def test_for_another_village_it_is_not_there(hall, stranger):
    with pytest.raises(Refused) as refused:
        actions.open_task(task=make.a_task(), by=stranger())
    assert (refused.value.code, refused.value.status) == ("task_unknown", 404)


def test_an_office_task_is_no_paper_to_sign(hall):
    task = make.a_task(ELDER)
    agree(task)
    with pytest.raises(Refused, match="task_unknown"):
        actions.open_task(task=open_task(task.item.case, "MZ"), by=a_reviewer("MZ"))


def test_what_was_decided_another_way_is_not_opened(hall):
    task = make.a_task(ELDER)
    agree(task)
    with pytest.raises(Refused, match="wrong_moment"):
        actions.open_task(task=task, by=a_head())


def test_the_tray_of_the_village_holds_it_and_no_other_tray_does(hall):
    task = make.a_task()
    assert list(queries.in_tray(a_head("V04"))) == [task]
    assert list(queries.in_tray(a_head("V05"))) == []
    assert list(queries.in_tray(a_reviewer("MZ"))) == []
    assert queries.signing_of(task) is None


def test_it_is_told_with_its_digest(hall):
    task, signing, _ = make.shown()
    event = trail.told_of(task.item.case)[-1]
    assert (event.kind, event.facts["digest"]) == ("signing.shown", signing.digest)
    assert event.sentence == "磨滩村打开签批单：农村承包地流转备案"

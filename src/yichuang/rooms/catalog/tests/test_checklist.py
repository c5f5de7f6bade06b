"""这位居民要带什么：the seven rules of the checklist, one by one and over all 106 items."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yichuang.rooms.catalog.rules import (
    FieldSpec,
    ItemSpec,
    QuestionSpec,
    brought_by_resident,
    checklist,
    may_follow,
    missing,
)
from yichuang.rooms.catalog.tests.make import a_paper, an_item, the_items

PROXY = QuestionSpec("proxy", "您是替别人办的吗？", ("我自己办", "替别人办"), ("替别人办",))
RELATIVE_CARD = a_paper(person="代办人", condition_key="proxy", condition_text="由他人代办时")


def names(needed) -> list[tuple[str, str]]:
    return [each.document for each in needed]


def test_the_same_paper_of_the_same_person_is_brought_once():
    listed = checklist([an_item("A-1", a_paper()), an_item("A-2", a_paper())], {})
    assert names(listed.materials) == [("居民身份证", "申请人")]
    assert listed.materials[0].items == ("A-1", "A-2")


def test_two_persons_cards_are_two_documents():
    listed = checklist([an_item("A-1", a_paper()), an_item("A-2", a_paper(person="配偶"))], {})
    assert len(listed.materials) == 2


def test_a_paper_that_one_item_needs_now_may_not_follow_later():
    listed = checklist([an_item("A-1", a_paper(need="deferrable")), an_item("A-2", a_paper())], {})
    assert [each.need for each in listed.materials] == ["required"]


def test_only_what_every_item_takes_instead_may_stand_in():
    card, old_card = (
        a_paper(accepts=("电子身份证", "临时身份证")),
        a_paper(accepts=("电子身份证", "过期的身份证")),
    )
    listed = checklist([an_item("A-1", card), an_item("A-2", old_card)], {})
    assert listed.materials[0].accepts == ("电子身份证",)


def test_a_condition_holds_only_when_its_answer_is_given():
    item = an_item("A-1", a_paper(), RELATIVE_CARD, questions=(PROXY,))
    unanswered = checklist([item], {})
    assert len(unanswered.materials) == 1 and names(unanswered.possible) == [("居民身份证", "代办人")]
    assert [asked.key for asked in unanswered.unanswered] == ["proxy"]
    own, other = checklist([item], {"proxy": "我自己办"}), checklist([item], {"proxy": "替别人办"})
    assert len(own.materials) == 1 and not own.possible and not own.unanswered
    assert other.materials[1].why == "由他人代办时"


def test_an_answer_that_is_not_offered_counts_as_none():
    listed = checklist([an_item("A-1", RELATIVE_CARD, questions=(PROXY,))], {"proxy": "也许"})
    assert [asked.key for asked in listed.unanswered] == ["proxy"]


def test_one_question_with_two_keys_is_asked_once_and_settles_both():
    items = [the_items()["NY-003"], the_items()["NY-009"]]
    both = [
        asked for asked in checklist(items, {}).questions if asked.question == "地是自家承包的还是流转来的？"
    ]
    assert len(both) == 1 and set(both[0].keys) == {"own_land", "leased_land"}
    for key in both[0].keys:
        listed = checklist(items, {key: "流转来的"})
        asked = next(each for each in listed.questions if each.key == both[0].key)
        assert asked.answer == "流转来的"
        assert "土地流转合同" in [name for name, _ in names(listed.materials)]
        assert "土地承包经营权证" not in [name for name, _ in names(listed.materials)]


def test_of_alternatives_one_suffices():
    spec = the_items()["TY-008"]
    martyr = checklist([spec], {})
    group = {each.document for each in martyr.materials if each.choice == "TY-008:martyr_cert"}
    assert len(group) == 3 and group <= set(names(missing(martyr, set())))
    for one in group:
        assert not group & set(names(missing(martyr, {one})))


def test_an_alternative_that_a_register_gives_settles_the_group():
    papers = (a_paper("不动产权证书", choice="home", source="register"), a_paper("租赁合同", choice="home"))
    item = an_item("A-1", *papers)
    assert missing(checklist([item], {}), set()) == ()


def test_a_document_another_item_needs_anyway_settles_the_group():
    papers = (a_paper("残疾人证", choice="proof"), a_paper("诊断证明书", choice="proof"))
    alone = checklist([an_item("A-1", *papers)], {})
    assert len(alone.materials) == 2 and alone.alternatives[0].key == "A-1:proof"
    together = checklist([an_item("A-1", *papers), an_item("A-2", a_paper("残疾人证"))], {})
    assert names(together.materials) == [("残疾人证", "申请人")]
    assert not together.alternatives and together.materials[0].choice == ""
    assert together.materials[0].items == ("A-1", "A-2")


def test_a_document_that_may_follow_later_leaves_the_group_open():
    """带来另一份的人，不该因为随后再补的那份被挡住。"""
    papers = (a_paper("残疾人证", choice="proof"), a_paper("诊断证明书", choice="proof"))
    later = an_item("A-2", a_paper("残疾人证", need="deferrable"))
    listed = checklist([an_item("A-1", *papers), later], {})
    assert set(names(missing(listed, set()))) == {("残疾人证", "申请人"), ("诊断证明书", "申请人")}
    have = {("诊断证明书", "申请人")}
    assert not missing(listed, have) and names(may_follow(listed, have)) == [("残疾人证", "申请人")]


def test_two_items_alternatives_do_not_mix():
    one = an_item("A-1", a_paper("甲", choice="proof"), a_paper("乙", choice="proof"))
    two = an_item("A-2", a_paper("丙", choice="proof"), a_paper("丁", choice="proof"))
    listed = checklist([one, two], {})
    assert names(missing(listed, {("甲", "申请人")})) == [("丙", "申请人"), ("丁", "申请人")]


def test_what_the_window_prints_and_a_register_gives_is_never_missing():
    made = a_paper("申请表", form="application", source="window")
    known = a_paper("就业创业证", form="electronic", source="register", copies=0)
    listed = checklist([an_item("A-1", made, known)], {})
    assert len(listed.materials) == 2 and not missing(listed, set())


def test_a_field_is_filled_in_once_and_required_if_one_item_requires_it():
    loose = FieldSpec("bank_name", "开户银行", "text", (), False, "applicant")
    strict = FieldSpec("bank_name", "开户银行", "text", (), True, "applicant")
    items = [
        ItemSpec(**{**vars(an_item(code)), "fields": (field,)})
        for code, field in (("A-1", loose), ("A-2", strict))
    ]
    assert checklist(items, {}).fields == (strict,)


def test_the_resident_is_told_what_is_shared_printed_and_may_follow():
    listed = checklist([the_items()["MZ-010"], the_items()["MZ-008"]], {})
    assert any("几件事共用" in note for note in listed.notes)
    assert any("由窗口打印" in note for note in listed.notes)


items_of_the_town = st.lists(st.sampled_from(sorted(the_items())), min_size=1, max_size=4)


@st.composite
def visits(draw):
    """Some items, some answers (given, wrong or not given), under any key of each question."""
    items = [the_items()[code] for code in draw(items_of_the_town)]
    answers = {}
    for asked in checklist(items, {}).questions:
        if answer := draw(st.sampled_from([*asked.answers, ""])):
            answers[draw(st.sampled_from(asked.keys))] = answer
    return items, answers


@settings(max_examples=300, deadline=None)
@given(visits(), st.data())
def test_who_brings_all_that_is_named_is_asked_for_nothing_more(visit, data):
    """一次告知：the second check names nothing, whichever alternative of a group was brought."""
    listed = checklist(*visit)
    have = set()
    named = missing(listed, have)
    for key in {each.choice for each in named if each.choice}:
        have.add(data.draw(st.sampled_from([each.document for each in named if key in each.choices])))
    have |= {each.document for each in named if not each.choice}
    assert missing(listed, have) == ()
    assert missing(listed, {each.document for each in named}) == ()
    assert all(brought_by_resident(each) for each in named)


@settings(max_examples=300, deadline=None)
@given(visits())
def test_each_document_and_each_question_stands_on_the_list_once(visit):
    listed = checklist(*visit)
    assert max(Counter(names(listed.materials)).values(), default=1) == 1
    assert max(Counter(names(listed.possible)).values(), default=1) == 1
    assert not set(names(listed.materials)) & set(names(listed.possible))
    assert len({(asked.question, asked.answers) for asked in listed.questions}) == len(listed.questions)
    assert len({field.key for field in listed.fields}) == len(listed.fields)


@settings(max_examples=200, deadline=None)
@given(visits())
def test_no_item_loses_a_document_when_it_is_handled_with_others(visit):
    """合在一起办，每一件要的都还在（任选其一的组至少有一份）。"""
    items, answers = visit
    together = {each.document for each in checklist(items, answers).materials}
    for item in items:
        alone = checklist([item], {key: answers[key] for key in answers})
        for needed in alone.materials:
            if not needed.choices:
                assert needed.document in together
        for group in alone.alternatives:
            assert together & set(group.documents)


@settings(max_examples=200, deadline=None)
@given(visits())
def test_the_order_of_the_items_changes_nothing_but_the_order(visit):
    items, answers = visit
    there, back = checklist(items, answers), checklist(items[::-1], answers)
    assert {(e.document, e.need, e.copies) for e in there.materials} == {
        (e.document, e.need, e.copies) for e in back.materials
    }
    assert set(names(missing(there, set()))) == set(names(missing(back, set())))


@pytest.mark.parametrize("code", sorted(the_items()))
def test_every_pair_with_another_item_agrees_with_itself(code):
    """Each of the 106 items with each other: the second check names nothing, each document once."""
    for other in the_items().values():
        listed = checklist([the_items()[code], other], {})
        assert len(set(names(listed.materials))) == len(listed.materials)
        assert missing(listed, set(names(missing(listed, set())))) == ()

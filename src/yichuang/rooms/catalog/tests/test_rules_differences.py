"""新旧对比：nothing that differs is left out, nothing that is the same is named."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.rooms.catalog.rules import (
    Baseline,
    FieldSpec,
    ItemSpec,
    PrecheckSpec,
    QuestionSpec,
    differences,
)
from yichuang.rooms.catalog.tests.make import a_paper, an_item, the_items

QUESTION = QuestionSpec("proxy", "您是替别人办的吗？", ("我自己办", "替别人办"), ("替别人办",))
FIELD = FieldSpec("age", "年龄", "number", (), True, "applicant")
PRECHECK = PrecheckSpec("满 80 岁了吗？", ("满了", "没满"), ("没满",), (), "要满 80 岁。", "满了再来。")
NEITHER_SHOWN = {"code", "version_id", "version_number"}
CHANGED = {
    "name": "另一个名字",
    "short_name": "另一个",
    "office": "CG",
    "kind": "permit",
    "audience": "both",
    "mode": "promised",
    "statutory_workdays": 9,
    "promised_workdays": 8,
    "accept_workdays": 2,
    "visits": 2,
    "no_meeting": True,
    "channels": ("window", "web"),
    "village_step": "review",
    "route": (("MZ",), ("CG",)),
    "result": "另一种凭证",
    "result_kind": "certificate",
    "result_validity": "一年",
    "fee": "收 5 元",
    "condition": "另一个条件",
    "legal_basis": "另一个依据",
    "life_events": ("婚育",),
    "aliases": ("另一种叫法",),
    "procedure": (("收件受理", 1),),
    "baseline": Baseline(3, 3, 3, 3),
    "materials": (a_paper("居民户口簿"),),
    "questions": (QUESTION,),
    "fields": (FIELD,),
    "verified": True,
    "prechecks": (PRECHECK,),
    "mistakes": ("照片不能是黑白的。",),
    "name_en": "Another name",
    "summary_en": "Another summary",
    "listing": (("basic_code", "000123"),),
}


def test_every_column_of_an_item_is_tried():
    assert set(CHANGED) == {field.name for field in fields(ItemSpec)} - NEITHER_SHOWN


@pytest.mark.parametrize("column", CHANGED)
def test_each_column_that_differs_is_named_once(column):
    old = an_item("XX-001", a_paper())
    new = replace(old, **{column: CHANGED[column]})
    found = differences(old, new)
    assert len(found) == (2 if column == "materials" else 1)
    assert all(each.before != each.after and each.what for each in found)
    assert [each.before for each in differences(new, old)] == [each.after for each in found] or len(found) > 1


def test_a_new_item_shows_all_it_says():
    said = {each.what: each.after for each in differences(None, an_item("XX-001", a_paper()))}
    assert said["名称"] == "示例事项XX-001" and said["居民身份证（申请人）"] == "原件，1 份，申请人，必需"
    assert all(not each.before for each in differences(None, an_item()))


def test_what_is_gone_and_what_is_new_stand_on_their_own_side():
    old, new = an_item("X-1", a_paper("居民户口簿")), an_item("X-1", a_paper("居民身份证"))
    found = {each.what: (bool(each.before), bool(each.after)) for each in differences(old, new)}
    assert found == {"居民户口簿（申请人）": (True, False), "居民身份证（申请人）": (False, True)}


def test_another_order_is_one_difference():
    first, second = a_paper("居民户口簿"), a_paper("居民身份证")
    (found,) = differences(an_item("X-1", first, second), an_item("X-1", second, first))
    assert (
        found.what == "次序"
        and found.before.startswith("居民户口簿")
        and found.after.startswith("居民身份证")
    )


def test_offices_are_called_by_their_names():
    old = an_item("X-1")
    (found,) = differences(
        old, replace(old, route=(("MZ", "CG"), ("QMZ",))), offices={"MZ": "民政", "CG": "城管"}
    )
    assert (found.before, found.after) == ("民政", "民政 和 城管，再到 QMZ")


def test_nobody_reads_a_code_of_ours():
    words = " ".join(
        f"{each.what} {each.before} {each.after}"
        for item in the_items().values()
        for each in differences(None, item)
        if each.part != "英文" and each.part != "实施清单"
    )
    for code in ("applicant", "required", "deferrable", "on_the_spot", "proxy", "window", "original"):
        assert code not in words


@pytest.mark.parametrize(
    ("row", "changed"),
    [
        (a_paper(condition_key="proxy", condition_text="由他人代办时"), {"condition_key": "helper"}),
        (a_paper(condition_key="proxy", condition_text="由他人代办时"), {"need": "deferrable"}),
        (a_paper(accepts=("甲、乙",)), {"accepts": ("甲", "乙")}),
    ],
)
def test_a_row_that_reads_the_same_and_is_not_is_named(row, changed):
    (found,) = differences(an_item("X-1", row), an_item("X-1", replace(row, **changed)))
    assert found.before != found.after


def test_two_lists_that_read_the_same_are_told_apart():
    old = replace(an_item("X-1"), aliases=("甲；乙",))
    (found,) = differences(old, replace(old, aliases=("甲", "乙")))
    assert (found.before, found.after) == ("“甲；乙”", "“甲” “乙”")


WORDS = st.sampled_from(["", "甲", "乙", "甲、乙", "甲；乙", "（", "没有"])
LISTS = st.lists(WORDS, max_size=2).map(tuple)
PAPERS = st.builds(
    a_paper,
    WORDS,
    person=st.sampled_from(["申请人", "配偶"]),
    need=st.sampled_from(["required", "deferrable"]),
    condition_key=WORDS,
    condition_text=WORDS,
    choice=WORDS,
    accepts=LISTS,
    notes=WORDS,
    shared_by=WORDS,
)
ITEMS = st.builds(
    lambda papers, **changes: replace(an_item("X-1", *papers), **changes),
    st.lists(PAPERS, max_size=3),
    aliases=LISTS,
    fee=WORDS,
    route=st.lists(
        st.lists(st.sampled_from(["甲", "乙", "甲 和 乙"]), max_size=2).map(tuple), max_size=2
    ).map(tuple),
    procedure=st.lists(st.tuples(WORDS, st.integers(0, 2)), max_size=2).map(tuple),
    questions=st.lists(st.builds(QuestionSpec, WORDS, WORDS, LISTS, LISTS), max_size=2).map(tuple),
    fields=st.lists(
        st.builds(
            FieldSpec,
            WORDS,
            WORDS,
            st.just("text"),
            LISTS,
            st.booleans(),
            st.just("card"),
            WORDS,
            WORDS,
            WORDS,
            WORDS,
        ),
        max_size=2,
    ).map(tuple),
    prechecks=st.lists(st.builds(PrecheckSpec, WORDS, LISTS, LISTS, LISTS, WORDS, WORDS), max_size=2).map(
        tuple
    ),
    mistakes=LISTS,
)


@given(ITEMS, ITEMS)
def test_there_is_a_difference_if_and_only_if_they_are_not_equal(old, new):
    assert bool(differences(old, new)) == (old != new)
    assert differences(old, old) == ()
    assert all(each.before != each.after for each in differences(old, new))

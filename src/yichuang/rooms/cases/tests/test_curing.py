"""For any items, answers and papers at hand: whoever cures everything named is never sent away again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yichuang.rooms.cases import rules
from yichuang.rooms.cases.tests import make
from yichuang.rooms.catalog.rules import MaterialSpec, QuestionSpec, brought_by_resident, checklist

PAPERS = [
    (name, person) for name in ("身份证", "户口簿", "照片", "合同", "申请表") for person in ("申请人", "配偶")
]
SOURCES = {
    "合同": "issued",
    "申请表": "window",
    "照片": "register",
}  # a name has one source in the whole catalogue
QUESTIONS = (
    QuestionSpec("proxy", "替别人办吗？", ("不是", "是"), ("是",)),
    QuestionSpec("married", "结婚了吗？", ("没有", "结婚了", "离婚了"), ("结婚了", "离婚了")),
)


@st.composite
def materials(draw):
    name, person = draw(st.sampled_from(PAPERS))
    return MaterialSpec(
        name,
        person,
        "original",
        1,
        SOURCES.get(name, "applicant"),
        draw(st.sampled_from(["required", "deferrable"])),
        draw(st.sampled_from(["", "", "proxy", "married"])),
        "有这种情形的",
    )


@st.composite
def items(draw):
    found = []
    for number in range(draw(st.integers(1, 3))):
        rows = draw(st.lists(materials(), min_size=1, max_size=6, unique_by=lambda row: row.document))
        if len(rows) > 2 and draw(st.booleans()):  # two of them are alternatives, alike in need and condition
            first = rows[0]
            rows[:2] = [
                MaterialSpec(
                    row.name, row.person, "original", 1, row.source, first.need, first.condition_key, "", "组"
                )
                for row in rows[:2]
            ]
        found.append(
            make.a_spec(f"MZ-{number:03d}", f"事项{number}", materials=tuple(rows), questions=QUESTIONS)
        )
    return found


answers = st.fixed_dictionaries(
    {},
    optional={
        "proxy": st.sampled_from(["不是", "是"]),
        "married": st.sampled_from(["没有", "结婚了", "离婚了"]),
    },
)


@given(items(), answers, st.sets(st.sampled_from(PAPERS)))
def test_after_curing_everything_named_nothing_is_named(items, answers, have):
    named = rules.owed(items, answers, have)
    assert rules.owed(items, answers, have | {needed.document for needed in named}) == ()


@given(items(), answers, st.sets(st.sampled_from(PAPERS)), st.randoms())
def test_curing_step_by_step_names_nothing_new(items, answers, have, order):
    """The one-time notice is complete: no paper comes up later that was not named at first."""
    first = {needed.document for needed in rules.owed(items, answers, have)}
    have = set(have)
    while named := rules.owed(items, answers, have):
        documents = [needed.document for needed in named]
        assert set(documents) <= first
        have.add(order.choice(documents))


@given(items(), answers, st.sets(st.sampled_from(PAPERS)))
def test_what_the_window_makes_or_a_register_gives_is_never_asked_of_the_resident(items, answers, have):
    assert all(brought_by_resident(needed) for needed in rules.owed(items, answers, have))


@given(items(), answers, st.sets(st.sampled_from(PAPERS)))
def test_an_item_that_is_complete_by_itself_is_not_held_up_by_another(items, answers, have):
    named = rules.owed(items, answers, have)
    alone = {item.code for item in items if not rules.owed([item], answers, have)}
    assert not alone & {code for needed in named for code in needed.items}
    waiting = {item.code for item in items} - alone
    assert waiting == {code for needed in named for code in needed.items}


@given(items(), answers)
def test_every_paper_named_says_for_which_item_and_how_to_cure_it(items, answers):
    listed = checklist(items, answers)
    for needed in rules.owed(items, answers, set()):
        assert needed.items and needed.how
        assert rules.recognised(listed, needed.name, needed.person) is not None

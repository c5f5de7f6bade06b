"""存下清单、看懂了吗、核对依据：no person in any of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from yichuang.ground import clock
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import actions, queries, standing, sweeps
from yichuang.rooms.catalog.actions.keeping import KEPT_DAYS, LENGTH, SIGNS
from yichuang.rooms.catalog.models import BasisCheck, GuideAnswer, SavedList
from yichuang.rooms.catalog.rules import checklist
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.actions import Employment, employ

CODE = "MZ-010"


@pytest.fixture
def town(dawei, monday_morning):
    queries.forget()
    yield dawei
    queries.forget()


@pytest.fixture
def editor(town):
    return cast.staff("editor")


def refusal_of(action, **values) -> Refused:
    with pytest.raises(Refused) as refused:
        action(**values)
    return refused.value


def test_a_list_is_saved_under_a_code_that_is_read_from_paper(town):
    made = actions.save_list(codes=[CODE, "SB-001"], answers={})
    assert len(made.code) == LENGTH and set(made.code) <= set(SIGNS)
    assert not set("01ILOU") & set(SIGNS)
    typed = f" {made.code[:4].lower()} {made.code[4:].lower()} "
    assert queries.saved_list(typed) == made and made.items == [CODE, "SB-001"]


def test_only_answers_a_question_offers_are_kept(town):
    item = next(each for each in queries.published().values() if each.questions and each.prechecks)
    asked = checklist([item], {}).questions[0]
    before = item.prechecks[0]
    answers = {
        asked.key: asked.answers[0],
        before.key: before.answers[0],
        "name": "李桂芳",
        "phone": "13900000001",
    }
    kept = actions.save_list(codes=[item.code], answers=answers).answers
    assert kept == {**dict.fromkeys(asked.keys, asked.answers[0]), before.key: before.answers[0]}
    other = actions.save_list(codes=[item.code], answers={asked.key: "李桂芳"})
    assert other.answers == {}


def test_an_empty_list_and_unknown_items_are_refused(town):
    assert refusal_of(actions.save_list, codes=[], answers={}).code == "no_items_chosen"
    assert refusal_of(actions.save_list, codes=["XX-999"], answers={}).code == "item_unknown"


@pytest.mark.parametrize("typed", ["", "  ", "NOTTHERE", "0" * 200, "；"])
def test_a_code_that_is_none_finds_nothing(town, typed):
    assert queries.saved_list(typed) is None


def test_old_lists_go(town):
    made = actions.save_list(codes=[CODE], answers={})
    assert sweeps.forget_lists(now=clock.now() + timedelta(days=KEPT_DAYS - 1)) == 0
    assert sweeps.forget_lists(now=clock.now() + timedelta(days=KEPT_DAYS + 1)) == 1
    assert not SavedList.objects.filter(pk=made.pk).exists()


def test_answers_are_counted_by_day_and_version(town):
    for _ in range(2):
        actions.answer_guide(code=CODE, understood=True)
    actions.answer_guide(code=CODE, understood=False, stuck="materials")
    actions.answer_guide(code=CODE, understood=False)
    rows = GuideAnswer.objects.order_by("-understood", "stuck")
    assert [(row.understood, row.stuck, row.times, row.version_number) for row in rows] == [
        (True, "", 2, 1),
        (False, "", 1, 1),
        (False, "materials", 1, 1),
    ]
    with clock.frozen(clock.now() + timedelta(days=1)):
        actions.answer_guide(code=CODE, understood=True)
    assert GuideAnswer.objects.filter(understood=True).count() == 2


def test_who_understood_is_not_stuck(town):
    actions.answer_guide(code=CODE, understood=True, stuck="words")
    assert GuideAnswer.objects.get().stuck == ""


def test_answers_are_summed_for_the_office(town):
    actions.answer_guide(code=CODE, understood=True)
    for _ in range(2):
        actions.answer_guide(code=CODE, understood=False, stuck="materials")
    actions.answer_guide(code=CODE, understood=False, stuck="words")
    today = clock.day_of(clock.now())
    found = standing.understood(today)[CODE]
    assert (found.yes, found.no, found.asked, found.most_stuck) == (1, 3, 4, "要带什么")
    assert standing.understood(today + timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("code", "stuck", "refused"), [("XX-999", "", "item_unknown"), (CODE, "x", "stuck_unknown")]
)
def test_an_answer_about_nothing_is_refused(town, code, stuck, refused):
    assert refusal_of(actions.answer_guide, code=code, understood=False, stuck=stuck).code == refused
    assert not GuideAnswer.objects.exists()


def test_a_check_says_what_was_found_and_when_it_is_due_again(editor):
    item, today = queries.item(CODE), clock.day_of(clock.now())
    actions.check_basis(item=item, words="与现行条文一致", next_on=today + timedelta(days=365), by=editor)
    actions.check_basis(item=item, words="第三条改了", next_on=today + timedelta(days=30), by=editor)
    assert standing.basis_checks()[CODE].words == "第三条改了"
    assert standing.basis_checks([queries.item("SB-001")]) == {}


@pytest.mark.parametrize(
    ("words", "days", "code"),
    [
        (" ", 30, "words_missing"),
        ("长" * 201, 30, "text_too_long"),
        ("一致", 0, "next_check_date"),
        ("一致", -1, "next_check_date"),
        ("一致", 1100, "next_check_date"),
    ],
)
def test_a_check_needs_words_and_a_day_to_come(editor, words, days, code):
    next_on = clock.day_of(clock.now()) + timedelta(days=days)
    refused = refusal_of(
        actions.check_basis, item=queries.item(CODE), words=words, next_on=next_on, by=editor
    )
    assert refused.code == code and refused.fields and not BasisCheck.objects.exists()


def test_an_editor_checks_only_the_own_offices_items(editor):
    office = people.offices()["CG"]
    other = employ(employment=Employment("editor-city", "石磊", ("editor",), office), password="x")
    next_on = clock.day_of(clock.now()) + timedelta(days=30)
    values = {"item": queries.item(CODE), "words": "一致", "next_on": next_on, "by": other}
    assert refusal_of(actions.check_basis, **values).code == "not_your_office"


def test_what_never_was_published_is_not_checked(editor):
    draft = actions.add_item(office=people.offices()["MZ"], name="新津贴", reason="新政策", by=editor)
    next_on = clock.day_of(clock.now()) + timedelta(days=30)
    values = {"item": draft.item, "words": "一致", "next_on": next_on, "by": editor}
    assert refusal_of(actions.check_basis, **values).code == "never_published"

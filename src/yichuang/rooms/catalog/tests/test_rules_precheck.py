"""来之前先看看：can, cannot, perhaps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.rooms.catalog.rules import PrecheckSpec, precheck
from yichuang.rooms.catalog.tests.make import an_item, the_items

AGE = PrecheckSpec("满 80 岁了吗？", ("满了", "没满"), ("没满",), (), "要满 80 岁。", "满了再来。")
HOME = PrecheckSpec(
    "户口在本镇吗？", ("在", "不在", "说不清"), ("不在",), ("说不清",), "要本镇户口。", "去户口所在的镇办。"
)


def an_elder(code: str = "X-1"):
    return replace(an_item(code), prechecks=(AGE, HOME))


def test_all_answers_right_it_can_be_done():
    verdict = precheck([an_elder()], {AGE.key: "满了", HOME.key: "在"})
    assert (verdict.state, verdict.reasons, verdict.to_ask, verdict.unanswered) == ("can", (), (), 0)


def test_one_answer_says_no_and_why_and_what_then():
    verdict = precheck([an_elder()], {AGE.key: "没满"})
    (reason,) = verdict.reasons
    assert verdict.state == "cannot" and (reason.item, reason.why, reason.instead) == (
        "X-1",
        "要满 80 岁。",
        "满了再来。",
    )


def test_what_must_be_asked_is_perhaps():
    verdict = precheck([an_elder()], {AGE.key: "满了", HOME.key: "说不清"})
    assert verdict.state == "perhaps" and verdict.to_ask == (HOME.question,)


def test_what_is_not_answered_is_perhaps_and_not_begun():
    verdict = precheck([an_elder()], {})
    assert verdict.state == "perhaps" and not verdict.is_begun and verdict.unanswered == 2


def test_an_answer_that_is_not_offered_counts_as_none():
    assert precheck([an_elder()], {AGE.key: "也许"}).unanswered == 2


def test_an_item_that_asks_nothing_can_be_done():
    assert precheck([an_item()], {}).state == "can"


def test_the_same_question_of_two_items_is_asked_once_and_settles_both():
    verdict = precheck([an_elder("X-1"), an_elder("X-2")], {AGE.key: "没满"})
    assert [each.items for each in verdict.asked] == [("X-1", "X-2")] * 2
    assert [reason.item for reason in verdict.reasons] == ["X-1", "X-2"]


def test_questions_of_one_key_offer_the_same_answers():
    other = replace(AGE, answers=("满了", "没满", "快满了"))
    assert other.key != AGE.key


@given(st.data())
def test_more_answers_never_open_what_is_closed(data):
    """A no stays a no; a yes needs every answer; only answers decide, in whatever order items come."""
    items = data.draw(st.lists(st.sampled_from(list(the_items().values())), min_size=1, max_size=4))
    keys = {row.key: row.answers for item in items for row in item.prechecks}
    given_ = {key: data.draw(st.sampled_from(["", *answers])) for key, answers in keys.items()}
    verdict = precheck(items, given_)
    assert verdict.state == precheck(items[::-1], given_).state
    if verdict.state == "can":
        assert verdict.unanswered == 0 and not verdict.to_ask and not verdict.reasons
    if verdict.state == "cannot":
        whole = {key: value or keys[key][0] for key, value in given_.items()}
        assert precheck(items, whole).state == "cannot"
    assert (verdict.state == "cannot") == bool(verdict.reasons)


@pytest.mark.parametrize("code", sorted(the_items()))
def test_every_item_of_the_town_can_be_answered_three_ways_or_says_why_not(code):
    item = the_items()[code]
    for row in item.prechecks:
        assert set(row.cannot) | set(row.ask) <= set(row.answers)
        assert not set(row.cannot) & set(row.ask)
        assert set(row.answers) - set(row.cannot) - set(row.ask), "nobody could ever"
        assert not row.cannot or (row.why and row.instead)

"""查事项：as people type."""

from __future__ import annotations

import csv
import time
from dataclasses import replace
from pathlib import Path

import pytest
from bench.catalogues import generated
from hypothesis import given
from hypothesis import strategies as some

from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.search import WEAK, Index
from yichuang.rooms.catalog.tests.make import an_item, the_items

INDEX = Index(the_items().values())
HALVES = ("search_tune.csv", "search_report.csv")
PRESENT = [half for half in HALVES if Path(__file__).with_name(half).exists()]

FIRST = [
    ("高龄津贴", "MZ-010"),
    ("MZ-010", "MZ-010"),
    ("mz-010", "MZ-010"),
    ("高岭津贴", "MZ-010"),  # a wrong character of the same sound
    ("高林津贴", "MZ-010"),  # a sound that is mixed up here
    ("高龄龄津贴", "MZ-010"),
    ("gaolingjintie", "MZ-010"),
    ("gaolinjingtie", "MZ-010"),
    ("gao ling jin tie", "MZ-010"),
    ("gljt", "MZ-010"),
    ("80岁老人补贴", "MZ-010"),
    ("八十岁老人补贴", "MZ-010"),
    ("农村医保怎么交", "YB-001"),
    ("请问怎么办低保", "MZ-001"),
    ("补社保卡", "SB-018"),
    ("shebaoka", "SB-018"),
    ("残疾人正", "CL-001"),
    ("门头招牌", "CG-001"),
    ("生二胎", "WJ-001"),
    ("ＭＺ—０１０ 高龄津贴", "MZ-010"),
]


@pytest.mark.parametrize(("typed", "code"), FIRST)
def test_the_item_meant_comes_first(typed, code):
    assert INDEX.search(typed)[0].code == code


@pytest.mark.parametrize("item", the_items().values(), ids=lambda item: item.code)
def test_every_name_and_every_colloquial_word_finds_its_item_first(item):
    for text in (item.name, item.short_name, *item.aliases):
        assert INDEX.search(text)[0].code == item.code, text


def test_both_halves_of_the_queries_are_here():
    assert all(half in PRESENT for half in HALVES)


@pytest.mark.parametrize("half", PRESENT)
def test_queries_of_somebody_who_saw_only_names_and_conditions_are_answered(half):
    first, among_three = _right(half, INDEX)
    assert first >= 0.90 and among_three >= 0.98


def test_the_bounds_are_missed_by_a_search_that_lost_its_words():
    bare = Index(replace(item, aliases=(), condition="") for item in the_items().values())
    first, among_three = _right(PRESENT[0], bare)
    assert first < 0.90 and among_three < 0.98


def _right(half: str, index: Index) -> tuple[float, float]:
    """hit@1 and hit@3."""
    with Path(__file__).with_name(half).open(encoding="utf-8", newline="") as file:
        asked = [(row["query"], set(row["codes"].split(";"))) for row in csv.DictReader(file)]
    assert len(asked) >= 100
    found = [([hit.code for hit in index.search(query, 3)], codes) for query, codes in asked]
    first = sum(bool(codes & set(hits[:1])) for hits, codes in found)
    return first / len(asked), sum(bool(codes & set(hits)) for hits, codes in found) / len(asked)


def test_a_right_answer_is_rarely_weak_and_what_the_hall_does_not_do_often_is():
    right = [INDEX.search(item.aliases[0])[0].score for item in the_items().values()]
    assert min(right) > WEAK
    elsewhere = ["买火车票", "交水费", "查成绩", "天气预报", "招商银行", "教师资格证", "出国签证", "疫苗接种"]
    assert all(hit.score < WEAK for typed in elsewhere for hit in INDEX.search(typed)[:1])


@pytest.mark.parametrize(
    "typed", ["", "   ", "？？", "zzzz", "怎么办", "\x00", "\ud800", "的" * 200, "a" * 5000]
)
def test_a_senseless_question_does_no_harm(typed):
    assert all(0 < hit.score <= 100 for hit in INDEX.search(typed))
    assert len(INDEX.suggest(typed)) <= 6


@given(typed=some.text(max_size=200))
def test_whatever_is_typed_is_answered_soon(typed):
    _answered_soon(typed)


@given(
    typed=some.text(alphabet="养老金补贴申请社保卡低医农村证明登记残疾军人abgjlsyzh0189 -（）", max_size=120)
)
def test_whatever_is_made_of_the_words_of_the_catalogue_is_answered_soon(typed):
    _answered_soon(typed)


def _answered_soon(typed: str) -> None:
    begun = time.process_time()
    hits = INDEX.search(typed)
    offered = INDEX.suggest(typed)
    assert time.process_time() - begun < 0.5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.code in the_items() for hit in hits) and len(offered) <= 6


def test_the_limit_is_kept_and_the_best_come_first():
    hits = INDEX.search("养老", 3)
    assert len(hits) == 3 and [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_same_question_gets_the_same_answer_and_equal_items_keep_their_order():
    items = [an_item("XX-002"), an_item("XX-001")]
    twins = Index(replace(item, name="示例事项", short_name="示例") for item in items)
    assert [hit.code for hit in twins.search("示例事项")] == ["XX-002", "XX-001"]


def test_an_empty_catalogue_finds_nothing():
    assert Index([]).search("养老") == [] and Index([]).suggest("养") == []


def test_english_words_find_an_item_and_pinyin_is_not_disturbed():
    told = {
        "MZ-010": ("Old-age allowance", "A monthly allowance for residents aged 80 and over."),
        "SB-003": ("Pension application", "Start drawing the basic pension for residents."),
        "WJ-001": ("Birth registration", "Register a birth."),
    }
    items = [replace(item, name_en="", summary_en="") for item in the_items().values()]
    items = [
        replace(item, name_en=told[item.code][0], summary_en=told[item.code][1])
        if item.code in told
        else item
        for item in items
    ]
    index = Index(items)
    assert index.search("pension")[0].code == "SB-003"
    assert index.search("Old-age allowances")[0].code == "MZ-010"
    assert index.search("regist bir")[0].code == "WJ-001" or index.search("birth")[0].code == "WJ-001"
    for typed in ("gaolingjintie", "gljt", "shebaoka", "dibao", "canjizheng", "yanglao"):
        assert [hit.code for hit in index.search(typed, 3)] == [hit.code for hit in INDEX.search(typed, 3)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("pension", "SB-003"),
        ("birth", "WJ-001"),
        ("Medical insurance for a newborn", "YB-002"),
        ("food stall", "SC-008"),
        ("lost social security card", "SB-018"),
        ("unemployment", "SB-012"),
        ("residence permi", "CW-007"),
    ],
)
def test_the_english_names_of_the_town_are_found(typed, code):
    assert INDEX.search(typed)[0].code == code


@pytest.mark.parametrize(
    ("typed", "code", "phrase"),
    [
        ("高龄", "MZ-010", "高龄津贴"),
        ("gaol", "MZ-010", "高龄津贴"),
        ("glj", "MZ-010", "高龄津贴"),
        ("准生", "WJ-001", "准生证"),
        ("老年", "MZ-013", "老年证"),
        ("门", "CG-001", "门头"),
    ],
)
def test_what_is_typed_so_far_is_completed_with_the_phrase_that_fits(typed, code, phrase):
    assert (code, phrase) in [(each.code, each.phrase) for each in INDEX.suggest(typed)]


def test_one_sign_is_enough_for_a_suggestion_and_no_item_is_offered_twice():
    for typed in "养老医保低残证农b":
        offered = INDEX.suggest(typed)
        assert 1 <= len(offered) <= 6 and len({each.code for each in offered}) == len(offered), typed


def test_a_large_catalogue_is_searched_without_reading_all_of_it():
    index = Index(generated(3_000, 1))
    typed = ["养老", "养老保险参保登记", "补贴", "y", "shebao", "ydjy", "老人补贴怎么领", "证"]
    begun = time.process_time()
    for each in typed:
        index.search(each)
        index.suggest(each)
    assert (time.process_time() - begun) / len(typed) < 0.15


def test_a_generated_catalogue_is_the_same_for_the_same_seed():
    assert generated(20, 5) == generated(20, 5) != generated(20, 6)
    assert len({item.code for item in generated(200, 1)}) == 200


def test_a_town_finds_its_own_items(dawei):
    queries.forget()
    assert queries.search("高龄津贴")[0].name == "高龄津贴申领"
    assert queries.suggest("高龄")[0].phrase == "高龄津贴"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("生孩子", "newborn"),
        ("生娃", "newborn"),
        ("shenghaizi", "newborn"),
        ("我要结婚", "marriage"),
        ("我爸去世", "deceased"),
        ("开面馆", "small_restaurant"),
        ("摆地摊", "street_stall"),
        ("翻建老房子", "build_house"),
        ("退伍回来", "veteran_home"),
    ],
)
def test_an_event_of_life_finds_its_bundle(dawei, typed, key):
    queries.forget()
    assert queries.search_events(typed)[0].key == key


@pytest.mark.parametrize("typed", ["砍树", "低保", "社保卡丢了", "打官司", ""])
def test_what_is_no_event_of_life_finds_no_bundle(dawei, typed):
    queries.forget()
    assert queries.search_events(typed) == []


def test_a_finger_left_on_a_key_finds_nothing():
    index = Index(the_items().values())
    for letters in ("qqqqqq", "zzzzzz", "hhhh", "jjjjjj", "ttttt"):
        assert not queries.is_found(index.search(letters)), letters

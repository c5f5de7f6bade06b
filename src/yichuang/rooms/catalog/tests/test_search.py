"""查事项：as people type."""

from __future__ import annotations

import time

import pytest

from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.search import Index
from yichuang.rooms.catalog.tests.make import the_items

INDEX = Index(the_items().values())

FIRST = [
    ("高龄津贴", "MZ-010"),
    ("MZ-010", "MZ-010"),
    ("mz-010", "MZ-010"),
    ("高岭津贴", "MZ-010"),  # a wrong character of the same sound
    ("gaolingjintie", "MZ-010"),
    ("gljt", "MZ-010"),
    ("80岁老人补贴", "MZ-010"),
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


def test_every_name_and_short_name_finds_its_item_first():
    for code, item in the_items().items():
        assert INDEX.search(item.name)[0].code == code
        assert INDEX.search(item.short_name)[0].code == code


def test_a_colloquial_word_finds_its_item_among_the_first_three():
    typed = [(alias, code) for code, item in the_items().items() for alias in item.aliases]
    found = [code in [hit.code for hit in INDEX.search(alias, 3)] for alias, code in typed]
    assert sum(found) / len(found) >= 0.98


@pytest.mark.parametrize("typed", ["", "   ", "？？", "zzzz", "怎么办", "\x00"])
def test_a_senseless_question_does_no_harm(typed):
    assert all(hit.score <= 100 for hit in INDEX.search(typed))


def test_the_limit_is_kept_and_the_best_come_first():
    hits = INDEX.search("养老", 3)
    assert len(hits) == 3 and [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_it_is_quick():
    INDEX.search("养老")
    typed = ["老人补贴怎么领", "kaifandian", "给孩子上医保", "ydjy", "房子要翻建找谁"]
    begun = time.perf_counter()
    for _ in range(4):
        for each in typed:
            INDEX.search(each)
    assert (time.perf_counter() - begun) / 20 < 0.05


def test_a_town_finds_its_own_items(dawei):
    assert queries.search("高龄津贴")[0].name == "高龄津贴申领"

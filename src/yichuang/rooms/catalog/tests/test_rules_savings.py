"""合并前后：what is saved when items are done together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.rooms.catalog.rules import FieldSpec, savings
from yichuang.rooms.catalog.tests.make import a_paper, an_item, the_items, the_town

AGE = FieldSpec("age", "年龄", "number", (), True, "applicant")
FORM = a_paper("申请表", form="application", source="window")


def test_what_two_items_share_is_brought_and_filled_in_once():
    first = replace(an_item("X-1", a_paper(), FORM), fields=(AGE,), visits=2)
    second = replace(an_item("X-2", a_paper(), a_paper("居民户口簿")), fields=(AGE,))
    found = savings([first, second], {})
    assert (found.materials, found.forms, found.visits, found.printed) == ((3, 2), (2, 1), (3, 2), (1, 1))


def test_one_of_several_counts_as_one():
    item = an_item("X-1", a_paper("房产证", choice="home"), a_paper("租赁合同", choice="home"))
    assert savings([item], {}).materials == (1, 1)


def test_nothing_chosen_saves_nothing():
    assert savings([], {}).visits == (0, 0)


@given(st.lists(st.sampled_from(sorted(the_items())), min_size=1, max_size=5, unique=True))
def test_together_is_never_more_than_apart(codes):
    found = savings([the_items()[code] for code in codes], {})
    assert all(together <= apart for apart, together in vars(found).values())


@given(st.sampled_from(sorted(the_items())))
def test_a_single_item_saves_nothing(code):
    assert all(together == apart for apart, together in vars(savings([the_items()[code]], {})).values())


@pytest.mark.parametrize("bundle", the_town().bundles, ids=lambda bundle: bundle.key)
def test_every_bundle_of_the_town_saves_something(bundle):
    found = savings([the_items()[code] for code in bundle.codes], {})
    assert any(together < apart for apart, together in vars(found).values())

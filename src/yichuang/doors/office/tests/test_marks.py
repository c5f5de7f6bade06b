"""哪几个字改了。"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.doors.office.marks import LONGEST, marked

SENTENCES = st.text(st.sampled_from("年满八九十周岁的老人，。1 "), max_size=30)


def shown(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("年满80周岁的老人", "年满75周岁的老人", "年满[80]周岁的老人", "年满[75]周岁的老人"),
        ("8 个工作日", "5 个工作日", "[8] 个工作日", "[5] 个工作日"),
        ("免费", "免费，照相自理", "免费", "免费[，照相自理]"),
        ("窗口、网上", "窗口", "窗口[、网上]", "窗口"),
        ("", "新写的", "", "[新写的]"),
        ("不要了", "", "[不要了]", ""),
        ("户口簿原件", "结婚证复印件", "[户口簿原件]", "[结婚证复印件]"),
        ("一样", "一样", "一样", "一样"),
    ],
)
def test_the_changed_signs_are_marked(before, after, left, right):
    assert tuple(map(shown, marked(before, after))) == (left, right)


@given(SENTENCES, SENTENCES)
def test_pieces_joined_are_the_sentences_and_what_is_not_marked_is_the_same(before, after):
    left, right = marked(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    kept = ["".join(piece.text for piece in pieces if not piece.is_changed) for pieces in (left, right)]
    assert kept[0] == kept[1]
    assert any(piece.is_changed for piece in [*left, *right]) == (before != after)


def test_a_very_long_text_is_shown_as_replaced():
    long = "长" * (LONGEST + 1)
    assert shown(marked(long, long + "一")[1]) == f"[{long}一]"

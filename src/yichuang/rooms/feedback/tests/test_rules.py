"""The rules of feedback."""

from __future__ import annotations

import pytest

from yichuang.rooms.feedback import rules


@pytest.mark.parametrize(("grade", "poor"), [(5, False), (4, False), (3, False), (2, True), (1, True)])
def test_the_two_lowest_grades_are_poor(grade, poor):
    assert rules.is_poor(grade) is poor


def test_no_reason_is_offered_for_praise_and_for_blame():
    assert not set(rules.GOOD_REASONS) & set(rules.POOR_REASONS)
    assert rules.reasons_for(4) == rules.reasons_for(5) == rules.GOOD_REASONS
    assert rules.reasons_for(3) == rules.reasons_for(1) == rules.POOR_REASONS


def test_reasons_come_in_the_order_of_the_list():
    assert rules.fitting(5, ["kind", "once", "rude", "kind"]) == ["once", "kind"]

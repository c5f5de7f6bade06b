"""Pure decisions about ratings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

OPEN_FOR = timedelta(days=30)  # after the service ended; later nobody remembers it well
MOST_WORDS = 500  # signs
SATISFIED_FROM = 3  # 基本满意 and better; poor (差评) are the two below it

# What may be ticked, by code. One wording for every window, so that figures can be compared.
GOOD_REASONS = {
    "once": "一次就办成了",
    "quick": "等得不久",
    "clear": "材料和步骤说得清楚",
    "kind": "态度好",
    "helped": "主动帮忙",
}
POOR_REASONS = {
    "waited": "等得太久",
    "unclear": "材料没有一次说清",
    "again": "为一件事跑了几趟",
    "rude": "态度不好",
    "late": "没有按时办好",
    "extra": "多要了材料或收了不该收的钱",
}
REASONS = GOOD_REASONS | POOR_REASONS


def is_poor(grade: int) -> bool:
    """差评：不满意、非常不满意。"""
    return grade < SATISFIED_FROM


def reasons_for(grade: int) -> dict[str, str]:
    """The reasons offered with a grade; 基本满意 may say what was lacking."""
    return GOOD_REASONS if grade > SATISFIED_FROM else POOR_REASONS


def fitting(grade: int, reasons: Iterable[str]) -> list[str]:
    """Those of the ticked reasons that go with the grade, each once, in the order of the list.

    A person who changes the grade leaves ticks behind that no longer show.
    """
    ticked = set(reasons)
    return [code for code in reasons_for(grade) if code in ticked]


def is_still_open(ended_at: datetime, now: datetime) -> bool:
    """Whether a service that ended then can be rated now."""
    return now < ended_at + OPEN_FOR

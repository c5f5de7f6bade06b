"""装入窗口和开放时间。"""

from __future__ import annotations

from datetime import time

from yichuang.rooms.hall import actions, queries
from yichuang.rooms.hall.actions import WindowRow
from yichuang.rooms.hall.models import Queue
from yichuang.rooms.hall.rules import Hours
from yichuang.rooms.hall.tests import make


def test_windows_are_matched_by_number_and_keep_their_state(hall):
    make.an_open_window(1)
    rows = [WindowRow(1, "综合窗口1号（社保优先）", "进门右手", ("SB",), ("YB", "WJ"))]
    actions.load_windows(windows=rows, hours=make.HOURS, by=None)
    window = make.a_window(1)
    assert (window.name, window.main_offices, window.backup_offices) == (
        "综合窗口1号（社保优先）",
        ["SB"],
        ["YB", "WJ"],
    )
    assert window.status == "open" and len(queries.windows()) == 8


def test_hours_are_replaced(hall):
    actions.load_windows(windows=[], hours=[Hours(6, time(9), time(11))], by=None)
    assert queries.opening_hours() == [Hours(6, time(9), time(11))]


def test_queues_that_a_town_changed_stay_as_they_are(hall):
    Queue.objects.filter(key="quick").update(name="快办窗")
    actions.load_windows(windows=[], hours=make.HOURS, by=None)
    assert [queue.name for queue in queries.queues()] == ["综合业务", "快办窗", "企业和个体户"]

"""The pages on the wall, as anybody's browser gets them."""

from __future__ import annotations

import pytest
from django.test import Client

from yichuang.doors.screen import big_screen
from yichuang.ground import clock, towns
from yichuang.rooms.hall import actions
from yichuang.rooms.hall.tests import make


@pytest.fixture
def browser(db):
    """A browser at the wall of a town with eight windows."""
    with clock.frozen(make.MONDAY):
        town = make.a_town()
        with towns.within(town):
            make.a_hall()
        big_screen._kept.clear()
        yield Client(headers={"host": f"{town.key}.localhost"}), town


def shown(browser, path):
    big_screen._kept.clear()
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_first_call_the_board_says_what_to_do(browser):
    page = shown(browser[0], "/board/")
    assert "今天还没有叫号" in page and "综合业务" in page and "不用等" in page


def test_the_board_shows_the_newest_call_and_a_paused_window_with_its_reason(browser):
    client, town = browser
    with towns.within(town):
        make.a_called_ticket(4)
        _, clerk = make.an_open_window(7)
        actions.pause_window(window=make.a_window(7), reason="培训，10:30 恢复", by=clerk)
    page = shown(client, "/board/now")
    assert "A001" in page and "<b>4</b><small>号窗口</small>" in page
    assert "7 号" in page and "培训，10:30 恢复" in page
    assert "<html" not in page  # only the part that is kept fresh


def test_the_board_says_when_the_hall_opens(db):
    with clock.frozen(make.MONDAY.replace(hour=20)):
        town = make.a_town(always_open=False)
        with towns.within(town):
            make.a_hall()
        page = shown(Client(headers={"host": f"{town.key}.localhost"}), "/board/")
    assert "现在没有开门" in page and "11月24日 周二 08:30" in page


def test_the_board_works_without_script_by_loading_itself_again(browser):
    page = shown(browser[0], "/board/")
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page
    assert 'data-stream="/board/stream"' in page and "屏幕上的数据已旧" in page


def test_the_big_screen_shows_the_three_figures_and_nobody(browser):
    client, town = browser
    with towns.within(town):
        make.take(phone="13900000001")
        make.take("quick")
    page = shown(client, "/screen/")
    for words in ("今日办件", "今日来访", "群众满意度", "今天还没有人评价", "今天还没有受理的事项"):
        assert words in page
    assert "2<small>人次</small>" in page and "13900000001" not in page


def test_hours_are_drawn_in_proportion():
    columns = big_screen.hours_of({9: 10, 10: 5})
    by_name = {column.name: column for column in columns}
    assert by_name["9 点"].height == 2 * by_name["10 点"].height == 240
    assert by_name["8 点"].height == 0 and len(columns) == 10
    assert big_screen.hours_of({19: 1})[-1].name == "19 点"


def test_without_a_catalogue_nothing_is_promised():
    assert big_screen.promise_of([]) is None

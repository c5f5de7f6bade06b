"""带清单来的：what was answered at home is there at the window, marked, and asked by nobody again."""

from __future__ import annotations

import pytest

from yichuang.doors.desk.tests import make
from yichuang.rooms.cases.models import Case
from yichuang.rooms.catalog.actions import save_list

ITEMS = [make.ALLOWANCE, make.CARD, "SB-018", "YB-002"]


@pytest.fixture
def listed(dawei):
    return save_list(codes=ITEMS, answers=make.ANSWERS)


def test_a_ticket_with_a_list_fills_in_its_items_and_shows_what_was_answered(xiaowang, listed):
    make.serving(xiaowang, list_code=listed.code)
    shown = make.words(make.desk_of(xiaowang).get("/desk/"))
    for code in ITEMS:
        assert f'value="{code}" checked' in shown, "also those a ticket has no room for"
    assert f'value="{listed.code[:4]} {listed.code[4:]}"' in shown
    assert "居民已经答过" in shown and "我自己办" in shown


def test_the_case_begins_with_the_answers_and_says_where_they_came_from(xiaowang, listed):
    make.serving(xiaowang, list_code=listed.code)
    desk = make.desk_of(xiaowang)
    sent = {**vars(make.zhang()), "items": [make.ALLOWANCE, make.CARD], "village": "磨滩村"}
    shown = make.words(desk.post("/desk/open/", sent, follow=True))
    case = Case.objects.latest("pk")
    assert case.list_code == listed.code
    assert {key: case.answers[key] for key in make.ANSWERS} == make.ANSWERS
    assert shown.count("居民已经答过") == len({*make.ANSWERS}), "each question once"


def test_an_answer_that_is_changed_at_the_window_is_no_longer_the_resident_s(xiaowang, listed):
    sent = {**vars(make.zhang()), "list_code": listed.code, "items": [make.ALLOWANCE], "village": "磨滩村"}
    desk = make.desk_of(xiaowang)
    before = make.words(desk.post("/desk/open/", sent, follow=True)).count("居民已经答过")
    case = Case.objects.latest("pk")
    changed = make.words(
        desk.post(f"/desk/case/{case.number}/save", {"answer.proxy": "替别人办"}, follow=True)
    )
    assert changed.count("居民已经答过") == before - 1


def test_a_code_that_is_told_at_the_window_brings_its_items(xiaowang, listed):
    desk = make.desk_of(xiaowang)
    typed = f"{listed.code[:4]}-{listed.code[4:].lower()}"
    shown = make.words(desk.post("/desk/open/look", {"list_code": typed, "items": "CL-001"}))
    for code in ("CL-001", *ITEMS):
        assert f'value="{code}" checked' in shown
    sent = {**vars(make.zhang()), "list_code": typed, "village": "磨滩村"}
    desk.post("/desk/open/", sent)
    case = Case.objects.latest("pk")
    assert [row.code for row in case.items.order_by("pk")] == ITEMS, "nothing was ticked, so all of the list"


def test_what_the_clerk_unticks_stays_off(xiaowang, listed):
    sent = {**vars(make.zhang()), "list_code": listed.code, "items": [make.CARD]}
    make.desk_of(xiaowang).post("/desk/open/", sent)
    assert [row.code for row in Case.objects.latest("pk").items.all()] == [make.CARD]


def test_who_comes_for_another_is_believed_more_than_the_list(xiaowang, listed):
    sent = {**vars(make.zhang()), "list_code": listed.code, "items": [make.ALLOWANCE], "village": "磨滩村"}
    sent |= {"proxy_name": "李桂芳", "proxy_id_number": make.an_id_number()}
    make.desk_of(xiaowang).post("/desk/open/", sent)
    assert Case.objects.latest("pk").answers["proxy"] == "替别人办"


def test_a_wrong_code_is_told_at_its_field_and_everything_typed_stays(xiaowang, listed):
    desk = make.desk_of(xiaowang)
    sent = {**vars(make.zhang()), "list_code": "2222ZZZZ", "items": [make.CARD]}
    for path in ("/desk/open/look", "/desk/open/"):
        answer = desk.post(path, sent)
        shown = make.words(answer)
        assert answer.status_code == 422 and 'id="f-list_code-error"' in shown
        assert (
            'value="2222 ZZZZ"' in shown and 'value="MZ-013" checked' in shown and 'value="张守义"' in shown
        )
    assert not Case.objects.filter(opened_by=xiaowang).exists()


def test_the_form_says_how_a_field_is_filled_in_and_fills_in_nothing(xiaowang, dawei):
    case = make.a_case(xiaowang, make.ALLOWANCE)
    shown = make.words(make.desk_of(xiaowang).get(f"/desk/case/{case.number}/"))
    assert "看银行卡正面的长号码，例：6217000000000000012" in shown
    assert 'value="6217000000000000012"' not in shown

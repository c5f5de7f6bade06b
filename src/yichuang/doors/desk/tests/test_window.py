"""The window: choose it, call, start, recall, miss, finish, pause, close."""

from __future__ import annotations

from django.test import Client

from tests import cast
from yichuang.doors.desk.tests import make
from yichuang.rooms.feedback import queries as feedback
from yichuang.rooms.hall.models import Ticket, Window
from yichuang.rooms.people.models import Staff


def test_a_clerk_without_a_window_sees_all_of_them_and_who_sits_where(dawei, xiaowang):
    make.open_window(cast.staff("reviewer-mz"), 2)
    shown = make.words(make.desk_of(xiaowang).get("/desk/"))
    assert shown.count("号窗</button>") == 7
    assert "陈志远在值守" in shown and "综合窗口4号" in shown


def test_opening_a_window_leads_to_the_line(dawei, xiaowang):
    make.a_ticket(items=("SB-018",))
    desk = make.desk_of(xiaowang)
    answer = desk.post("/desk/window/4/open", follow=True)
    assert "4号窗口开了" in make.words(answer) and "社保卡补办" in make.words(answer)
    assert "4号窗口开了" not in make.words(desk.get("/desk/")), "said once"


def test_a_window_somebody_sits_at_is_refused_with_the_reason_on_the_page(dawei, xiaowang):
    make.open_window(cast.staff("reviewer-mz"), 4)
    answer = make.desk_of(xiaowang).post("/desk/window/4/open")
    assert answer.status_code == 409
    assert "4号窗口现在由陈志远值守" in make.words(answer) and "您今天坐几号窗口" in make.words(answer)


def test_the_called_number_is_shown_large_with_age_and_wish(dawei, xiaowang, li_guifang):
    make.open_window(xiaowang)
    make.a_ticket(items=("MZ-010",), id_number=str(li_guifang.id_number))
    shown = make.words(make.desk_of(xiaowang).post("/desk/call-next", {"window": "4"}, follow=True))
    assert '<p class="called-number">A001</p>' in shown
    assert "李桂芳" in shown and "72 岁，优先" in shown and "要办：高龄津贴" in shown


def test_calling_when_nobody_waits_says_so(dawei, xiaowang):
    make.open_window(xiaowang)
    answer = make.desk_of(xiaowang).post("/desk/call-next", {"window": "4"}, follow=True)
    assert "现在没有人在等" in make.words(answer)


def test_two_presses_of_one_form_call_one_person(dawei, xiaowang):
    make.open_window(xiaowang)
    make.a_ticket(), make.a_ticket()
    desk = make.desk_of(xiaowang)
    for _ in range(2):
        assert desk.post("/desk/call-next", {"window": "4", "client_key": "one press"}).status_code == 302
    assert Ticket.objects.filter(status="called").count() == 1


def test_calling_with_a_number_in_hand_is_refused_on_the_same_screen(dawei, xiaowang):
    ticket = make.serving(xiaowang)
    make.a_ticket()
    answer = make.desk_of(xiaowang).post("/desk/call-next", {"window": "4"})
    assert answer.status_code == 409
    assert f"{ticket.number}还在4号窗口" in make.words(answer)
    assert f'<p class="called-number">{ticket.number}</p>' in make.words(answer)


def test_keys_that_cannot_be_used_say_why_beside_them(dawei, xiaowang):
    make.open_window(xiaowang)
    shown = make.words(make.desk_of(xiaowang).get("/desk/"))
    assert "先叫号，再开始、重呼、过号、结束。" in shown
    assert shown.count('disabled aria-describedby="keys-wait"') == 4


def test_who_came_is_started_and_who_did_not_is_recalled_and_missed(dawei, xiaowang):
    make.open_window(xiaowang)
    make.a_ticket(), make.a_ticket()
    desk = make.desk_of(xiaowang)
    first = make.called(xiaowang)
    assert "又叫了一遍" in make.words(desk.post(f"/desk/ticket/{first.pk}/recall", follow=True))
    assert "A001 已过号" in make.words(desk.post(f"/desk/ticket/{first.pk}/miss", follow=True))
    second = make.called(xiaowang)
    assert "正在办理" in make.words(desk.post(f"/desk/ticket/{second.pk}/start", follow=True))
    first.refresh_from_db()
    assert (first.status, first.calls) == ("missed", 2)


def test_somebody_elses_number_is_left_alone(dawei, xiaowang):
    other = cast.staff("reviewer-mz")
    make.open_window(other, 2)
    make.a_ticket()
    ticket = make.called(other, 2)
    for verb in ("start", "recall", "miss"):
        answer = make.desk_of(xiaowang).post(f"/desk/ticket/{ticket.pk}/{verb}")
        assert answer.status_code == 409 and "在2号窗口" in make.words(answer), verb


def test_the_end_shows_an_invitation_to_rate_and_nothing_of_a_rating(dawei, xiaowang):
    ticket = make.serving(xiaowang)
    desk = make.desk_of(xiaowang)
    answer = desk.post(f"/desk/ticket/{ticket.pk}/finish", follow=True)
    assert answer.redirect_chain == [(f"/desk/?rate={ticket.pk}", 302)]
    assert "评价的二维码" in make.words(answer) and "满意" not in make.words(answer)
    turned = desk.get(f"/desk/invitation/{ticket.pk}/")
    assert turned.context["rate_url"].endswith("/rate/" + feedback.invitation_of(ticket))
    assert "王晓梅" not in make.words(turned), "nothing of the desk on the resident's side"


def test_an_invitation_of_somebody_elses_visit_is_not_there(dawei, xiaowang):
    other = cast.staff("reviewer-mz")
    ticket = make.serving(other)
    assert make.desk_of(xiaowang).get(f"/desk/invitation/{ticket.pk}/").status_code == 404


def test_a_pause_has_a_reason_and_an_end(dawei, xiaowang):
    make.open_window(xiaowang)
    desk = make.desk_of(xiaowang)
    refused = desk.post("/desk/window/pause", {"reason": "", "reason_words": " "})
    assert refused.status_code == 422 and "没有写暂停的原因" in make.words(refused)
    paused = make.words(desk.post("/desk/window/pause", {"reason": "培训"}, follow=True))
    assert "暂停：培训" in paused and "恢复以后才能叫号" in paused
    assert "恢复叫号" not in make.words(desk.post("/desk/window/resume", follow=True))
    desk.post("/desk/window/close")
    assert Window.objects.get(number=4).status == "closed"


def test_the_line_is_a_piece_of_its_own_for_the_script(dawei, xiaowang):
    make.a_ticket(items=("MZ-010", "MZ-013")), make.a_ticket(queue="enterprise")
    shown = make.words(make.desk_of(xiaowang).get("/desk/line"))
    assert "高龄津贴等2件" in shown and "企业和个体户" in shown and "<html" not in shown


def test_the_address_of_an_act_leads_back_to_the_screen(dawei, xiaowang):
    assert make.desk_of(xiaowang).get("/desk/call-next").headers["Location"] == "/desk/"


def test_other_duties_do_not_sit_at_a_window(dawei, chen_gong: Staff):
    assert make.desk_of(chen_gong).get("/desk/").status_code == 403
    assert make.desk_of(chen_gong).post("/desk/call-next", {"window": "4"}).status_code == 403
    assert Client().get("/desk/").headers["Location"].startswith("/office/sign-in/")

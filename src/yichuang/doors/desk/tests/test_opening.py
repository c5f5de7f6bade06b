"""Opening a case: items, applicant, proxy."""

from __future__ import annotations

from yichuang.doors.desk.tests import make
from yichuang.rooms.cases.models import Case


def test_the_form_begins_with_what_the_ticket_says(dawei, xiaowang, li_guifang):
    make.serving(xiaowang, items=(make.ALLOWANCE,), id_number=str(li_guifang.id_number))
    shown = make.words(make.desk_of(xiaowang).get("/desk/"))
    assert 'value="MZ-010" checked' in shown
    assert f'value="{li_guifang.id_number}"' in shown and 'value="李桂芳"' in shown
    assert "绿底是以前登记过的，请核对" in shown


def test_a_case_of_several_items_is_opened_for_the_ticket(dawei, xiaowang):
    ticket = make.serving(xiaowang)
    sent = {**vars(make.zhang()), "items": [make.ALLOWANCE, make.CARD], "village": "磨滩村"}
    answer = make.desk_of(xiaowang).post("/desk/open/", sent)
    case = Case.objects.get(ticket=ticket)
    assert answer.headers["Location"] == f"/desk/case/{case.number}/"
    assert [row.code for row in case.items.order_by("pk")] == [make.ALLOWANCE, make.CARD]
    assert case.number in make.words(make.desk_of(xiaowang).get("/desk/")), (
        "the ticket's case comes up by itself"
    )


def test_a_proxy_is_noted_and_the_question_whether_there_is_one_is_answered(dawei, xiaowang):
    sent = {
        **vars(make.zhang()),
        "items": [make.ALLOWANCE],
        "proxy_name": "李桂芳",
        "proxy_id_number": make.an_id_number(),
    }
    shown = make.words(make.desk_of(xiaowang).post("/desk/open/", sent, follow=True))
    assert "替别人办：李桂芳" in shown and 'value="替别人办" checked' in shown


def test_a_wrong_id_number_is_told_at_its_field_and_everything_typed_stays(dawei, xiaowang):
    sent = {**vars(make.zhang(id_number="12345")), "items": [make.ALLOWANCE], "proxy_name": "李桂芳"}
    sent["proxy_id_number"] = make.an_id_number()
    answer = make.desk_of(xiaowang).post("/desk/open/", sent)
    shown = make.words(answer)
    assert answer.status_code == 422 and not Case.objects.filter(opened_by=xiaowang).exists()
    assert 'id="f-id_number-error"' in shown and "现在是5位" in shown
    for kept in ("12345", "张守义", "金葡萄家园 12 栋 301", "李桂芳"):
        assert f'value="{kept}"' in shown
    assert 'value="MZ-010" checked' in shown


def test_a_wrong_id_number_of_the_proxy_is_told_at_its_own_field(dawei, xiaowang):
    sent = {**vars(make.zhang()), "items": [make.ALLOWANCE], "proxy_name": "李桂芳", "proxy_id_number": "1"}
    assert 'id="f-proxy_id_number-error"' in make.words(make.desk_of(xiaowang).post("/desk/open/", sent))


def test_without_an_item_nothing_is_opened(dawei, xiaowang):
    answer = make.desk_of(xiaowang).post("/desk/open/", vars(make.zhang()))
    assert answer.status_code == 422 and "请选要办的事" in make.words(answer)


def test_two_presses_open_one_case(dawei, xiaowang):
    sent = {**vars(make.zhang()), "items": [make.CARD], "client_key": "one press"}
    desk = make.desk_of(xiaowang)
    first, second = desk.post("/desk/open/", sent), desk.post("/desk/open/", sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.filter(opened_by=xiaowang).count() == 1


def test_without_script_one_press_finds_items_and_fills_in_who_is_known(dawei, xiaowang, li_guifang):
    sent = {
        "item_q": "gljt",
        "id_number": str(li_guifang.id_number),
        "phone": "13911112222",
        "items": "SB-018",
    }
    shown = make.words(make.desk_of(xiaowang).post("/desk/open/look", sent))
    assert "高龄津贴申领" in shown and 'value="SB-018" checked' in shown
    assert 'value="李桂芳"' in shown and 'value="13911112222"' in shown, "what was typed is not overwritten"


def test_the_register_answers_only_whole_numbers_and_only_when_posted(dawei, xiaowang, li_guifang):
    desk = make.desk_of(xiaowang)
    told = desk.post("/desk/known", {"id_number": str(li_guifang.id_number)}).json()
    assert told["name"] == "李桂芳" and told["village"] == "磨滩村"
    assert desk.post("/desk/known", {"id_number": make.an_id_number()}).json() == {}
    assert desk.get("/desk/known", {"id_number": str(li_guifang.id_number)}).json() == {}


def test_finding_leads_to_persons_cases_and_items(dawei, xiaowang, li_guifang):
    case = make.a_case(xiaowang, make.CARD)
    desk = make.desk_of(xiaowang)
    by_name = make.words(desk.post("/desk/find/", {"q": "张守义"}))
    assert f"/desk/case/{case.number}/" in by_name and f"?resident={case.applicant_id}" in by_name
    assert case.number in make.words(desk.post("/desk/find/", {"q": str(case.applicant.id_number)}))
    assert case.number in make.words(desk.post("/desk/find/", {"q": case.number[-4:]}))
    assert "/desk/open/?items=MZ-010" in make.words(desk.post("/desk/find/", {"q": "老人钱"}))
    piece = desk.post("/desk/find/", {"q": "李桂芳"}, headers={"X-Piece": "1"})
    assert "李桂芳" in make.words(piece) and "<html" not in make.words(piece)


def test_a_found_person_fills_the_opening_form(dawei, xiaowang, li_guifang):
    shown = make.words(make.desk_of(xiaowang).get(f"/desk/open/?resident={li_guifang.pk}&items=SB-018"))
    assert 'value="李桂芳"' in shown and 'value="SB-018" checked' in shown and "女，72 岁" in shown

"""The reviewer's desk: the tray, one case, an opinion, the next one."""

from __future__ import annotations

from datetime import timedelta

from tests import cast
from yichuang.doors.desk.tests import make
from yichuang.ground import clock
from yichuang.rooms.cases.models import RouteTask


def test_an_empty_tray_says_what_comes(dawei, chen_gong):
    answer = make.desk_of(chen_gong).get("/desk/review/")
    assert answer.status_code == 200 and "没有要您审核的件" in make.words(answer)


def test_the_most_urgent_one_opens_by_itself(dawei, xiaowang, chen_gong, monday_morning):
    with clock.frozen(monday_morning - timedelta(days=13)):
        late = make.at_the_office(xiaowang, applicant=make.zhang(name="黄文兰"))
    make.at_the_office(xiaowang, applicant=make.zhang(name="余建国"))
    page = make.desk_of(chen_gong).get("/desk/review/").context
    assert page["task"].pk == late.pk
    assert [(row.light, row.left) for row in page["tray"]] == [
        ("red", "超 1 个工作日"),
        ("green", "剩 8 个工作日"),
    ]


def test_the_form_stands_beside_its_papers_and_what_is_known(dawei, xiaowang, chen_gong):
    task = make.at_the_office(xiaowang)
    shown = make.words(make.desk_of(chen_gong).get(f"/desk/review/{task.pk}/"))
    assert "高龄津贴申领 申请表" in shown and "80至89周岁" in shown
    assert "6217001234567890387" not in shown, "numbers are masked"
    assert "一致" in shown and "（磨滩村）同意：情况属实。" in shown


def test_what_differs_from_the_card_is_to_be_looked_at(dawei, xiaowang, chen_gong):
    task = make.at_the_office(xiaowang, fields={**make.FIELDS, "birth_date": "1946-11-06"})
    page = make.desk_of(chen_gong).get(f"/desk/review/{task.pk}/").context
    assert (page["rows"][0].label, page["rows"][0].is_same) == ("出生日期", False)


def test_agreeing_leads_to_the_next_one(dawei, xiaowang, chen_gong):
    first = make.at_the_office(xiaowang, applicant=make.zhang(name="余建国"))
    second = make.at_the_office(xiaowang, applicant=make.zhang(name="陶秀莲"))
    desk = make.desk_of(chen_gong)
    answer = desk.post(f"/desk/review/{first.pk}/opinion", {"verdict": "agree", "opinion": ""}, follow=True)
    assert answer.redirect_chain[0][0] == f"/desk/review/{second.pk}/"
    assert "已同意：余建国，高龄津贴申领" in make.words(answer)
    answer = desk.post(f"/desk/review/{second.pk}/opinion", {"verdict": "agree"}, follow=True)
    assert answer.redirect_chain[0][0] == "/desk/review/" and "没有要您审核的件" in make.words(answer)


def test_a_no_needs_a_reason_and_the_words_stay(dawei, xiaowang, chen_gong):
    task = make.at_the_office(xiaowang)
    desk = make.desk_of(chen_gong)
    for verdict in ("refuse", "send_back"):
        answer = desk.post(f"/desk/review/{task.pk}/opinion", {"verdict": verdict, "opinion": " "})
        assert answer.status_code == 422 and 'id="opinion-error"' in make.words(answer), verdict
    odd = desk.post(f"/desk/review/{task.pk}/opinion", {"verdict": "maybe", "opinion": "先放一放"})
    assert odd.status_code == 422 and "先放一放" in make.words(odd)
    desk.post(f"/desk/review/{task.pk}/opinion", {"verdict": "refuse", "opinion": "户籍不在本镇。"})
    task = RouteTask.objects.get(pk=task.pk)
    assert (task.verdict, task.item.status) == ("refuse", "refused")


def test_sending_back_gives_it_to_the_village_again(dawei, xiaowang, chen_gong):
    task = make.at_the_office(xiaowang)
    make.desk_of(chen_gong).post(
        f"/desk/review/{task.pk}/opinion", {"verdict": "send_back", "opinion": "请再核实。"}
    )
    assert RouteTask.objects.get(item=task.item, status="open").village.name == "磨滩村"


def test_a_claimed_one_is_kept_from_colleagues(dawei, xiaowang, chen_gong):
    task = make.at_the_office(xiaowang)
    desk = make.desk_of(chen_gong)
    assert "这一件归您办了" in make.words(desk.post(f"/desk/review/{task.pk}/claim", follow=True))
    theirs = make.desk_of(make.a_colleague_of(chen_gong))
    assert "<b>陈志远</b>领了这一件" in make.words(theirs.get("/desk/review/?tab=all"))
    answer = theirs.post(f"/desk/review/{task.pk}/opinion", {"verdict": "agree"})
    assert answer.status_code == 409 and "陈志远正在办这一件" in make.words(answer)


def test_papers_change_by_their_tab(dawei, xiaowang, chen_gong):
    task = make.at_the_office(xiaowang)
    document = make.a_document(task.item.case, xiaowang)
    shown = make.words(make.desk_of(chen_gong).get(f"/desk/review/{task.pk}/?paper={document.pk}"))
    assert f'<img src="/desk/files/{document.pk}"' in shown and 'data-key="2"' in shown


def test_the_three_kinds_of_the_tray(dawei, xiaowang, chen_gong):
    task = make.at_the_office(xiaowang)
    desk = make.desk_of(chen_gong)
    assert "这一类没有要您审核的件" in make.words(desk.get("/desk/review/?tab=mine"))
    desk.post(f"/desk/review/{task.pk}/claim")
    assert desk.get("/desk/review/?tab=mine").context["task"].pk == task.pk


def test_a_village_head_reviews_in_the_tray_too(dawei, xiaowang, zhao_shuji):
    case = make.accepted(xiaowang, make.ALLOWANCE)
    page = make.desk_of(zhao_shuji).get("/desk/review/").context
    assert page["task"].item.case_id == case.pk and page["step"] == "磨滩村初审"


def test_what_needs_a_signature_leads_to_the_signing_page(dawei, xiaowang, zhao_shuji):
    case = make.accepted(xiaowang, "MZ-012", **make.everything_for("MZ-012"))
    task = RouteTask.objects.get(item__case=case, status="open")
    answer = make.desk_of(zhao_shuji).get(f"/desk/review/{task.pk}/")
    assert answer.headers["Location"] == f"/desk/sign/{task.pk}/"


def test_another_office_and_another_duty_find_nothing(dawei, xiaowang):
    task = make.at_the_office(xiaowang)
    stranger = make.desk_of(cast.staff("reviewer-sb"))
    assert stranger.get(f"/desk/review/{task.pk}/").status_code == 404
    assert stranger.post(f"/desk/review/{task.pk}/opinion", {"verdict": "agree"}).status_code == 404
    assert make.desk_of(xiaowang).get("/desk/review/").status_code == 403


def test_a_reviewer_finds_the_cases_of_the_office(dawei, xiaowang, chen_gong):
    task = make.at_the_office(xiaowang)
    shown = make.words(make.desk_of(chen_gong).post("/desk/find/", {"q": "张守义"}))
    assert f"/desk/review/{task.pk}/" in shown and "/desk/case/" not in shown

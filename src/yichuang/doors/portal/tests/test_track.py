"""办到哪了。"""

from __future__ import annotations

from datetime import timedelta

import pytest

from yichuang.ground import clock
from yichuang.rooms.cases import actions
from yichuang.rooms.cases.tests import make
from yichuang.rooms.feedback.actions import Said, rate
from yichuang.rooms.feedback.queries import invitation_of

from .after import a_closed_case, a_result, a_visit, nobody, shown


@pytest.fixture
def town(db):
    with make.in_a_town(always_open=True) as town:
        yield town


def page_of(town, case, status=200) -> str:
    return shown(nobody(town), f"/track/{case.track_token}", status)


def test_a_case_under_review_tells_who_has_it_and_by_when(town):
    case = make.accepted(make.SHOP)
    page = page_of(town, case)
    assert "材料齐了，正在城管审核，最迟 11月26日 办好。" in page
    assert 'figure-value">11月26日' in page and "还有 3 个工作日" in page
    assert "走到第 2 步，下一步出结果" in page
    assert 'href="tel:0551-63000103"' in page and "没有" in page


def test_nothing_personal_is_shown(town):
    case = make.accepted(make.ELDER, proxy=make.a_proxy())
    page = page_of(town, case)
    assert "李*" in page
    for personal in (
        "李桂芳",
        "13900000001",
        "张守义",
        "金葡萄家园12栋",
        "6217",
        str(case.applicant.id_number),
    ):
        assert personal not in page


def test_a_case_that_is_not_accepted_has_no_promise_yet(town):
    page = page_of(town, make.submitted(make.SHOP))
    assert "还没定" in page and "受理的时候当场告诉您" in page


def test_what_is_missing_is_named_with_its_cure_and_alternatives_share_a_row(town):
    case = make.submitted(make.SHOP)
    actions.request_correction(case=case, by=make.a_clerk())
    page = page_of(town, case)
    assert (
        "还缺 2 份材料，一次补齐就能受理。" in page
        and "还缺这 2 份" in page
        and "补材料" in page
        and "2 份，一次补齐" in page
    )
    assert "不动产权证书 或 租赁合同（交一份就行）" in page
    assert "复印件 1 份。" in page and "说“补材料”" in page


def test_a_paper_that_was_wrong_says_why(town):
    case = make.submitted(make.SHOP)
    make.bring(case, "居民身份证", "租赁合同")
    document = case.documents.get(material="居民身份证")
    actions.request_correction(case=case, wrong={document.pk: "照片看不清"}, by=make.a_clerk())
    assert "上次交的不能用：照片看不清。" in page_of(town, case)


def test_when_everything_has_been_brought_it_says_so(town):
    case = make.submitted(make.SHOP)
    actions.request_correction(case=case, by=make.a_clerk())
    make.bring_everything(case)
    page = page_of(town, case)
    assert "材料补齐了" in page and "重新提交" in page


def test_each_item_has_its_own_sentence_and_what_needs_her_comes_first(town):
    case = make.accepted(make.ELDER, make.CARD)
    a_result(case)
    page = page_of(town, case)
    ready, running = page.index("结果带身份证到任意窗口领取。"), page.index("材料齐了，正在磨滩村初审")
    assert ready < running
    assert page.count("<h1") == 1 and "来领结果" in page and "同一次办的" in page


def test_papers_that_may_follow_are_listed(town):
    assert "可以以后补的 1 份" in page_of(town, make.submitted(make.CARD))


def test_a_refusal_tells_the_reason_and_the_remedy(town):
    case = make.accepted(make.SHOP)
    task = make.open_tasks(case)[0]
    actions.give_opinion(task=task, verdict="refuse", opinion="不在允许的路段。", by=make.decider_of(task))
    page = page_of(town, case)
    assert "不在允许的路段。" in page and "行政复议" in page and f"/rate/{invitation_of(case)}" in page


def test_a_closed_case_invites_to_rate(town):
    case = a_closed_case()
    page = page_of(town, case)
    assert "已经办结" in page and f'href="/rate/{invitation_of(case)}"' in page


def test_a_promise_that_is_over_is_red(town):
    case = make.accepted(make.SHOP)
    with clock.frozen(make.MONDAY + timedelta(days=7)):
        page = page_of(town, case)
    assert 'class="light red' in page and "超过承诺 2 个工作日" in page


def test_the_last_day_is_said(town):
    case = make.accepted(make.SHOP)
    with clock.frozen(make.MONDAY + timedelta(days=3)):
        page = page_of(town, case)
    assert 'class="light yellow' in page and "就是今天" in page


def test_a_provisional_promise_says_that_it_may_move(town):
    with clock.frozen(make.MONDAY.replace(month=12, day=30)):
        page = page_of(town, make.accepted(make.SHOP))
    assert "预计最迟" in page and "放假安排公布后可能调整" in page


@pytest.mark.parametrize("token", ["nobody-has-this-token", "x" * 41, "a%00b", "中文", "%27%20or%201"])
def test_an_unknown_code_is_not_there_and_says_what_to_do(town, token):
    page = shown(nobody(town), f"/track/{token}", 404)
    assert "没有找到这个查询码" in page and 'action="/track/"' in page


def test_another_towns_receipt_opens_nothing_here(db):
    with make.in_a_town():
        token = make.submitted(make.SHOP).track_token
    with make.in_a_town() as other:
        assert "没有找到" in shown(nobody(other), f"/track/{token}", 404)


@pytest.mark.parametrize(
    "written", ["{token}", " {token} ", "http://127.0.0.1:8000/track/{token}", "/track/{token}/"]
)
def test_a_code_is_found_as_people_write_it(town, written):
    case = make.submitted(make.SHOP)
    answer = nobody(town).get("/track/", {"code": written.format(token=case.track_token)})
    assert answer["Location"] == f"/track/{case.track_token}"


def test_a_case_number_opens_nothing_and_says_why(town):
    case = make.submitted(make.SHOP)
    answer = nobody(town).get("/track/", {"code": case.number})
    assert answer.status_code == 422 and "这是办件编号，不是查询码" in answer.content.decode()


@pytest.mark.parametrize(("code", "status"), [("", 200), ("中文", 404), ("a\x00b", 404), ("<script>", 404)])
def test_any_other_code_is_answered_in_words(town, code, status):
    answer = nobody(town).get("/track/", {"code": code})
    assert answer.status_code == status and b"<script>alert" not in answer.content


@pytest.mark.parametrize(
    ("until", "sentence", "comes_again"),
    [
        ("waiting", "马上就到您", True),
        ("called", "请到 1 号窗口。", True),
        ("serving", "1 号窗口正在给您办。", False),
        ("missed", "重新取一个号", False),
        ("finished", "办完了，慢走。", False),
    ],
)
def test_a_ticket_tells_its_place(town, until, sentence, comes_again):
    ticket = a_visit(until=until)
    answer = nobody(town).get(f"/track/{ticket.track_token}")
    page = answer.content.decode()
    assert ticket.number in page and sentence in page
    assert ("Refresh" in answer) is comes_again
    assert (f"/rate/{invitation_of(ticket)}" in page) is (until == "finished")


def test_who_stands_behind_others_is_told_how_many(town):
    a_visit(until="waiting")
    ticket = a_visit(until="waiting")
    assert "前面还有 1 位" in page_of(town, ticket)


def test_yesterdays_ticket_is_over(town):
    ticket = a_visit(until="waiting")
    with clock.frozen(make.MONDAY + timedelta(days=1)):
        assert "这个号已经过了日子" in page_of(town, ticket)


def test_no_search_engine_keeps_it(town):
    case = make.submitted(make.SHOP)
    assert nobody(town).get(f"/track/{case.track_token}")["X-Robots-Tag"] == "noindex, nofollow"


def test_who_has_rated_is_not_asked_again(town):
    case = a_closed_case()
    rate(invitation=invitation_of(case), said=Said(5))
    assert "评一评" not in page_of(town, case)


def test_before_acceptance_the_way_is_the_guides(town):
    page = page_of(town, make.submitted(make.SHOP))
    assert "走到第 1 步，下一步审核" in page and "7 个工作日内" in page

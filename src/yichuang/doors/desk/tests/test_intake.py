"""A case at the window: saved, papers taken, told once, accepted, brought out, handed over."""

from __future__ import annotations

import pytest

from tests import cast
from yichuang.doors.desk.tests import make
from yichuang.rooms.cases import actions as cases
from yichuang.rooms.cases import queries
from yichuang.rooms.cases.models import Case, Document
from yichuang.rooms.issuing import actions as issuing
from yichuang.rooms.issuing.models import Result


@pytest.fixture
def draft(dawei, xiaowang) -> Case:
    """Two items, nothing answered and nothing brought."""
    return make.a_case(xiaowang, answers={}, fields={})


@pytest.fixture
def desk(draft, xiaowang):
    return make.desk_of(xiaowang)


def at(case: Case, act: str = "") -> str:
    return f"/desk/case/{case.number}/{act}"


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_case_shows_each_question_field_and_paper_once(desk, draft):
    page = desk.get(at(draft)).context
    assert [question.asked.question for question in page["questions"]] == [
        "您是替别人办的吗？",
        "是来报老人去世、停发津贴的吗？",
        "本人是合肥户口吗？",
    ]
    assert [row.label for row in page["fields"]].count("出生日期") == 1
    names = [row.name for row in page["papers"]]
    assert names.count("居民身份证") == 1 and page["fewer"] == 1


def test_what_the_card_says_is_filled_in_and_tinted(desk, draft):
    rows = {row.key: row for row in desk.get(at(draft)).context["fields"]}
    assert rows["birth_date"].value == "1946-11-05" and rows["birth_date"].is_filled
    assert rows["village"].value == "磨滩村" and not rows["bank_account"].is_filled


def test_a_draft_is_saved_by_the_button(desk, draft):
    sent = make.typed(make.ANSWERS, make.FIELDS)
    assert "草稿存好了" in make.words(desk.post(at(draft, "save"), sent, follow=True))
    assert fresh(draft).answers == make.ANSWERS
    assert fresh(draft).fields["bank_account"] == "6217001234567890387"


def test_a_wrong_field_is_told_beside_it_and_nothing_typed_is_lost(desk, draft):
    sent = make.typed(make.ANSWERS, {**make.FIELDS, "bank_account": "6217"})
    answer = desk.post(at(draft, "save"), sent)
    shown = make.words(answer)
    assert answer.status_code == 422 and fresh(draft).answers == {}
    assert 'id="f-bank_account-error"' in shown and 'value="6217"' in shown
    assert 'value="我自己办" checked' in shown


def test_the_page_saves_by_itself_what_is_right_and_tells_what_is_wrong(desk, draft):
    sent = make.typed(make.ANSWERS, {**make.FIELDS, "bank_account": "6217"})
    told = desk.post(at(draft, "save"), sent, headers={"Accept": "application/json"}).json()
    assert list(told["wrong"]) == ["bank_account"] and told["said"] == "草稿已存 9:00"
    assert "bank_account" not in fresh(draft).fields and fresh(draft).fields["supporter_name"] == "李桂芳"
    assert "还缺 3 份" in told["pieces"]["papers"] and "出一次性告知书" in told["pieces"]["act_bar"]


def test_a_tick_counts_at_once_on_the_page_but_is_noted_only_with_an_act(desk, draft):
    sent = {**make.typed(make.ANSWERS), "ticks": make.ticks(draft)[:1]}
    told = desk.post(at(draft, "save"), sent, headers={"Accept": "application/json"}).json()
    assert "还缺 2 份" in told["pieces"]["papers"] and "收下，还没存" in told["pieces"]["papers"]
    assert not Document.objects.filter(case=draft).exists()
    desk.post(at(draft, "save"), sent)
    assert Document.objects.get(case=draft).material == "居民身份证"


def test_answers_change_the_list(desk, draft):
    sent = make.typed({**make.ANSWERS, "proxy": "替别人办"})
    shown = make.words(desk.post(at(draft, "save"), sent, follow=True))
    assert "授权委托书" in shown and "代办人居民身份证" in shown


def test_an_item_is_added_and_dropped_while_it_is_a_draft(desk, draft):
    desk.post(at(draft, "items"), {"items": [make.ALLOWANCE, make.CARD, "SB-018"]})
    assert draft.items.count() == 3
    desk.post(at(draft, "items"), {"items": [make.ALLOWANCE, make.CARD, "SB-018"], "drop": make.CARD})
    assert {row.code for row in draft.items.all()} == {make.ALLOWANCE, "SB-018"}


def test_without_script_one_more_item_is_found_with_everything_typed_kept(desk, draft):
    sent = {**make.typed({"proxy": "我自己办"}), "item_q": "社保卡"}
    shown = make.words(desk.post(at(draft, "look"), sent))
    assert "社会保障卡申领" in shown and 'value="我自己办" checked' in shown


def test_several_pictures_of_one_paper_are_taken(desk, draft):
    sent = {"paper": make.ticks(draft)[0], "file": [make.a_scan("正.png"), make.a_scan("反.png")]}
    answer = desk.post(at(draft, "documents"), sent)
    assert answer.headers["Location"] == at(draft) + "#papers"
    assert [document.material for document in draft.documents.all()] == ["居民身份证"] * 2
    assert "看 2 份" in make.words(desk.get(at(draft)))


def test_a_file_that_is_no_picture_is_refused_and_the_answers_stay(desk, draft):
    sent = {**make.typed({"proxy": "替别人办"}), "paper": make.ticks(draft)[0]}
    sent["file"] = make.a_scan("表.png", b"<svg onload=alert(1)>")
    answer = desk.post(at(draft, "documents"), sent)
    assert answer.status_code == 415 and "不是照片或 PDF" in make.words(answer)
    assert 'value="替别人办" checked' in make.words(answer) and not draft.documents.exists()


def test_sending_no_file_says_so(desk, draft):
    answer = desk.post(at(draft, "documents"), {"paper": make.ticks(draft)[0]})
    assert answer.status_code == 422 and "没有选材料的文件" in make.words(answer)


def test_the_notice_names_everything_missing_once(desk, draft):
    sent = make.typed(make.ANSWERS, make.FIELDS)
    shown = make.words(desk.post(at(draft, "notice"), sent, follow=True))
    correction = draft.corrections.get()
    due = [each["name"] for each in correction.missing if each["need"] == "required"]
    assert due == ["居民身份证", "居民户口簿", "银行卡(社保卡)"]
    assert "已经一次性告知过，补齐了再受理" in shown and "打印告知书" in shown


def test_a_scan_that_cannot_be_used_is_told_with_the_rest(desk, draft, xiaowang):
    document = make.a_document(draft, xiaowang)
    sent = {**make.typed(make.ANSWERS, make.FIELDS), f"wrong.{document.pk}": "照片模糊，看不清号码"}
    shown = make.words(desk.post(at(draft, "notice"), sent, follow=True))
    (told,) = [each for each in draft.corrections.get().missing if each["name"] == "居民身份证"]
    assert told["wrong"] == "照片模糊，看不清号码" and "要换一份：照片模糊，看不清号码" in shown


def test_what_is_wrong_with_a_scan_stays_typed_when_the_notice_is_refused(desk, draft, xiaowang):
    document = make.a_document(draft, xiaowang)
    answer = desk.post(at(draft, "notice"), {f"wrong.{document.pk}": "照片模糊"})
    assert answer.status_code == 422 and 'value="照片模糊"' in make.words(answer)


def test_unanswered_questions_stop_a_notice_and_are_marked(desk, draft):
    answer = desk.post(at(draft, "notice"), make.typed({"proxy": "我自己办"}, make.FIELDS))
    assert answer.status_code == 422 and "还有 2 个问题没有回答" in make.words(answer)
    assert make.words(answer).count("请选一个答案</span>") == 2
    assert draft.items.filter(status="draft").count() == 2


def test_accepting_with_papers_missing_is_refused_and_nothing_is_half_done(desk, draft):
    answer = desk.post(at(draft, "accept"), make.typed(make.ANSWERS, make.FIELDS))
    assert answer.status_code == 409 and "还缺 3 份材料" in make.words(answer)
    assert draft.items.filter(status="draft").count() == 2 and fresh(draft).answers == {}
    assert 'value="6217001234567890387"' in make.words(answer), "what was typed is still there"


def test_one_press_submits_notes_the_originals_and_accepts(desk, draft):
    sent = {**make.typed(make.ANSWERS, make.FIELDS), "ticks": make.ticks(draft)}
    shown = make.words(desk.post(at(draft, "accept"), sent, follow=True))
    statuses = {row.code: row.status for row in draft.items.all()}
    assert statuses == {make.ALLOWANCE: "reviewing", make.CARD: "granted"}
    assert "正在磨滩村初审，最迟 12月3日" in shown and "1 件已经准予，可以出件" in shown


def test_what_is_complete_is_accepted_before_the_rest(desk, draft, xiaowang):
    card = [needed for needed in queries.checklist_of(draft).materials if needed.name == "居民身份证"]
    sent = {**make.typed(make.ANSWERS, make.FIELDS), "ticks": [make.paper_id(needed) for needed in card]}
    shown = make.words(desk.post(at(draft, "save"), sent, follow=True))
    assert "老年优待证不受影响，可先受理" in shown
    assert "还不能受理高龄津贴" in shown and 'value="MZ-013"' in shown
    desk.post(at(draft, "accept"), {"only": make.CARD})
    assert {row.code: row.status for row in draft.items.all()} == {
        make.ALLOWANCE: "submitted",
        make.CARD: "granted",
    }


def test_what_was_told_is_accepted_when_it_is_brought(desk, draft, xiaowang):
    desk.post(at(draft, "notice"), make.typed(make.ANSWERS, make.FIELDS))
    make.bring_everything(fresh(draft), xiaowang)
    desk.post(at(draft, "accept"))
    assert {row.status for row in draft.items.all()} == {"reviewing", "granted"}


def test_an_item_that_is_done_on_the_spot_is_refused_with_a_reason(desk, draft, xiaowang):
    case = make.a_case(xiaowang, make.CARD)
    make.bring_everything(case, xiaowang)
    item = case.items.get()
    refused = desk.post(at(case, "refuse"), {"item": item.pk, "opinion": ""})
    assert refused.status_code == 422 and "data-open-now" in make.words(refused)
    shown = make.words(
        desk.post(at(case, "refuse"), {"item": item.pk, "opinion": "不满65周岁。"}, follow=True)
    )
    item.refresh_from_db()
    assert item.status == "refused" and f"/desk/refusals/{item.pk}.pdf" in shown


def test_results_are_brought_out_and_handed_over(desk, xiaowang):
    case = make.accepted(xiaowang, make.CARD)
    shown = make.words(desk.post(at(case, "issue"), follow=True))
    result = Result.objects.get(item__case=case)
    assert "出了 1 份结果" in shown and f"/desk/results/{result.number}.pdf" in shown
    receiver = {
        "receiver": "张守义",
        "last_four": str(case.applicant.id_number)[-4:],
        "result": result.number,
    }
    shown = make.words(desk.post(f"/desk/results/{result.number}/hand-over", receiver, follow=True))
    assert "张守义领走" in shown and case.items.get().status == "closed"


def test_a_receiver_whose_card_differs_is_refused_and_the_form_comes_back(desk, xiaowang):
    case = make.accepted(xiaowang, make.CARD)
    (result,) = issuing.issue(case=case, by=xiaowang)
    sent = {"receiver": "张守义", "last_four": "0000", "result": result.number}
    answer = desk.post(f"/desk/results/{result.number}/hand-over", sent)
    shown = make.words(answer)
    assert answer.status_code == 409 and "身份证后四位和登记的不一样" in shown
    assert "data-open-now" in shown and 'value="0000"' in shown


def test_two_presses_accept_once(desk, draft):
    sent = {**make.typed(make.ANSWERS, make.FIELDS), "ticks": make.ticks(draft), "client_key": "one press"}
    first, second = desk.post(at(draft, "accept"), sent), desk.post(at(draft, "accept"), sent)
    assert (first.status_code, second.status_code) == (302, 302)


def test_a_stale_page_is_told_that_the_case_has_moved_on(desk, draft, xiaowang):
    sent = {**make.typed(make.ANSWERS, make.FIELDS), "ticks": make.ticks(draft)}
    desk.post(at(draft, "accept"), sent)
    answer = desk.post(at(draft, "accept"), sent)
    assert answer.status_code == 409 and "不能这样办" in make.words(answer)


def test_another_clerk_takes_an_earlier_case_on(desk, draft, xiaowang):
    cases.save_draft(case=draft, draft=cases.Draft(answers=make.ANSWERS), by=xiaowang)
    other = cast.staff("hall-manager")
    assert make.desk_of(other).get(at(draft)).status_code == 403, "not at a window"
    assert desk.get(at(draft)).status_code == 200


def test_nobody_of_another_office_or_town_sees_it(outsider):
    from yichuang.ground.towns import Town, within

    with within(Town.objects.get(key="dawei")):
        case = make.a_case(cast.staff("clerk"), make.CARD)
        reviewer = cast.staff("reviewer-mz")
    desk = make.desk_of(outsider)
    for act in ("", "receipt.pdf", "notice.pdf"):
        assert desk.get(at(case, act)).status_code == 404, act
    for act in ("save", "items", "documents", "notice", "accept", "issue", "refuse"):
        assert desk.post(at(case, act)).status_code == 404, act
    assert make.desk_of(reviewer).get(at(case)).status_code == 403


def test_a_number_that_does_not_exist_is_not_found(desk):
    assert desk.get("/desk/case/20200101-0001/").status_code == 404

"""One sentence at every point of an item's life, and the steps it has gone."""

from __future__ import annotations

from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.tests import make


def told(case, code=make.ELDER):
    return queries.plain_state(make.item_of(case, code))


def test_it_says_who_has_it_and_by_when(hall):
    case = make.opened()
    assert told(case) == "还没有提交，填到哪里存到哪里。"
    actions.submit(case=case, by=case.opened_by)
    assert told(case) == "已经提交，等窗口看材料；齐了当场受理，不齐的一次告诉您。"
    actions.request_correction(case=case, by=case.opened_by)
    assert told(case) == "还缺 3 份材料：居民身份证、居民户口簿、银行卡（社保卡）。补齐就能受理。"
    make.bring_everything(case)
    assert told(case) == "材料补齐了，请重新提交。"
    actions.resubmit(case=case, by=case.opened_by)
    actions.accept(case=case, by=case.opened_by)
    assert told(case) == "材料齐了，正在磨滩村初审，最迟 12月3日 办好。"
    make.agree(make.open_task(case, "V04"))
    assert told(case) == "材料齐了，正在民政和养老审核，最迟 12月3日 办好。"
    make.agree_all(case)
    assert told(case) == "已经准予，正在出结果。"


def test_a_refusal_tells_the_reason_and_the_remedy(hall):
    case = make.accepted()
    task = make.open_task(case, "V04")
    actions.give_opinion(task=task, verdict="refuse", opinion="没有满80周岁。", by=make.a_head())
    assert told(case) == "不予办理，理由：没有满80周岁。 不服的可以在 60 日内申请行政复议，也可以起诉。"
    assert [step.name for step in queries.steps(make.item_of(case, make.ELDER))] == [
        "收件受理",
        "磨滩村初审",
        "不予办理",
    ]


def test_the_steps_show_what_is_done_and_what_comes(hall):
    case = make.accepted(by=make.a_clerk("王晓梅"))
    make.agree(make.open_task(case, "V04"), by=make.a_head(name="赵德明"))
    steps = queries.steps(make.item_of(case, make.ELDER))
    assert [(step.name, step.state, step.by) for step in steps] == [
        ("收件受理", "done", "王晓梅"),
        ("磨滩村初审", "done", "赵德明"),
        ("民政和养老审核", "now", ""),
        ("区民政局审核", "later", ""),
        ("出结果", "later", ""),
        ("领取", "later", ""),
    ]


def test_the_timeline_tells_everything_in_order(hall):
    case = make.granted(make.SHOP)
    assert [event.kind for event in queries.timeline(case)] == [
        "cases.opened",
        "cases.submitted",
        "cases.document_added",
        "cases.document_added",
        "cases.accepted",
        "cases.opinion_given",
    ]


def test_what_a_resident_came_with_before_is_found_newest_first(hall):
    first = make.opened()
    second = actions.open_case(
        opening=actions.CaseOpening(items=[make.CARD], applicant=first.applicant), by=make.a_clerk()
    )
    assert list(queries.cases_of(first.applicant)) == [second, first]

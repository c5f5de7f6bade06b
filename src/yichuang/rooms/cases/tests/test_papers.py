"""The papers say what happened, in words, and show no number in full."""

from __future__ import annotations

import io
import re

import pypdf

from yichuang.ground import clock
from yichuang.rooms.cases import actions, papers
from yichuang.rooms.cases.tests import make


def read(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def corrected(**more):
    case = make.submitted(make.ELDER, make.SHOP, proxy=make.a_proxy(), answers={})
    make.bring(case, ("居民身份证", "代办人"), "居民户口簿")
    document = case.documents.get(material="居民户口簿")
    wrong = {document.pk: "出生日期看不清"}
    return case, actions.request_correction(case=case, wrong=wrong, by=case.opened_by)


def test_the_notice_names_everything_how_to_cure_it_and_what_comes_then(hall):
    case, correction = corrected()
    text = read(papers.one_time_notice(correction, at=clock.now()))
    for said in (
        "一次性告知书",
        f"办件号{case.number}",
        "代办人张守义",
        "还缺5份材料",
        "不动产权证书或租赁合同（交一份就行）",
        "交来的不能用：出生日期看不清。",
        "电子身份证",
        "已经收下的1份，不用再带",
        "从受理的第二天起8个工作日内办结（法定20个）",
        "最迟2026年12月3日办好",
        "我们不会因为今天就能看出的问题再请您补第二次",
        "演示数据",
    ):
        assert said in text, said
    assert len(pypdf.PdfReader(io.BytesIO(papers.one_time_notice(correction, at=clock.now()))).pages) == 1


def test_the_notice_stays_as_it_was_whatever_is_brought_later(hall):
    case, correction = corrected()
    before = read(papers.one_time_notice(correction, at=clock.now()))
    with clock.frozen(make.MONDAY.replace(day=24)):
        make.bring_everything(case)
        assert read(papers.one_time_notice(correction, at=clock.now())) == before


def test_the_acceptance_receipt_tells_the_day_promised(hall):
    case = make.accepted(make.ELDER, make.CARD)
    text = read(papers.acceptance_receipt(case, at=clock.now()))
    for said in (
        "受理通知书",
        "2026年12月3日",
        "2026年12月21日",
        "当场办结",
        "可以后补的近期免冠照片",
        "演示用章",
    ):
        assert said in text, said


def test_a_town_that_is_no_demo_prints_neither_mark_nor_seal(db):
    with make.in_a_town(is_demo=False):
        text = read(papers.acceptance_receipt(make.accepted(), at=clock.now()))
    assert "演示" not in text
    assert "加盖专用印章" in text


def test_no_paper_shows_a_number_in_full(hall):
    case, correction = corrected()
    printed = read(papers.one_time_notice(correction, at=clock.now())) + read(
        papers.intake_receipt(case, at=clock.now())
    )
    secrets = [case.applicant.id_number, case.applicant.phone, case.proxy_id_number, "6217001234567890123"]
    assert not [secret for secret in secrets if secret in printed]


def test_a_refusal_is_written_with_reasons_and_remedies(hall):
    case = make.accepted()
    task = make.open_task(case, "V04")
    actions.give_opinion(task=task, verdict="refuse", opinion="没有满80周岁。", by=make.a_head())
    text = read(papers.refusal_notice(make.item_of(case, make.ELDER), at=clock.now()))
    for said in ("不予办理决定书", "没有满80周岁。", "60日内可以申请行政复议", "行政诉讼"):
        assert said in text, said


def test_a_form_is_shown_with_accounts_and_phones_masked(hall):
    from yichuang.rooms.cases import queries

    case = make.opened(fields={**make.FORM_OF_ELDER, "supporter_phone": "13900000009"})
    shown = dict(papers.filled_form(case, queries.checklist_of(case)))
    assert shown == {
        "出生日期": "1946-11-05",
        "年龄段": "80至89岁",
        "收款账号": "***************0123",
        "赡养人电话": "139****0009",
    }

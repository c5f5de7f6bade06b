"""Papers and pictures: only for those who may see the case, and never anything that a browser would run."""

from __future__ import annotations

import pytest

from tests import cast
from yichuang.doors.desk.tests import make
from yichuang.ground.towns import Town, within
from yichuang.rooms.cases import actions as cases
from yichuang.rooms.cases.actions import Paper
from yichuang.rooms.issuing import actions as issuing


def test_a_picture_comes_with_a_fixed_kind_and_in_a_sandbox(dawei, xiaowang):
    document = make.a_document(make.a_case(xiaowang), xiaowang)
    answer = make.desk_of(xiaowang).get(f"/desk/files/{document.pk}")
    assert answer.headers["Content-Type"] == "image/png" and answer.content == make.PNG
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["Content-Disposition"].startswith("inline; filename")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_pdf_may_open_in_the_browsers_own_viewer_and_nothing_more(dawei, xiaowang):
    document = make.a_document(make.a_case(xiaowang), xiaowang, b"%PDF-1.7\n%%EOF", "application/pdf")
    policy = make.desk_of(xiaowang).get(f"/desk/files/{document.pk}").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "script" not in policy


def test_a_kind_that_a_browser_would_run_is_never_served(dawei, xiaowang):
    document = make.a_document(make.a_case(xiaowang), xiaowang, b"<svg/>", "image/svg+xml")
    assert make.desk_of(xiaowang).get(f"/desk/files/{document.pk}").status_code == 404


def test_an_original_that_was_only_looked_at_has_no_file(dawei, xiaowang):
    case = make.a_case(xiaowang)
    document = cases.add_document(case=case, paper=Paper("居民身份证", "申请人"), by=xiaowang)
    assert make.desk_of(xiaowang).get(f"/desk/files/{document.pk}").status_code == 404


def test_only_the_office_it_was_routed_to_sees_a_document(dawei, xiaowang, chen_gong):
    case = make.a_case(xiaowang, make.ALLOWANCE)
    document = make.a_document(case, xiaowang)
    address = f"/desk/files/{document.pk}"
    assert make.desk_of(chen_gong).get(address).status_code == 404, "not accepted yet"
    cases.submit(case=case, by=xiaowang)
    make.bring_everything(case, xiaowang)
    cases.accept(case=case, by=xiaowang)
    assert make.desk_of(chen_gong).get(address).status_code == 200
    assert make.desk_of(cast.staff("head-v04")).get(address).status_code == 200
    assert make.desk_of(cast.staff("reviewer-sb")).get(address).status_code == 404
    assert make.desk_of(cast.staff("head-v05")).get(address).status_code == 404


def test_another_town_finds_nothing(outsider):
    with within(Town.objects.get(key="dawei")):
        clerk = cast.staff("clerk")
        case = make.a_case(clerk, make.CARD)
        document = make.a_document(case, clerk)
        make.bring_everything(case, clerk)
        cases.submit(case=case, by=clerk)
        cases.accept(case=case, by=clerk)
        (result,) = issuing.issue(case=case, by=clerk)
    desk = make.desk_of(outsider)
    for address in (f"files/{document.pk}", f"results/{result.number}.pdf"):
        assert desk.get(f"/desk/{address}").status_code == 404
    assert desk.post(f"/desk/results/{result.number}/hand-over").status_code == 404


@pytest.mark.parametrize("paper", ["receipt.pdf", "notice.pdf"])
def test_slips_are_pdfs_with_a_name(dawei, xiaowang, paper):
    case = make.a_case(xiaowang)
    cases.submit(case=case, by=xiaowang)
    cases.request_correction(case=case, by=xiaowang)
    answer = make.desk_of(xiaowang).get(f"/desk/case/{case.number}/{paper}")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert case.number in answer.headers["Content-Disposition"]


def test_the_receipt_becomes_the_notice_of_acceptance(dawei, xiaowang):
    case = make.accepted(xiaowang, make.ALLOWANCE)
    answer = make.desk_of(xiaowang).get(f"/desk/case/{case.number}/receipt.pdf")
    assert (
        "%E5%8F%97%E7%90%86%E9%80%9A%E7%9F%A5%E4%B9%A6" in answer.headers["Content-Disposition"]
    )  # 受理通知书


def test_a_result_and_a_refusal_are_served(dawei, xiaowang):
    desk = make.desk_of(xiaowang)
    (result,) = issuing.issue(case=make.accepted(xiaowang, make.CARD), by=xiaowang)
    assert desk.get(f"/desk/results/{result.number}.pdf").content.startswith(b"%PDF-")
    case = make.a_case(xiaowang, make.CARD)
    cases.submit(case=case, by=xiaowang)
    make.bring_everything(case, xiaowang)
    item = case.items.get()
    assert desk.get(f"/desk/refusals/{item.pk}.pdf").status_code == 404, "not refused yet"
    cases.decide_on_the_spot(item=item, verdict="refuse", opinion="不满65周岁。", by=xiaowang)
    assert desk.get(f"/desk/refusals/{item.pk}.pdf").content.startswith(b"%PDF-")

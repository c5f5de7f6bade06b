"""办件：从收件到领取；缺的一次说全；不归您的看不到；重发不重办。"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from yichuang.ground.identity import make_id_number

from .make import Caller, a_scan, anybody, employed, linhu, member, pin_of

CARE, CARD = "MZ-012", "YB-004"  # promised with the village head's signature; on the spot, another office
LI = {
    "name": "李桂芳",
    "id_number": str(make_id_number("349900", date(1952, 3, 8), 40)),
    "phone": "13900000021",
    "address": "金葡萄家园12栋301",
    "village": "V04",
}


def answers_and_fields(clerk: Caller, *codes: str) -> dict:
    """Every question answered with what adds a paper, every field filled in."""
    listed = clerk.post("/catalog/checklist", {"items": list(codes)}).json()
    answers = {asked["key"]: asked["answers"][0] for asked in listed["questions"]}
    sample = {
        "date": "2026-01-05",
        "number": "2",
        "money": "100",
        "phone": "13900000022",
        "id_number": LI["id_number"],
        "bank_account": "6222020000000001",
    }
    fields = {
        field["key"]: field["options"][0] if field["options"] else sample.get(field["type"], "试一试")
        for field in listed["fields"]
        if field["key"] not in ("birth_date", "gender", "village")
    }
    return {"answers": answers, "fields": fields}


@pytest.fixture
def clerk(town):
    return member(town, "clerk")


def opened(clerk: Caller, *codes: str, **more) -> dict:
    body = {"items": list(codes), "applicant": LI, **answers_and_fields(clerk, *codes), **more}
    answer = clerk.post("/cases", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()


@pytest.fixture
def accepted(clerk):
    """A case of one promised item, with all its papers, accepted."""
    case = opened(clerk, CARE)
    bring_all(clerk, case)
    for verb in ("submit", "accept"):
        answer = clerk.post(f"/cases/{case['number']}/{verb}")
        assert answer.status_code == 200, answer.json()
    return answer.json()


def bring_all(clerk: Caller, case: dict) -> None:
    for paper in case["missing"]:
        answer = clerk.send(
            f"/cases/{case['number']}/documents",
            material=paper["name"],
            person=paper["person"],
            file=a_scan(f"{paper['name']}.pdf"),
        )
        assert answer.status_code == 201, answer.json()


def test_a_draft_names_what_is_open_and_what_is_missing(clerk):
    answer = clerk.post("/cases", {"items": [CARE, CARD], "applicant": LI})
    assert answer.status_code == 201
    told = answer.json()
    assert [item["status"] for item in told["items"]] == ["draft", "draft"]
    assert {"key", "question", "answers"} <= told["unanswered"][0].keys()
    card = next(paper for paper in told["missing"] if paper["name"] == "居民身份证")
    assert (
        CARE in card["items"]
        and card["how"]
        and "居家养老服务申请表" not in [paper["name"] for paper in told["missing"]]
    )
    assert (
        told["applicant"]["id_number"].startswith("349*") and LI["id_number"] not in answer.content.decode()
    )


def test_submitting_names_every_unanswered_question(clerk):
    number = clerk.post("/cases", {"items": [CARE], "applicant": LI}).json()["number"]
    answer = clerk.post(f"/cases/{number}/submit")
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"disability_care", "alone", "dibao", "proxy"}


def test_a_draft_is_completed_step_by_step(clerk):
    number = clerk.post("/cases", {"items": [CARE], "applicant": LI}).json()["number"]
    wrong = clerk.post(f"/cases/{number}/draft", {"answers": {"alone": "也许"}})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"alone"})
    told = clerk.post(f"/cases/{number}/draft", answers_and_fields(clerk, CARE)).json()
    assert told["unanswered"] == []
    assert clerk.post(f"/cases/{number}/submit").status_code == 200
    assert (
        clerk.post(f"/cases/{number}/draft", {"answers": {"alone": "是"}}).json()["code"] == "answers_settled"
    )


def test_what_is_missing_is_told_once_and_whole(clerk):
    case = opened(clerk, CARE)
    clerk.post(f"/cases/{case['number']}/submit")
    refused = clerk.post(f"/cases/{case['number']}/accept")
    assert (refused.status_code, refused.json()["code"]) == (409, "materials_missing")
    told = clerk.post(f"/cases/{case['number']}/request-correction").json()
    required = [row["name"] for row in told["notices"][0]["missing"] if row["need"] == "required"]
    assert required == [paper["name"] for paper in case["missing"]]
    assert told["items"][0]["status"] == "correcting"
    assert clerk.post(f"/cases/{case['number']}/request-correction").status_code == 409
    bring_all(clerk, case)
    assert clerk.post(f"/cases/{case['number']}/resubmit").json()["items"][0]["status"] == "submitted"


def test_acceptance_promises_as_the_calendar_counts(clerk, accepted):
    (item,) = accepted["items"]
    today = item["accepted_at"][:10]
    due = clerk.get("/workdays/add", **{"from": today, "days": 10}).json()
    assert (item["promised_by"], item["provisional"]) == (due["date"], due["provisional"])
    assert item["status"] == "reviewing" and item["steps"][1]["state"] == "now"


def test_from_signature_to_rating(town, clerk, accepted):
    number = accepted["number"]
    head = member(town, "head-v04")
    (task,) = head.get("/signing/tray").json()["tasks"]
    sheet = head.get(f"/signing/{task['id']}").json()
    assert len(sheet["digest"]) == 64 and sheet["words"]
    pdf = head.client.get(sheet["document_url"], headers=head.headers)
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    pin = pin_of(town, "head-v04")
    wrong = head.post(f"/signing/{task['id']}/sign", {"digest": "0" * 64, "pin": pin})
    assert wrong.json()["code"] == "digest_differs"
    signed = head.post(f"/signing/{task['id']}/sign", {"digest": sheet["digest"], "pin": pin})
    assert signed.json()["status"] == "signed"
    assert (
        head.post(f"/signing/{task['id']}/sign", {"digest": sheet["digest"], "pin": pin}).status_code == 409
    )
    for office in ("mz", "qmz"):
        reviewer = member(town, f"reviewer-{office}")
        (waiting,) = reviewer.get("/reviews/tray").json()["tasks"]
        assert reviewer.post(f"/reviews/{waiting['id']}/claim").json()["status"] == "claimed"
        done = reviewer.post(f"/reviews/{waiting['id']}/opinion", {"verdict": "agree", "reason": "属实。"})
        assert done.json()["status"] == "done"
        assert reviewer.get("/reviews/tray").json()["tasks"] == []
    assert clerk.get(f"/cases/{number}").json()["items"][0]["status"] == "granted"
    (result,) = clerk.post(f"/cases/{number}/issue").json()["results"]
    checked = anybody(town).get(f"/verify/{result['check_code']}").json()
    assert checked["holder"] == "李*" and checked["digest"] == result["digest"]
    assert clerk.get(f"/results/{result['number']}/document").content.startswith(b"%PDF")
    body = {"receiver": "李桂芳", "last_four": LI["id_number"][-4:]}
    handed = clerk.post(f"/results/{result['number']}/hand-over", body).json()
    assert handed["status"] == "delivered"
    assert anybody(town).post(f"/ratings/{handed['invitation']}", {"grade": 5}).status_code == 201
    token = accepted["track_url"].rpartition("/")[2]
    told = clerk.get(f"/cases/{number}").json()
    assert [row["kind"] for row in told["trail"]][-2:] == ["issuing.issued", "issuing.handed_over"]
    tracked = anybody(town).get(f"/track/{token}").json()
    assert tracked["items"][0]["status"] == "closed" and "李" not in str(tracked)


def test_an_item_is_decided_on_the_spot(clerk):
    case = opened(clerk, CARD, CARE)
    bring_all(clerk, case)
    number = case["number"]
    clerk.post(f"/cases/{number}/submit")
    assert clerk.post(f"/cases/{number}/decide", {"item": CARE}).json()["code"] == "not_on_the_spot"
    assert clerk.post(f"/cases/{number}/decide", {"item": "SB-001"}).status_code == 404
    without = clerk.post(f"/cases/{number}/decide", {"item": CARD, "verdict": "refuse"})
    assert without.json()["code"] == "opinion_missing"
    told = clerk.post(f"/cases/{number}/decide", {"item": CARD}).json()
    assert {item["code"]: item["status"] for item in told["items"]} == {CARD: "granted", CARE: "submitted"}


def test_a_repeated_request_opens_one_case(clerk):
    body = {"items": [CARE], "applicant": LI}
    first = clerk.post("/cases", body, key="open-1")
    again = clerk.post("/cases", body, key="open-1")
    assert first.json() == again.json() and again.status_code == 201
    assert again["Idempotent-Replay"] == "true"
    other = clerk.post("/cases", {**body, "items": [CARD]}, key="open-1")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_a_repeated_paper_is_one_paper(clerk):
    number = opened(clerk, CARE)["number"]
    parts = {"material": "居民身份证", "person": "申请人"}
    for _ in range(2):
        answer = clerk.send(f"/cases/{number}/documents", key="paper-1", **parts, file=a_scan())
        assert answer.status_code == 201
    assert len(clerk.get(f"/cases/{number}").json()["documents"]) == 1
    other = clerk.send(f"/cases/{number}/documents", key="paper-1", **parts, file=a_scan("另一份.pdf"))
    assert other.json()["code"] == "key_reused"


def test_an_original_that_was_seen_needs_no_file(clerk):
    number = opened(clerk, CARE)["number"]
    told = clerk.send(f"/cases/{number}/documents", material="居民身份证").json()
    assert told["document"]["person"] == "申请人" and "居民身份证" not in told["missing"]


@pytest.mark.parametrize(
    ("parts", "status", "code"),
    [
        ({}, 422, "bad_input"),
        ({"material": "没有这份材料"}, 422, "material_unknown"),
        ({"material": "居民身份证", "pages": "零"}, 422, "bad_input"),
        ({"material": "居民身份证", "file": SimpleNamespace(kind="script")}, 415, "file_kind"),
        ({"material": "居民身份证", "file": SimpleNamespace(kind="empty")}, 422, "file_empty"),
    ],
)
def test_a_wrong_paper_is_refused_in_words(clerk, parts, status, code):
    from django.core.files.uploadedfile import SimpleUploadedFile

    if "file" in parts:
        content = {"script": b"<script>", "empty": b""}[parts["file"].kind]
        parts = {**parts, "file": SimpleUploadedFile("x.pdf", content)}
    number = opened(clerk, CARE)["number"]
    answer = clerk.send(f"/cases/{number}/documents", **parts)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert clerk.get(f"/cases/{number}").json()["documents"] == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"items": []}, {"items"}),
        ({"applicant": {}}, {"applicant.name", "applicant.id_number"}),
        ({"applicant": {**LI, "id_number": "1"}}, {"id_number"}),
        ({"applicant": {**LI, "village": "没有村"}}, {"village"}),
        ({"answers": {"alone": "也许"}}, {"alone"}),
        ({"fields": {"weekly_hours": "很多"}}, {"weekly_hours"}),
        ({"proxy": {"name": "儿子"}}, {"proxy_id_number"}),
    ],
)
def test_bad_input_is_named(clerk, change, fields):
    answer = clerk.post("/cases", {"items": [CARE], "applicant": LI, **change})
    assert answer.status_code == 422 and set(answer.json()["fields"]) == fields


def test_an_outsider_finds_nothing_here(town, clerk, accepted):
    outsider = member(linhu(), "clerk")
    many = employed(linhu(), "wairen", "clerk", "reviewer", "village_head", "auditor", "hall_manager")
    for stranger in (outsider, many):
        number = accepted["number"]
        assert stranger.get(f"/cases/{number}").status_code == 404
        for verb in ("submit", "request-correction", "resubmit", "accept", "issue"):
            assert stranger.post(f"/cases/{number}/{verb}").status_code == 404
        assert stranger.post(f"/cases/{number}/decide", {"item": CARE}).status_code == 404
        assert stranger.send(f"/cases/{number}/documents", material="居民身份证").status_code == 404
    task = member(town, "head-v04").get("/signing/tray").json()["tasks"][0]["id"]
    assert many.get(f"/signing/{task}").status_code == 404
    assert many.post(f"/signing/{task}/sign", {"digest": "0" * 64, "pin": "1"}).status_code == 404
    assert many.post(f"/reviews/{task}/claim").status_code == 404
    assert many.post(f"/reviews/{task}/opinion", {"verdict": "agree"}).status_code == 404
    token = accepted["track_url"].rpartition("/")[2]
    assert anybody(linhu()).get(f"/track/{token}").status_code == 404


def test_another_office_or_village_of_the_town_finds_nothing_either(town, accepted):
    number = accepted["number"]
    assert member(town, "reviewer-cg").get(f"/cases/{number}").status_code == 404
    assert member(town, "head-v05").get(f"/cases/{number}").status_code == 404
    assert member(town, "head-v04").get(f"/cases/{number}").status_code == 200
    task = member(town, "head-v04").get("/signing/tray").json()["tasks"][0]["id"]
    assert member(town, "head-v05").get(f"/signing/{task}").status_code == 404
    assert member(town, "reviewer-mz").post(f"/reviews/{task}/claim").status_code == 404


def test_a_case_that_is_not_there(clerk, town):
    assert clerk.get("/cases/20260101-0001").json()["code"] == "case_unknown"
    assert clerk.post("/results/R20260101-0001/hand-over", {"receiver": "李"}).status_code == 404
    assert anybody(town).get("/verify/AAAA-BBBB-CCCC-DDDD").status_code == 404
    assert anybody(town).get("/track/nothing").status_code == 404

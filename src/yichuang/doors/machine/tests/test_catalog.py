"""事项目录：列表、全部、查找、合在一起的清单。"""

from __future__ import annotations

import pytest

from yichuang.rooms.catalog.tests.make import the_items

from .make import anybody, linhu

BUNDLE = {"WJ-007", "WJ-001", "WJ-009", "WJ-008"}  # 婚育准备一件事


@pytest.fixture
def caller(town):
    return anybody(town)


def codes(answer):
    return [item["code"] for item in answer.json()["items"]]


def test_items_are_chosen_by_office_life_event_and_audience(caller):
    whole = caller.get("/catalog/items").json()
    assert (whole["total"], whole["pages"], len(whole["items"])) == (106, 3, 50)
    assert len(codes(caller.get("/catalog/items", page=3))) == 6
    assert codes(caller.get("/catalog/items", page=4)) == []
    assert all(code.startswith("MZ-") for code in codes(caller.get("/catalog/items", office="MZ")))
    assert set(codes(caller.get("/catalog/items", life_event="marriage"))) == BUNDLE
    assert codes(caller.get("/catalog/items", life_event="marriage", office="MZ")) == []
    assert "MZ-012" in codes(caller.get("/catalog/items", office="MZ", audience="person"))
    assert "MZ-012" in codes(caller.get("/catalog/items", office="MZ", life_event="养老"))


def test_another_town_has_its_own_catalogue(town):
    there = codes(anybody(linhu()).get("/catalog/items"))
    assert there and len(there) < 50


def test_an_item_is_told_whole(caller):
    told = caller.get("/catalog/items/MZ-012").json()
    assert (told["mode"], told["village_step"], told["promised_workdays"]) == ("promised", "signature", 10)
    assert told["route"] == [["MZ"], ["QMZ"]]
    assert told["procedure"][0]["name"] == "收件受理"
    assert {question["key"] for question in told["questions"]} >= {"alone", "proxy"}
    assert told["materials"][0]["name"] == "居民身份证"


def test_an_item_tells_what_to_look_at_before_coming_and_its_english_name(caller):
    told, spec = caller.get("/catalog/items/MZ-010").json(), the_items()["MZ-010"]
    assert [row["key"] for row in told["prechecks"]] == [row.key for row in spec.prechecks] != []
    assert told["prechecks"][0]["cannot"] == list(spec.prechecks[0].cannot)
    assert told["mistakes"] == list(spec.mistakes) != []
    assert (told["name_en"], told["summary_en"]) == (spec.name_en, spec.summary_en)


def test_what_is_not_published_is_not_found(caller):
    assert caller.get("/catalog/items/XX-999").status_code == 404


def test_search_finds_what_people_say(caller):
    hits = caller.get("/catalog/search", q="居家养老").json()["hits"]
    assert hits[0]["code"] == "MZ-012" and hits[0]["score"] > 0
    assert len(caller.get("/catalog/search", q="养老", limit=1).json()["hits"]) == 1


def test_search_names_the_bundle_that_a_query_is_about(caller):
    (event,) = caller.get("/catalog/search", q="生孩子").json()["events"]
    assert event["key"] == "newborn" and "YB-002" in event["codes"]
    assert caller.get("/catalog/search", q="砍树").json()["events"] == []


def test_papers_of_several_items_are_brought_once(caller):
    told = caller.post("/catalog/checklist", {"items": ["MZ-012", "MZ-013"], "answers": {}}).json()
    cards = [m for m in told["materials"] if (m["name"], m["person"]) == ("居民身份证", "申请人")]
    assert len(cards) == 1 and cards[0]["items"] == ["MZ-012", "MZ-013"] and cards[0]["brought"]
    assert any(not m["brought"] for m in told["materials"])
    assert told["notes"]


def test_an_answer_adds_its_paper(caller):
    body = {"items": ["MZ-012"], "answers": {"alone": "是"}}
    told = caller.post("/catalog/checklist", body).json()
    assert "独居空巢情况说明" in [m["name"] for m in told["materials"]]
    assert [q["answer"] for q in told["questions"] if q["key"] == "alone"] == ["是"]


@pytest.mark.parametrize(
    ("body", "status", "fields"),
    [
        ({"items": []}, 422, {"items": "至少1个"}),
        ({"items": "MZ-012"}, 422, {"items": "请写成列表"}),
        ({"items": ["MZ-012"], "answers": []}, 422, {"answers": "请写成一组名称和内容"}),
        ({"items": [7]}, 422, {"items.0": "请写成文字"}),
        ([], 422, {"items": "请填写"}),
    ],
)
def test_bad_input_is_named(caller, body, status, fields):
    answer = caller.post("/catalog/checklist", body)
    assert (answer.status_code, answer.json()["fields"]) == (status, fields)


def test_an_unknown_item_is_named(caller):
    answer = caller.post("/catalog/checklist", {"items": ["MZ-012", "XX-1"]})
    assert answer.status_code == 404 and "XX-1" in answer.json()["detail"]

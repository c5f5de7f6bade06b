"""评价：凭邀请评一次。"""

from __future__ import annotations

import pytest

from .make import anybody, device, linhu, member


@pytest.fixture
def served(town):
    """The invitation of somebody who was just served."""
    ticket = device(town, "kiosk").post("/tickets").json()["id"]
    clerk = member(town, "clerk")
    clerk.post("/windows/4/open")
    clerk.post("/windows/4/call-next")
    clerk.post(f"/tickets/{ticket}/start")
    return clerk.post(f"/tickets/{ticket}/finish").json()["invitation"]


def test_a_service_is_rated_once(town, served):
    said = {"grade": 5, "reasons": ["once", "kind"], "words": "王姑娘有耐心"}
    answer = anybody(town).post(f"/ratings/{served}", said)
    assert answer.status_code == 201 and answer.json()["grade_name"] == "非常满意"
    assert anybody(town).post(f"/ratings/{served}", said).json()["code"] == "already_rated"
    told = anybody(town).get(f"/ratings/{served}").json()
    assert told["rating"]["reasons"] == ["once", "kind"] and "words" not in told["rating"]


def test_a_repeated_press_is_one_rating(town, served):
    first = anybody(town).post(f"/ratings/{served}", {"grade": 4}, key="rate-1")
    again = anybody(town).post(f"/ratings/{served}", {"grade": 4}, key="rate-1")
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert anybody(town).post(f"/ratings/{served}", {"grade": 1}, key="rate-1").json()["code"] == "key_reused"


def test_each_grade_offers_its_reasons(town, served):
    grades = anybody(town).get(f"/ratings/{served}").json()["grades"]
    assert [each["grade"] for each in grades] == [5, 4, 3, 2, 1]
    assert all(each["reasons"] for each in grades)


def test_a_guessed_invitation_is_unknown_and_another_towns_too(town, served):
    guessed = served[:-1] + ("0" if served[-1] != "0" else "1")
    assert anybody(town).get(f"/ratings/{guessed}").status_code == 404
    assert anybody(linhu()).post(f"/ratings/{served}", {"grade": 5}).status_code == 404


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({}, {"grade": "请填写"}),
        ({"grade": 6}, {"grade": "不能大于5"}),
        ({"grade": "好"}, {"grade": "请填整数"}),
        ({"grade": 5, "reasons": ["x"]}, {"reasons": "请从列出的原因里选"}),
        ({"grade": 5, "words": "好" * 501}, {"words": "最多500个字"}),
    ],
)
def test_bad_input_is_named(town, served, said, fields):
    answer = anybody(town).post(f"/ratings/{served}", said)
    assert (answer.status_code, answer.json()["fields"]) == (422, fields)

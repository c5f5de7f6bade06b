"""数字：每个有定义，点开是记录；留痕核对得上。"""

from __future__ import annotations

import pytest

from .make import device, member


@pytest.fixture
def supervisor(town):
    return member(town, "supervisor")


def test_every_figure_has_its_definition(supervisor):
    told = supervisor.get("/figures").json()
    assert told["from"] == told["to"]
    names = {figure["name"] for figure in told["figures"]}
    assert {"accepted_cases", "visitors", "satisfaction"} <= names
    assert all(figure["definition"] and figure["sql"] for figure in told["figures"])


def test_a_visitor_more_is_one_more_and_is_among_the_records(town, supervisor):
    def visitors():
        return {figure["name"]: figure["value"] for figure in supervisor.get("/figures").json()["figures"]}[
            "visitors"
        ]

    before = visitors()
    number = device(town, "kiosk").post("/tickets").json()["number"]
    assert visitors() == before + 1
    records = supervisor.get("/figures/visitors/records").json()
    assert records["rows"][0]["what"].startswith(number) and records["total"] == before + 1


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/figures", {"from": "2026-02-02", "to": "2026-02-01"}, 422),
        ("/figures", {"from": "morgen"}, 422),
        ("/figures", {"from": "2001-01-01", "to": "2026-01-01"}, 422),
        ("/figures/nothing/records", {}, 404),
        ("/figures/visitors/records", {"page": "0"}, 422),
    ],
)
def test_bad_input_is_named(supervisor, path, query, status):
    answer = supervisor.get(path, **query)
    assert answer.status_code == status and answer.json()["next"]


def test_a_clerk_does_not_see_the_figures(town):
    assert member(town, "clerk").get("/figures").status_code == 403


def test_the_trail_holds(town):
    told = member(town, "auditor").get("/trail/check").json()
    assert told["first_bad"] is None and told["events"] >= 0

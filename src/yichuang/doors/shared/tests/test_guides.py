"""A guide is drawn from an ItemSpec alone, also from a draft in which hardly anything stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from yichuang.doors.shared import guides
from yichuang.rooms.catalog.rules import Baseline, FieldSpec, ItemSpec, PrecheckSpec, QuestionSpec
from yichuang.rooms.catalog.tests.make import a_paper, the_items

pytestmark = pytest.mark.django_db

UNFINISHED = ItemSpec(
    code="XX-001",
    name="",
    short_name="",
    office="",
    kind="",
    audience="",
    mode="",
    statutory_workdays=0,
    promised_workdays=0,
    accept_workdays=0,
    visits=0,
    no_meeting=False,
    channels=(),
    village_step="",
    route=(),
    result="",
    result_kind="",
    result_validity="",
    fee="",
    condition="",
    legal_basis="",
    life_events=(),
    aliases=(),
    procedure=(),
    baseline=Baseline(0, 0, 0, 0),
    materials=(),
    questions=(),
    fields=(),
)
WITH_EMPTY_PARTS = replace(
    UNFINISHED,
    procedure=(("", 0),),
    materials=(a_paper("", person="", form="", source="", need=""), a_paper("甲", choice="a", form="")),
    questions=(QuestionSpec("", "", (), ()), QuestionSpec("q", "问", ("是", "否"), ("是",))),
    fields=(FieldSpec("", "", "", (), False, ""),),
    prechecks=(PrecheckSpec("", (), (), ()), PrecheckSpec("能吗？", ("能", "不能"), ("不能",), ())),
    mistakes=("",),
)


def drawn(item: ItemSpec, **answers: str) -> str:
    told = guides.facts(
        item,
        answers,
        everything={},
        bundles=(),
        windows=(),
        hours=(),
        office=None,
        address="https://hall.example/x",
    )
    return render_to_string("guides/body.html", told, request=RequestFactory().get("/x"))


@pytest.mark.parametrize("item", [UNFINISHED, WITH_EMPTY_PARTS])
def test_an_unfinished_draft_is_drawn_as_far_as_it_goes(item):
    assert "在哪里办" in drawn(item) and "None" not in drawn(item)


def test_a_draft_shows_what_the_published_guide_would(client):
    item = the_items()["MZ-010"]
    page = drawn(item)
    for said in (item.name, item.condition, item.legal_basis, *(each.name for each in item.materials)):
        assert said in page

"""A new version comes out: every door says the new, an open case goes on with the version it was opened with."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pypdf
import pytest
from django.test import Client

from tests import cast
from yichuang.doors.desk.tests import make
from yichuang.doors.shared import sign_in
from yichuang.ground import clock
from yichuang.rooms.cases import actions as cases
from yichuang.rooms.cases import queries
from yichuang.rooms.cases.models import Case
from yichuang.rooms.catalog import actions as catalog
from yichuang.rooms.catalog import queries as items
from yichuang.rooms.catalog.rules import MaterialSpec
from yichuang.rooms.people.actions import enrol_device
from yichuang.rooms.people.models import Staff

CODE = make.ALLOWANCE
NEW_NAME, NEW_PAPER = "高龄老人津贴", "居住情况照片"
PAPER = MaterialSpec(NEW_PAPER, "申请人", "photo", 1, "applicant", "required", notes="在家门口照一张")


@pytest.fixture
def publisher(dawei, monday_morning) -> Iterator[Staff]:
    sign_in.forget()
    items.forget()
    yield cast.staff("publisher")
    items.forget()


@pytest.fixture
def draft(publisher):
    """Version 2 asks for one paper more and has another short name; proposed, not yet published."""
    by = cast.staff("editor")
    version = catalog.begin_draft(item=items.item(CODE), reason="新文件要一张照片", by=by)
    spec = items.spec(version.pk)
    changed = replace(spec, short_name=NEW_NAME, materials=(*spec.materials, PAPER))
    version = catalog.save_draft(version=version, spec=changed, revision=0, by=by)
    return catalog.propose(version=version, by=by)


def browser_of(person: Staff | None = None) -> Client:
    client = Client(HTTP_HOST="dawei.localhost")
    return cast.sign_in_as(client, person) if person else client


def told(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def names_of(case: Case) -> set[str]:
    return {needed.name for needed in queries.checklist_of(case).materials}


def test_a_published_change_is_at_every_door_at_once(draft, publisher):
    visitor, kiosk = browser_of(), browser_of()
    kiosk.cookies[sign_in.COOKIE] = enrol_device(kind="kiosk", name="门口取号机", by=None)[1]

    def doors() -> dict[str, str]:
        asked = json.dumps({"items": [CODE]})
        answer = visitor.post("/api/v1/catalog/checklist", asked, content_type="application/json")
        return {
            "guide": told(visitor, f"/guide/{CODE}"),
            "kiosk": told(kiosk, "/kiosk/items/?q=GLJT") + told(kiosk, "/kiosk/items/?q=GLLRJT"),
            "checklist": json.dumps(answer.json(), ensure_ascii=False),
            "item": json.dumps(visitor.get(f"/api/v1/catalog/items/{CODE}").json(), ensure_ascii=False),
            "search": told(visitor, f"/search?q={NEW_NAME}"),
        }

    before = doors()
    assert all(NEW_PAPER not in page for page in before.values()) and NEW_NAME not in before["kiosk"]
    answer = browser_of(publisher).post(f"/office/catalog/{CODE}/2/publish/")
    assert answer.status_code == 302
    after = doors()
    assert all(NEW_PAPER in after[door] for door in ("guide", "checklist", "item"))
    assert NEW_NAME in after["kiosk"] and NEW_NAME in after["search"] and '"version": 2' in after["item"]


def test_an_open_case_keeps_its_version_on_every_page_and_a_new_one_has_the_new(draft, publisher, xiaowang):
    old = make.a_case(xiaowang, CODE)
    cases.submit(case=old, by=xiaowang)
    listed = queries.checklist_of(old)
    catalog.publish(version=draft, by=publisher)
    assert queries.checklist_of(Case.objects.get(pk=old.pk)) == listed and NEW_PAPER not in names_of(old)
    desk = browser_of(xiaowang)
    assert NEW_PAPER not in told(desk, f"/desk/case/{old.number}/")
    notice = cases.request_correction(case=old, by=xiaowang)
    assert notice.missing and NEW_PAPER not in {paper["name"] for paper in notice.missing}
    paper = desk.get(f"/desk/case/{old.number}/notice.pdf")
    pages = pypdf.PdfReader(io.BytesIO(b"".join(paper) if paper.streaming else paper.content)).pages
    printed = "".join(page.extract_text() for page in pages)
    assert "居民身份证" in printed and NEW_PAPER not in printed
    track = told(browser_of(), f"/track/{old.track_token}")
    assert "居民身份证" in track and NEW_PAPER not in track
    new = make.a_case(xiaowang, CODE)
    assert NEW_PAPER in names_of(new) and new.items.get().version.number == 2
    assert NEW_PAPER in told(desk, f"/desk/case/{new.number}/")
    assert NEW_PAPER in {needed.name for needed in queries.missing_of(new)}


def test_a_case_of_an_old_version_is_finished_as_it_began(draft, publisher, xiaowang):
    """Also when the item is retired meanwhile: accepted with the old papers, promised by the old days."""
    old = make.a_case(xiaowang, CODE)
    cases.submit(case=old, by=xiaowang)
    catalog.retire(version=catalog.publish(version=draft, by=publisher), by=publisher)
    make.bring_everything(old, xiaowang)
    case = cases.accept(case=old, by=xiaowang)
    item = case.items.get()
    assert item.version.number == 1 and item.promised_by > clock.day_of(clock.now())
    assert queries.plain_state(item).startswith("材料齐了")

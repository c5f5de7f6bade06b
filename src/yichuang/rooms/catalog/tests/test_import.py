"""整本导入：what differs becomes versions for a second person; with one obstacle nothing happens; no other town is touched."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from tests import cast
from yichuang.ground import towns, trail
from yichuang.ground.refusals import Refused
from yichuang.ground.tests.make import a_town
from yichuang.ground.towns import Town
from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.actions import begin_draft, discard
from yichuang.rooms.catalog.loading import (
    BundleRow,
    OfficeRow,
    bring_in,
    plan,
    publish_imported,
    read_folder,
    standing,
    town_catalogue,
)
from yichuang.rooms.catalog.models import ItemVersion, LifeEvent, Material, ServiceItem
from yichuang.rooms.catalog.tests.make import DAWEI, the_items, the_town
from yichuang.rooms.people import actions as people
from yichuang.rooms.people.models import Office
from yichuang.rooms.people.tests.make import a_clerk


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a test before this one published is rolled back, and not to be read from memory."""
    queries.forget()
    yield
    queries.forget()


def counted() -> Counter:
    """How many rows of each kind the current town has."""
    models = (ServiceItem, ItemVersion, Material, LifeEvent, Office, trail.TrailRow)
    return Counter({model.__name__: model.objects.count() for model in models})


def changed_town(*, fee: str = "工本费 5 元", code: str = "SB-002", **more):
    """大圩镇's files with one item's fee written otherwise."""
    items = tuple(replace(item, fee=fee) if item.code == code else item for item in the_town().items)
    return replace(the_town(), items=items, **more)


def planned(folder, own_office=""):
    return plan(folder=folder, town=town_catalogue(), standing=standing(), own_office=own_office)


def test_what_the_town_has_already_changes_nothing_and_leaves_no_trail(dawei):
    before = counted()
    brought = bring_in(folder=the_town(), by=cast.staff("editor"))
    assert brought.batch == "" and brought.plan.changes_nothing and len(brought.plan.unchanged) == 106
    assert counted() == before


def test_a_plan_says_in_plain_words_what_would_change(dawei):
    found = planned(changed_town())
    (change,) = found.changed
    (difference,) = change.differences
    assert (change.code, difference.what, difference.before, difference.after) == (
        "SB-002", "收费", the_items()["SB-002"].fee, "工本费 5 元",
    )  # fmt: skip
    assert len(found.unchanged) == 105 and not (found.new or found.absent or found.bundles or found.obstacles)


def test_a_changed_item_gets_a_version_that_residents_see_once_another_has_published_it(dawei):
    editor, publisher = cast.staff("editor"), cast.staff("publisher")
    brought = bring_in(folder=changed_town(), by=editor)
    (version,) = ItemVersion.objects.filter(batch=brought.batch)
    assert (version.item.code, version.number, version.status, version.proposed_by) == (
        "SB-002",
        2,
        "proposed",
        editor,
    )
    assert queries.published()["SB-002"].fee == the_items()["SB-002"].fee
    with pytest.raises(Refused) as refused:
        publish_imported(batch=brought.batch, by=editor)
    assert refused.value.code == "own_proposal"
    assert publish_imported(batch=brought.batch, by=publisher) == 1
    assert queries.published()["SB-002"].fee == "工本费 5 元"
    assert ItemVersion.objects.get(item__code="SB-002", number=1).status == "retired"
    told = [
        each.sentence
        for each in trail.told_of(towns.current(), kinds=["catalog.imported", "catalog.import_published"])
    ]
    assert told == ["整本导入：改1个事项，新0个，没变105个，换0个一件事", "整批发布导入的1个事项"]


def test_a_batch_is_published_once(dawei):
    brought = bring_in(folder=changed_town(), by=cast.staff("editor"))
    publish_imported(batch=brought.batch, by=cast.staff("publisher"))
    for batch in (brought.batch, "", "nobody"):
        with pytest.raises(Refused) as refused:
            publish_imported(batch=batch, by=cast.staff("publisher"))
        assert refused.value.code == "import_gone"


def test_the_same_file_twice_is_stopped_by_the_versions_of_the_first_time(dawei):
    bring_in(folder=changed_town(), by=cast.staff("editor"))
    before = counted()
    with pytest.raises(Refused) as refused:
        bring_in(folder=changed_town(), by=cast.staff("editor"))
    assert refused.value.code == "import_blocked" and "SB-002" in refused.value.facts["first"]
    assert counted() == before


def test_an_item_that_is_being_worked_on_stops_the_whole_file_and_is_named(dawei):
    draft = begin_draft(
        item=ServiceItem.objects.get(code="SB-002"), reason="收费改了", by=cast.staff("editor")
    )
    before = counted()
    with pytest.raises(Refused) as refused:
        bring_in(folder=changed_town(), by=cast.staff("editor"))
    assert refused.value.facts["obstacles"] == [
        f"SB-002 {the_items()['SB-002'].name}：第2版“草稿”还没有定下来，请先发布或者放弃那一版"
    ]
    assert counted() == before
    discard(version=draft, by=cast.staff("editor"))
    assert bring_in(folder=changed_town(), by=cast.staff("editor")).batch


def test_an_item_that_is_being_worked_on_and_is_the_same_in_the_file_stops_nothing(dawei):
    begin_draft(item=ServiceItem.objects.get(code="SB-001"), reason="在改", by=cast.staff("editor"))
    assert bring_in(folder=changed_town(), by=cast.staff("editor")).batch


def test_a_new_item_and_a_new_bundle_come_in_and_are_offered_once_published(dawei):
    new = replace(the_items()["MZ-010"], code="MZ-990", name="整本导入的新事项", short_name="新事项")
    bundle = BundleRow("brand_new", "新的一件事", "两件一起办", ("MZ-990", "MZ-010"))
    folder = replace(the_town(), items=(*the_town().items, new), bundles=(*the_town().bundles, bundle))
    brought = bring_in(folder=folder, by=cast.staff("editor"))
    assert [change.code for change in brought.plan.new] == ["MZ-990"]
    assert "MZ-990" not in queries.published()
    assert queries.life_events()[-1].codes == ("MZ-010",)
    publish_imported(batch=brought.batch, by=cast.staff("publisher"))
    assert list(queries.published())[-1] == "MZ-990"
    assert queries.life_events()[-1].codes == ("MZ-990", "MZ-010")
    assert town_catalogue().items[-1] == new


def test_what_the_file_does_not_name_stays_as_it_is_and_is_said(dawei):
    folder = replace(changed_town(), items=changed_town().items[:5], bundles=())
    found = planned(folder)
    assert len(found.absent) == 101 and any("文件里没有一件事" in sentence for sentence in found.said)
    bring_in(folder=folder, by=cast.staff("editor"))
    assert len(queries.published()) == 106 and len(queries.life_events()) == 13


OPTIONAL = ("prechecks.csv", "mistakes.csv", "field_notes.csv", "english.csv", "listing.csv")


def test_a_folder_without_the_optional_sheets_leaves_what_stands_in_them(dawei, tmp_path):
    """A town's own eight files, as they were before anybody wrote pre-checks or English."""
    for file in DAWEI.glob("*.csv"):
        if file.name not in OPTIONAL:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    folder = read_folder(tmp_path, beside=queries.published())
    assert not folder.faults and "“英文”" in folder.notes[0]
    assert planned(folder).changes_nothing


def test_an_optional_sheet_that_is_there_and_empty_takes_away_what_stood_in_it(dawei, tmp_path):
    for file in DAWEI.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "mistakes.csv").write_text("item_code,seq,mistake\n")
    found = planned(read_folder(tmp_path, beside=queries.published()))
    assert len(found.changed) == 106
    assert {each.what for change in found.changed for each in change.differences} == {"常见错误"}


def test_an_office_that_is_new_or_changed_is_taken_over(dawei):
    offices = (*the_town().offices, OfficeRow("NEW", "新科室", "town", "新的职责", "0551-63000999"))
    offices = (replace(offices[0], phone="0551-63000001"), *offices[1:])
    bring_in(folder=replace(the_town(), offices=offices), by=cast.staff("editor"))
    assert town_catalogue().offices == offices
    assert not ItemVersion.objects.exclude(batch="").exists()


def test_windows_hours_and_villages_that_differ_are_said_and_not_changed(dawei):
    folder = replace(the_town(), villages=the_town().villages[1:], windows=the_town().windows[1:])
    said = planned(folder).said
    assert any("村和社区" in each for each in said) and any("窗口" in each for each in said)
    assert planned(folder).changes_nothing


def test_an_editor_of_an_office_brings_in_its_own_items_only(dawei):
    editor = cast.staff("editor")
    editor.office = Office.objects.get(code="MZ")
    with pytest.raises(Refused) as refused:
        bring_in(folder=changed_town(), by=editor)
    assert "您不能改" in refused.value.facts["first"]
    assert bring_in(folder=changed_town(code="MZ-010"), by=editor).batch
    with pytest.raises(Refused) as refused:
        bring_in(
            folder=replace(the_town(), bundles=(replace(the_town().bundles[0], name="改名"),)), by=editor
        )
    assert "一件事由管全镇目录的人改" in refused.value.facts["first"]


def test_an_item_does_not_change_its_office_by_a_file(dawei):
    moved = tuple(replace(item, office="YB") if item.code == "SB-002" else item for item in the_town().items)
    with pytest.raises(Refused) as refused:
        bring_in(folder=replace(the_town(), items=moved), by=cast.staff("editor"))
    assert "主办部门不能换" in refused.value.facts["first"]


def test_a_plan_that_was_seen_before_the_town_changed_is_not_carried_out(dawei):
    seen = planned(changed_town()).sign
    other = bring_in(folder=changed_town(code="MZ-010"), by=cast.staff("editor"))
    publish_imported(batch=other.batch, by=cast.staff("publisher"))
    before = counted()
    with pytest.raises(Refused) as refused:
        bring_in(folder=changed_town(), by=cast.staff("editor"), seen=seen)
    assert refused.value.code == "catalogue_moved_on" and counted() == before
    assert bring_in(folder=changed_town(), by=cast.staff("editor"), seen=planned(changed_town()).sign).batch


def test_an_item_that_would_contradict_one_that_stays_is_refused(dawei):
    lone = the_items()["SB-001"]
    first = replace(lone.materials[0], form="copy")
    folder = replace(the_town(), items=(replace(lone, materials=(first, *lone.materials[1:])),), bundles=())
    before = counted()
    with pytest.raises(Refused) as refused:
        bring_in(folder=folder, by=cast.staff("editor"))
    assert refused.value.code == "catalogue_faulty" and counted() == before


def test_versions_of_a_batch_that_no_longer_fit_are_not_published(dawei):
    publisher = cast.staff("publisher")
    first = bring_in(folder=changed_town(), by=cast.staff("editor"))
    taken = replace(the_items()["MZ-010"], code="MZ-991", name="占了名称的事项", short_name="另一个")
    second = bring_in(folder=replace(the_town(), items=(taken,), bundles=()), by=cast.staff("editor"))
    ItemVersion.objects.filter(batch=second.batch).update(status="draft")
    ItemVersion.objects.filter(batch=second.batch).update(name=the_items()["MZ-010"].name)
    ItemVersion.objects.filter(batch=second.batch).update(status="proposed")
    with pytest.raises(Refused) as refused:
        publish_imported(batch=second.batch, by=publisher)
    assert refused.value.code == "catalogue_faulty" and "MZ-991" not in queries.published()
    assert publish_imported(batch=first.batch, by=publisher) == 1


def test_another_town_is_never_touched(outsider):
    dawei, linhu = Town.objects.get(key="dawei"), Town.objects.get(key="linhu")
    with towns.within(linhu):
        before, told = counted(), town_catalogue()
    with towns.within(dawei):
        brought = bring_in(folder=changed_town(), by=cast.staff("editor"))
        publish_imported(batch=brought.batch, by=cast.staff("publisher"))
        queries.forget()
    with towns.within(linhu):
        assert counted() == before and town_catalogue() == told
        with pytest.raises(Refused):
            publish_imported(batch=brought.batch, by=cast.staff("publisher"))
    queries.forget()


def test_a_town_without_a_catalogue_gets_the_whole_of_it_for_a_second_person(db):
    with towns.within(a_town()):
        people.found_places(offices=the_town().offices, villages=the_town().villages, by=None)
        editor, publisher = a_clerk("editor"), a_clerk("publisher")
        brought = bring_in(folder=the_town(), by=editor)
        assert len(brought.plan.new) == 106 and queries.published() == {}
        assert publish_imported(batch=brought.batch, by=publisher) == 106
        assert replace(town_catalogue(), windows=the_town().windows, hours=the_town().hours) == the_town()
    queries.forget()


def test_of_two_imports_of_one_file_at_the_same_moment_one_is_brought_in(committed):
    town = a_town()
    with towns.within(town):
        people.found_places(offices=the_town().offices, villages=(), by=None)
        editor = a_clerk("editor")
    folder = replace(the_town(), items=the_town().items[:3], bundles=())
    both = threading.Barrier(2)

    def one() -> str:
        try:
            both.wait()
            with towns.within(town):
                return "done" if bring_in(folder=folder, by=editor).batch else "nothing"
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(each.result() for each in [pool.submit(one), pool.submit(one)])
    assert told == ["done", "import_blocked"]
    with towns.within(town):
        assert ItemVersion.objects.count() == 3

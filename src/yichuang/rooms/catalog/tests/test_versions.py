"""到日子生效、两个人同时发布、目录现在什么样。"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.db import connections

from tests import cast
from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import actions, queries, standing, sweeps
from yichuang.rooms.catalog.loading import TownFolder, load
from yichuang.rooms.catalog.models import ItemVersion
from yichuang.rooms.catalog.tests.make import a_paper, an_item
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.actions import Employment, employ
from yichuang.rooms.people.models import Office

CODE = "MZ-010"
_serials = count(1)


@pytest.fixture
def editor(dawei, monday_morning):
    queries.forget()
    yield cast.staff("editor")
    queries.forget()


@pytest.fixture
def publisher(editor):
    return cast.staff("publisher")


def proposed(by, code: str = CODE, **changes) -> ItemVersion:
    draft = actions.begin_draft(item=queries.item(code), reason="收费变了", by=by)
    spec = replace(queries.spec(draft.pk), **(changes or {"fee": "收工本费 5 元"}))
    return actions.propose(version=actions.save_draft(version=draft, spec=spec, revision=0, by=by), by=by)


def scheduled(editor, publisher, days: int = 3) -> ItemVersion:
    day = clock.day_of(clock.now()) + timedelta(days=days)
    return actions.publish(version=proposed(editor), by=publisher, effective_on=day)


def test_a_version_approved_for_a_day_waits_for_it(editor, publisher):
    version = scheduled(editor, publisher)
    assert version.status == "scheduled" and queries.published()[CODE].version_number == 1
    assert trail.told_of(version)[-1].sentence == "MZ-010 第2版核准，2026-11-26 起生效"


def test_it_takes_effect_on_its_day_and_not_before(editor, publisher):
    version = scheduled(editor, publisher)
    before = datetime(2026, 11, 25, 23, 59, 50, tzinfo=clock.TOWN_TIME)
    after = datetime(2026, 11, 26, 0, 0, 5, tzinfo=clock.TOWN_TIME)
    with clock.frozen(before):
        assert sweeps.take_effect(now=clock.now()) == 0
        assert queries.published()[CODE].version_number == 1
    with clock.frozen(after):
        assert sweeps.take_effect(now=clock.now()) == 1
        assert queries.published()[CODE].version_number == 2
        assert sweeps.take_effect(now=clock.now()) == 0
    version.refresh_from_db()
    old = ItemVersion.objects.get(item=version.item, number=1)
    assert (version.status, old.status, old.retired_at) == ("published", "retired", after)
    assert [event.kind for event in trail.told_of(version)][-2:] == ["catalog.scheduled", "catalog.published"]


def test_a_version_for_today_is_valid_at_once(editor, publisher):
    version = scheduled(editor, publisher, days=0)
    assert version.status == "published" and version.effective_on == clock.day_of(clock.now())


def test_no_version_is_valid_from_yesterday(editor, publisher):
    with pytest.raises(Refused) as refused:
        scheduled(editor, publisher, days=-1)
    assert refused.value.code == "effective_in_the_past" and "effective_on" in refused.value.fields


def test_a_scheduled_version_is_sent_back_and_no_longer_waits(editor, publisher):
    version = actions.send_back(version=scheduled(editor, publisher), reason="政策推迟了", by=publisher)
    assert (version.status, version.effective_on, version.published_by) == ("draft", None, None)
    assert sweeps.take_effect(now=clock.now() + timedelta(days=9)) == 0


def test_a_retired_item_comes_back_with_its_scheduled_version(editor, publisher):
    version = scheduled(editor, publisher)
    actions.retire(version=ItemVersion.objects.get(item=version.item, number=1), by=publisher)
    assert CODE not in queries.published()
    assert sweeps.take_effect(now=clock.now() + timedelta(days=3)) == 1
    assert queries.published()[CODE].version_number == 2


def test_who_wrote_it_may_not_publish_what_another_proposed(editor, publisher):
    both = employ(employment=Employment("both", "石磊", ("editor", "publisher")), password="x")
    draft = actions.begin_draft(item=queries.item(CODE), reason="收费变了", by=both)
    spec = replace(queries.spec(draft.pk), fee="收 5 元")
    version = actions.propose(
        version=actions.save_draft(version=draft, spec=spec, revision=0, by=both), by=editor
    )
    with pytest.raises(Refused) as refused:
        actions.publish(version=version, by=both)
    assert refused.value.code == "own_proposal"
    assert actions.publish(version=version, by=publisher).status == "published"


def test_a_published_version_is_neither_published_nor_sent_back_again(editor, publisher):
    version = actions.publish(version=proposed(editor), by=publisher)
    for action, more in ((actions.publish, {}), (actions.send_back, {"reason": "不对"})):
        with pytest.raises(Refused) as refused:
            action(version=version, by=publisher, **more)
        assert refused.value.code == "wrong_moment"


def test_the_standing_of_the_catalogue(editor, publisher):
    made = actions.add_item(office=people.offices()["MZ"], name="新津贴", reason="新政策", by=editor)
    version = scheduled(editor, publisher)
    actions.retire(version=ItemVersion.objects.get(item__code="MZ-001", number=1), by=publisher)
    found = {each.item.code: each for each in standing.standing()}
    assert len(found) == 107
    assert (found[CODE].state, found[CODE].open, found[CODE].published.number) == ("published", version, 1)
    assert (found["MZ-001"].state, found["MZ-001"].shown.number) == ("retired", 1)
    assert (found[made.item.code].state, found[made.item.code].shown.name) == ("new", "新津贴")


def test_the_standing_takes_two_questions_of_the_database(editor, django_assert_num_queries):
    with django_assert_num_queries(2):
        standing.standing()


@pytest.fixture
def small_town(committed):
    """A town of its own with one item that has a proposal."""
    town = towns.Town.objects.create(key=f"two{next(_serials)}-{towns.Town.objects.count()}", name="新镇")
    with towns.within(town):
        Office.objects.create(code="MZ", name="民政", kind="town", duty="演示", phone="1", position=0)
        people_of = [
            employ(employment=Employment(f"p{n}", "常慎", ("editor", "publisher")), password="x")
            for n in range(4)
        ]
        folder = TownFolder(
            items=(an_item("MZ-001", a_paper()),),
            bundles=(),
            offices=(),
            villages=(),
            windows=(),
            hours=(),
            faults=(),
        )
        load(folder=folder, proposed_by=people_of[0], published_by=people_of[1])
        queries.forget()
        version = proposed(people_of[0], "MZ-001")
    yield town, version, people_of[1:]
    queries.forget()


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(small_town):
    town, version, publishers = small_town
    start, told = threading.Barrier(len(publishers)), []

    def publish(by) -> None:
        try:
            start.wait(10)
            with towns.within(town):
                actions.publish(version=version, by=by)
            told.append("published")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=(by,)) for by in publishers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["published", "wrong_moment", "wrong_moment"]
    with towns.within(town):
        valid = ItemVersion.objects.filter(item__code="MZ-001", status="published")
        assert [row.number for row in valid] == [2]
        assert [event.kind for event in trail.told_of(version)].count("catalog.published") == 1


def test_another_process_sees_it_within_a_second(small_town, monkeypatch):
    """Its memory was filled before, and nobody there was told."""
    town, version, publishers = small_town
    with towns.within(town):
        kept = queries._of_town()
        assert queries.published()["MZ-001"].version_number == 1
        actions.publish(version=version, by=publishers[0])
        queries._kept[town.pk] = kept  # as the other process remembers it
    with towns.within(town):
        kept.asked_at -= 1.0
        assert queries.published()["MZ-001"].version_number == 2

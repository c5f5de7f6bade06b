"""提交、退回、发布、停用。"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import cast
from yichuang.ground import towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import actions, queries
from yichuang.rooms.catalog.models import ItemVersion
from yichuang.rooms.catalog.tests.make import a_draft


@pytest.fixture
def editor(dawei):
    return cast.staff("editor")


@pytest.fixture
def publisher(dawei):
    yield cast.staff("publisher")
    queries.forget()


def proposed(editor, code="XX-001") -> ItemVersion:
    return actions.propose(version=a_draft(code), by=editor)


def test_a_draft_is_proposed_and_published_by_another(editor, publisher):
    version = actions.publish(version=proposed(editor), by=publisher)
    assert queries.published()["XX-001"].version_id == version.pk
    told = [event.kind for event in trail.told_of(version)]
    assert told == ["catalog.proposed", "catalog.published"]


def test_who_proposed_may_not_publish(editor):
    with pytest.raises(Refused) as refused:
        actions.publish(version=proposed(editor), by=editor)
    assert refused.value.code == "own_proposal"
    assert "XX-001" not in queries.published()


def test_the_database_too_keeps_proposer_and_publisher_apart(editor):
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=proposed(editor).pk).update(published_by=editor)


def test_a_draft_cannot_be_published_unseen(publisher):
    with pytest.raises(Refused) as refused:
        actions.publish(version=a_draft(), by=publisher)
    assert refused.value.status == 409


def test_a_new_version_takes_the_place_of_the_old(editor, publisher):
    old = actions.publish(version=proposed(editor), by=publisher)
    new = actions.publish(version=proposed(editor), by=publisher)
    old.refresh_from_db()
    assert old.status == "retired" and new.number == 2
    assert queries.published()["XX-001"].version_number == 2
    assert queries.spec(old.pk).version_number == 1


def test_sent_back_with_a_reason_it_is_a_draft_again(editor, publisher):
    version = actions.send_back(version=proposed(editor), reason="材料少了户口簿", by=publisher)
    assert version.status == "draft"
    assert trail.told_of(version)[-1].sentence == "XX-001 第1版退回修改：材料少了户口簿"


def test_sending_back_needs_a_reason(editor, publisher):
    with pytest.raises(Refused) as refused:
        actions.send_back(version=proposed(editor), reason=" ", by=publisher)
    assert refused.value.code == "reason_missing"


def test_a_retired_item_is_no_longer_offered(editor, publisher):
    version = actions.publish(version=proposed(editor), by=publisher)
    assert actions.retire(version=version, by=publisher).status == "retired"
    assert "XX-001" not in queries.published()
    with pytest.raises(Refused) as refused:
        queries.by_codes(["XX-001"])
    assert refused.value.code == "item_unknown"


@pytest.mark.parametrize("change", ["version", "part", "more", "less"])
def test_what_is_published_never_changes(editor, publisher, change):
    version = actions.publish(version=proposed(editor), by=publisher)
    paper = version.materials.get()
    with pytest.raises(DatabaseError, match="version"), transaction.atomic():
        if change == "version":
            ItemVersion.objects.filter(pk=version.pk).update(name="别的名字")
        elif change == "part":
            version.materials.update(name="别的材料")
        elif change == "more":
            paper.pk, paper.position = None, 1
            paper.save(force_insert=True)
        else:
            paper.delete()


def test_another_town_sees_only_its_own(outsider):
    with towns.within(outsider.town_id):
        assert list(queries.published()) == ["SB-001"]
        assert "临湖镇" in queries.published()["SB-001"].condition
        assert queries.life_events() == ()
        assert [hit.code for hit in queries.search("高龄津贴")] != ["MZ-010"]


def test_a_case_of_another_town_cannot_read_our_version(dawei, outsider):
    ours = queries.published()["SB-001"].version_id
    assert ItemVersion.objects.filter(town_id=outsider.town_id).count() == 0
    assert queries.spec(ours).condition.count("大圩镇") == 1

"""没查到的说法：数、加进俗称（settle）、不用管（dismiss）。"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests import cast
from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.ground.towns import Town
from yichuang.rooms.catalog import actions, queries
from yichuang.rooms.catalog.actions import listening
from yichuang.rooms.catalog.models import ServiceItem, UnfoundQuery
from yichuang.rooms.catalog.rules.unfound import LONGEST, kept_text


@pytest.fixture
def editor(dawei):
    yield cast.staff("editor")
    queries.forget()


def noted(text: str) -> UnfoundQuery:
    actions.note_unfound(text=text)
    return UnfoundQuery.objects.get(text=kept_text(text))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  办  鱼塘证？", "办 鱼塘证"),
        ("我的电话138 0013 8000 查低保", "我的电话 查低保"),
        ("349900199001011234", ""),
        ("身份证３４９９００１９９００１０１１２３４丢了", "身份证 丢了"),
        ("皖A12345 违章", "皖 违章"),
        ("一三八零零一三八零零零", ""),
        ("MZ-2026 什么进度", "mz 什么进度"),
        ("80岁老人", "80岁老人"),
        ("鱼", ""),
        ("abc", ""),
        ("fish pond", "fish pond"),
        ("鱼" * 60, "鱼" * 30),
    ],
)
def test_numbers_of_persons_are_cut_out_and_what_is_left_is_short(typed, kept):
    assert kept_text(typed) == kept


@given(typed=some.text(max_size=300))
def test_whatever_is_typed_no_long_number_is_kept(typed):
    kept = kept_text(typed)
    assert len(kept) <= LONGEST and kept_text(kept) == kept
    assert not any(part.isdigit() and len(part) >= 4 for part in kept.split())


def test_equal_texts_are_one_row_with_a_counter(dawei, monday_morning):
    noted("办鱼塘证")
    with clock.frozen(monday_morning + timedelta(days=2)):
        query = noted(" 办鱼塘证！")
    assert (query.times, query.status) == (2, "open")
    assert query.last_on - query.first_on == timedelta(days=2)
    assert not actions.note_unfound(text="13800138000")
    assert UnfoundQuery.objects.count() == 1


def test_the_most_frequent_stand_first(dawei):
    noted("办鱼塘证")
    noted("修鱼塘路")
    noted("修鱼塘路")
    assert [query.text for query in queries.unfound()] == ["修鱼塘路", "办鱼塘证"]


def test_a_full_list_lets_the_oldest_single_one_go(dawei, monkeypatch):
    monkeypatch.setattr(listening, "MOST_OPEN", 3)
    for text in ("说法甲", "说法乙", "说法甲", "说法丙", "说法丁"):
        actions.note_unfound(text=text)
    assert {query.text for query in queries.unfound()} == {"说法甲", "说法丙", "说法丁"}
    actions.note_unfound(text="说法丙")
    actions.note_unfound(text="说法丁")
    actions.note_unfound(text="说法戊")
    assert {query.text for query in queries.unfound()} == {"说法甲", "说法丙", "说法丁"}, (
        "nothing single is left"
    )


def test_a_town_counts_for_itself(dawei):
    noted("办鱼塘证")
    towns_counted = UnfoundQuery.objects.filter(town=towns.current_id()).count()
    assert towns_counted == 1 and Town.objects.count() > 1
    assert all(query.town_id == dawei.pk for query in queries.unfound())


def test_a_text_becomes_a_colloquial_word_once_another_person_publishes(editor):
    item = ServiceItem.objects.get(code="MZ-010")
    query = noted("寿星红包怎么拿")
    version = actions.settle_unfound(query=query, item=item, by=editor)
    query.refresh_from_db()
    assert (query.status, query.item_id, query.settled_by_id) == ("settled", item.pk, editor.pk)
    assert version.status == "proposed" and version.aliases[-1] == query.text
    assert query.text not in queries.published()["MZ-010"].aliases
    with pytest.raises(Refused) as refused:
        actions.publish(version=version, by=editor)
    assert refused.value.code == "own_proposal"
    actions.publish(version=version, by=cast.staff("publisher"))
    assert queries.search("寿星红包怎么拿")[0].code == "MZ-010"
    assert [event.kind for event in trail.told_of(query)] == ["catalog.unfound_settled"]


def test_while_a_version_is_waiting_nothing_is_added_and_the_text_stays_open(editor):
    item = ServiceItem.objects.get(code="MZ-010")
    actions.settle_unfound(query=noted("寿星红包怎么拿"), item=item, by=editor)
    second = noted("百岁红包怎么拿")
    with pytest.raises(Refused) as refused:
        actions.settle_unfound(query=second, item=item, by=editor)
    assert refused.value.code == "version_open"
    second.refresh_from_db()
    assert second.status == "open"


def test_what_an_item_is_called_already_needs_no_new_version(editor):
    item = ServiceItem.objects.get(code="MZ-010")
    alias = queries.published()["MZ-010"].aliases[0]
    assert actions.settle_unfound(query=noted(alias), item=item, by=editor) is None
    assert queries.unfound() == []


def test_an_editor_of_another_office_may_not_add_words(editor):
    item = ServiceItem.objects.get(code="MZ-010")
    stranger = editor
    stranger.office = queries.item("SC-001").office
    with pytest.raises(Refused) as refused:
        actions.settle_unfound(query=noted("寿星红包怎么拿"), item=item, by=stranger)
    assert refused.value.code == "not_your_office"


def test_what_is_no_business_of_the_hall_is_dismissed_and_stays_so(editor):
    query = actions.dismiss_unfound(query=noted("买火车票"), by=editor)
    noted("买火车票")
    assert queries.unfound() == []
    with pytest.raises(Refused) as refused:
        actions.dismiss_unfound(query=query, by=editor)
    assert refused.value.status == 409
    with pytest.raises(Refused):
        actions.settle_unfound(query=query, item=ServiceItem.objects.get(code="MZ-010"), by=editor)

"""收件：a case keeps who came, for what, and nothing it does not need."""

from __future__ import annotations

import pytest
from django.db import connection

from yichuang.ground import trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.actions import CaseOpening, Proxy
from yichuang.rooms.cases.models import Case
from yichuang.rooms.cases.tests import make
from yichuang.rooms.catalog.models import ItemVersion
from yichuang.rooms.people.models import Resident


def test_it_gets_the_next_number_of_the_day(hall):
    first, second = make.opened(), make.opened()
    assert (first.number, second.number) == ("20261123-0001", "20261123-0002")


def test_two_items_are_one_case_and_each_keeps_its_version(hall):
    case = make.opened(make.ELDER, make.CARD)
    versions = {item.code: item.version_id for item in case.items.all()}
    assert versions == {code: ItemVersion.objects.get(item__code=code).pk for code in (make.ELDER, make.CARD)}
    assert {item.status for item in case.items.all()} == {"draft"}


def test_an_item_named_twice_is_opened_once(hall):
    assert make.opened(make.ELDER, make.ELDER).items.count() == 1


def test_what_the_card_and_the_register_say_is_filled_in(hall):
    case = make.opened(fields={})
    assert case.fields == {"birth_date": "1946-11-05"}


def test_acting_for_another_answers_the_question_by_itself(hall):
    case = make.opened(answers={}, proxy=make.a_proxy())
    assert case.answers == {"proxy": "替别人办"}
    assert ("居民身份证", "代办人") in {needed.document for needed in queries.missing_of(case)}


def test_the_same_question_of_two_items_is_answered_once(hall):
    case = make.opened(make.ELDER, make.CARD, answers={"proxy": "我自己办"})
    assert [asked.question for asked in queries.unanswered_of(case)] == ["本人是合肥户口吗？"]


def test_what_no_question_and_no_field_asks_is_not_kept(hall):
    case = make.opened(
        answers={"proxy": "我自己办", "religion": "佛教"}, fields={**make.FORM_OF_ELDER, "blood_type": "A"}
    )
    assert set(case.answers) == {"proxy"}
    assert set(case.fields) == {"birth_date", "age_group", "bank_account"}


def test_missing_names_what_the_resident_brings_and_not_what_the_window_or_a_register_gives(hall):
    case = make.opened()
    assert [needed.name for needed in queries.missing_of(case)] == [
        "居民身份证",
        "居民户口簿",
        "银行卡（社保卡）",
    ]


def test_account_and_numbers_lie_encrypted_in_the_database(hall):
    proxy = make.a_proxy()
    case = make.opened(proxy=proxy, answers={})
    with connection.cursor() as database:
        database.execute(
            "select form || proxy_id_number || proxy_phone from cases_case where id = %s", [case.pk]
        )
        (stored,) = database.fetchone()
    assert "6217001234567890123" not in stored and proxy.id_number not in stored and proxy.phone not in stored
    assert Case.objects.get(pk=case.pk).fields["bank_account"] == "6217001234567890123"


def test_it_is_told_once_without_anything_personal(hall):
    case = make.opened(proxy=make.a_proxy(), answers={})
    (event,) = trail.told_of(case)
    assert (event.kind, event.facts["items"]) == ("cases.opened", [make.ELDER])
    assert event.sentence == "收件登记：高龄津贴申领"
    assert not {"李桂芳", "张守义"} & set(str(event.facts))


def test_a_resident_signed_in_is_the_applicant_as_they_are(hall):
    resident = Resident.objects.get(pk=make.opened().applicant_id)
    opening = CaseOpening(items=[make.CARD], applicant=resident, channel="portal")
    case = actions.open_case(opening=opening, by=resident)
    assert (case.applicant, case.opened_by, case.channel) == (resident, None, "portal")


@pytest.mark.parametrize(
    ("changes", "code", "fields"),
    [
        ({"items": ()}, "items_missing", {"items"}),
        ({"items": ("XX-999",)}, "item_unknown", set()),
        ({"answers": {"proxy": "也许"}}, "answers_wrong", {"proxy"}),
        ({"fields": {"bank_account": "六二一七", "age_group": "很大"}}, "fields_wrong", {"bank_account", "age_group"}),
        ({"proxy": Proxy("", "")}, "proxy_incomplete", {"proxy_name", "proxy_id_number"}),
        ({"proxy": Proxy("张守义", "34990019500308123X")}, "id_number_check", {"proxy_id_number"}),
        ({"applicant": make.li(village="桃花源")}, "village_unknown", {"village"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_field_by_field(hall, changes, code, fields):
    told = {"items": (make.ELDER,), "applicant": make.li(), **changes}
    with pytest.raises(Refused) as refused:
        actions.open_case(opening=CaseOpening(**told), by=make.a_clerk())
    assert refused.value.code == code
    assert set(refused.value.fields) == fields
    assert refused.value.wrong and refused.value.next


def test_a_refused_opening_takes_no_number(hall):
    with pytest.raises(Refused):
        make.opened(fields={"bank_account": "六二一七"})
    assert make.opened().number == "20261123-0001"


@pytest.fixture
def saved(hall):
    """A list saved at home, with an answer no question of these items asks."""
    from yichuang.rooms.catalog.models import SavedList

    answers = {"proxy": "替别人办", "pre_12345678": "是", "gone": "是"}
    return SavedList.objects.create(code="K7MP3XQ9", items=[make.ELDER], answers=answers, made_at=make.MONDAY)


def test_what_was_answered_on_a_list_is_not_asked_again(saved):
    case = make.opened(answers={}, list_code="k7mp 3xq9")
    assert case.list_code == "K7MP3XQ9" and case.answers == {"proxy": "替别人办"}
    assert "proxy" not in {asked.key for asked in queries.unanswered_of(case)}


def test_what_is_told_now_counts_more_than_the_list(saved):
    assert make.opened(answers={"proxy": "我自己办"}, list_code="K7MP3XQ9").answers == {"proxy": "我自己办"}


def test_an_answer_the_catalogue_no_longer_offers_counts_as_not_given(saved):
    saved.answers = {"proxy": "不知道"}
    saved.save()
    assert make.opened(answers={}, list_code="K7MP3XQ9").answers == {}


def test_a_list_nobody_has_is_refused(hall):
    with pytest.raises(Refused) as refused:
        make.opened(list_code="22222222")
    assert refused.value.code == "list_unknown" and "list_code" in refused.value.fields

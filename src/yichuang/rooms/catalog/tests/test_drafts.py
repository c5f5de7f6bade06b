"""改一版、新事项、存草稿、不改了。"""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import count

import pytest
from django.db import connections

from tests import cast
from yichuang.ground import towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import actions, queries
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.catalog.rules import FieldSpec, PrecheckSpec, QuestionSpec
from yichuang.rooms.catalog.tests.make import a_paper
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.actions import Employment, employ
from yichuang.rooms.people.models import Office

CODE, WHY = "MZ-010", "法定时限缩短了"
_serials = count(1)


@pytest.fixture
def editor(dawei):
    queries.forget()
    yield cast.staff("editor")
    queries.forget()


@pytest.fixture
def of_city(editor):
    """An editor who writes only what the city management office does."""
    office = people.offices()["CG"]
    return employ(employment=Employment("editor-city", "石磊", ("editor",), office), password="x")


def begun(by, code: str = CODE) -> ItemVersion:
    return actions.begin_draft(item=queries.item(code), reason=WHY, by=by)


def saved(draft: ItemVersion, by, **changes) -> ItemVersion:
    spec = replace(queries.spec(draft.pk), **changes)
    return actions.save_draft(version=draft, spec=spec, revision=draft.revision, by=by)


def refusal_of(action, **values) -> Refused:
    with pytest.raises(Refused) as refused:
        action(**values)
    return refused.value


def test_a_draft_begins_as_what_is_valid_and_changes_nothing_outside(editor):
    draft, valid = begun(editor), queries.published()[CODE]
    assert replace(queries.spec(draft.pk), version_id=valid.version_id, version_number=1) == valid
    assert (draft.number, draft.status, draft.reason, draft.made_by) == (2, "draft", WHY, editor)
    assert queries.published()[CODE].version_number == 1
    assert [event.kind for event in trail.told_of(draft)] == ["catalog.draft_begun"]


@pytest.mark.parametrize(
    ("reason", "code"), [("", "why_missing"), ("  ", "why_missing"), ("长" * 201, "text_too_long")]
)
def test_a_draft_needs_a_reason_that_can_be_read(editor, reason, code):
    refused = refusal_of(actions.begin_draft, item=queries.item(CODE), reason=reason, by=editor)
    assert refused.code == code and "reason" in refused.fields


def test_one_item_has_one_open_version(editor):
    begun(editor)
    assert (
        refusal_of(actions.begin_draft, item=queries.item(CODE), reason=WHY, by=editor).code == "version_open"
    )


def test_an_editor_of_another_office_may_not_touch_it(editor, of_city):
    draft = begun(editor)
    assert refusal_of(begun, by=of_city, code="MZ-001").code == "not_your_office"
    assert refusal_of(saved, draft=draft, by=of_city, fee="收费").code == "not_your_office"
    assert refusal_of(actions.discard, version=draft, by=of_city).code == "not_your_office"
    assert refusal_of(actions.propose, version=draft, by=of_city).code == "not_your_office"
    assert begun(of_city, "CG-001").number == 2


def test_a_retired_item_is_written_anew_from_its_last_version(editor):
    valid = ItemVersion.objects.get(item__code=CODE, status="published")
    actions.retire(version=valid, by=cast.staff("publisher"))
    assert queries.spec(begun(editor).pk).name == valid.name


def test_everything_of_a_version_is_saved(editor):
    draft = begun(editor)
    question = QuestionSpec("proxy", "您是替别人办的吗？", ("我自己办", "替别人办"), ("替别人办",))
    changes = {
        "name": "高龄津贴",
        "visits": 0,
        "channels": ("window", "phone"),
        "route": (("MZ", "CG"), ("QMZ",)),
        "procedure": (("收件", 1), ("发放", 2)),
        "materials": (
            a_paper(),
            a_paper("委托书", condition_key="proxy", condition_text="代办时", accepts=("公证书",)),
        ),
        "questions": (question,),
        "fields": (FieldSpec("age", "年龄", "number", (), True, "card", "周岁", "82", "80", "120"),),
        "prechecks": (
            PrecheckSpec("满 80 岁了吗？", ("满了", "没满"), ("没满",), (), "要满 80 岁。", "满了再来。"),
        ),
        "mistakes": ("照片不能是黑白的。",),
        "name_en": "Allowance",
        "listing": (("basic_code", "000123"),),
    }
    saved(draft, editor, **changes)
    found = queries.spec(draft.pk)
    assert {name: getattr(found, name) for name in changes} == changes


def test_a_slower_editor_is_told_and_overwrites_nothing(editor):
    draft = begun(editor)
    saved(draft, editor, fee="收 5 元")
    refused = refusal_of(saved, draft=draft, by=editor, fee="收 9 元")
    assert refused.code == "draft_moved_on" and "安文秀" in refused.wrong
    assert queries.spec(draft.pk).fee == "收 5 元"


def test_saving_what_is_there_already_does_nothing(editor):
    draft = begun(editor)
    assert saved(draft, editor).revision == 0
    assert len(trail.told_of(draft)) == 1


def test_a_promise_longer_than_the_law_is_refused_beside_its_field(editor):
    draft = begun(editor)
    refused = refusal_of(saved, draft=draft, by=editor, promised_workdays=21, statutory_workdays=20)
    assert refused.code == "promise_over_law" and "promised_workdays" in refused.fields


def test_the_office_stays(editor):
    assert refusal_of(saved, draft=begun(editor), by=editor, office="CG").code == "office_is_fixed"


def test_what_is_proposed_is_written_no_more(editor):
    draft = begun(editor)
    proposed = actions.propose(version=saved(draft, editor, fee="收 5 元"), by=editor)
    assert refusal_of(saved, draft=proposed, by=editor, fee="收 9 元").code == "not_a_draft"
    assert refusal_of(actions.discard, version=proposed, by=editor).code == "not_a_draft"


def test_a_discarded_draft_is_gone_and_the_trail_keeps_that_it_was(editor):
    draft = begun(editor)
    actions.discard(version=draft, by=editor)
    assert queries.versions(queries.item(CODE))[0].number == 1
    assert [event.kind for event in trail.told_of(draft)][-1] == "catalog.draft_discarded"


@pytest.mark.parametrize("verb", ["save_draft", "discard", "propose", "send_back", "publish"])
@pytest.mark.parametrize("is_new", [True, False])
def test_nothing_is_done_to_a_draft_that_is_gone(editor, verb, is_new):
    office = people.offices()["MZ"]
    draft = actions.add_item(office=office, name="新津贴", reason=WHY, by=editor) if is_new else begun(editor)
    spec = queries.spec(draft.pk)
    actions.discard(version=ItemVersion.objects.get(pk=draft.pk), by=editor)
    more = {"save_draft": {"spec": spec, "revision": 0}, "send_back": {"reason": "不对"}}.get(verb, {})
    assert refusal_of(getattr(actions, verb), version=draft, by=editor, **more).code == "draft_gone"


def test_an_item_that_never_was_published_goes_with_its_draft(editor):
    draft = actions.add_item(office=people.offices()["MZ"], name="新津贴", reason=WHY, by=editor)
    code = draft.item.code
    actions.discard(version=draft, by=editor)
    assert queries.item(code) is None


def test_a_new_item_gets_the_next_code_of_its_office(editor):
    office = people.offices()["MZ"]
    last = max(code for code in queries.published() if code.startswith("MZ-"))
    made = [
        actions.add_item(office=office, name=f"新津贴{n}", reason=WHY, by=editor).item.code for n in (1, 2)
    ]
    assert made == [f"MZ-{int(last[3:]) + 1:03}", f"MZ-{int(last[3:]) + 2:03}"]


def test_a_retired_code_is_never_given_again(editor):
    last = max(code for code in queries.published() if code.startswith("MZ-"))
    actions.retire(version=ItemVersion.objects.get(item__code=last), by=cast.staff("publisher"))
    made = actions.add_item(office=people.offices()["MZ"], name="新津贴", reason=WHY, by=editor)
    assert made.item.code == f"MZ-{int(last[3:]) + 1:03}"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "item_name_missing"),
        (" ", "item_name_missing"),
        ("长" * 101, "text_too_long"),
        ("高龄津贴申领", "name_taken"),
    ],
)
def test_a_new_item_needs_a_name_of_its_own(editor, name, code):
    refused = refusal_of(actions.add_item, office=people.offices()["MZ"], name=name, reason=WHY, by=editor)
    assert refused.code == code and "name" in refused.fields


def test_an_editor_of_an_office_adds_only_its_items(of_city):
    assert (
        refusal_of(
            actions.add_item, office=people.offices()["MZ"], name="新津贴", reason=WHY, by=of_city
        ).code
        == "not_your_office"
    )
    assert actions.add_item(
        office=of_city.office, name="新备案", reason=WHY, by=of_city
    ).item.code.startswith("CG-")


def test_a_new_item_is_not_proposed_before_it_says_everything(editor):
    draft = actions.add_item(office=people.offices()["MZ"], name="新津贴", reason=WHY, by=editor)
    refused = refusal_of(actions.propose, version=draft, by=editor)
    assert refused.code == "version_faulty" and refused.facts["faults"]
    assert not any(".csv" in told for told in refused.facts["faults"])


def test_two_new_items_at_once_get_two_codes(committed):
    town = towns.Town.objects.create(key=f"codes{next(_serials)}-{towns.Town.objects.count()}", name="新镇")
    with towns.within(town):
        office = Office.objects.create(
            code="MZ", name="民政", kind="town", duty="演示", phone="1", position=0
        )
        editors = [
            employ(employment=Employment(f"e{n}", "安文秀", ("editor",)), password="x") for n in range(4)
        ]
    start = threading.Barrier(len(editors))
    wrong: list[Exception] = []

    def add(number: int) -> None:
        try:
            start.wait(10)
            with towns.within(town):
                actions.add_item(office=office, name=f"新津贴{number}", reason=WHY, by=editors[number])
        except Exception as problem:
            wrong.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(len(editors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with towns.within(town):
        codes = sorted(ServiceItem.objects.values_list("code", flat=True))
    assert codes == ["MZ-001", "MZ-002", "MZ-003", "MZ-004"]

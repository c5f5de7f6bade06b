"""The demo town's own 106 items, alone and together: told once, cured, accepted, and none is asked for more."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yichuang.rooms.cases import actions, queries, rules
from yichuang.rooms.cases.actions import CaseOpening, Draft
from yichuang.rooms.cases.tests import make
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import checklist

TODAY = date(2026, 11, 23)
quick = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


@quick
@given(draws=st.data())
def test_for_any_items_and_answers_one_notice_is_enough(dawei, draws):
    codes = draws.draw(
        st.lists(st.sampled_from(sorted(catalog.published())), min_size=1, max_size=5, unique=True)
    )
    items = catalog.by_codes(codes)
    answers = {
        asked.key: draws.draw(st.sampled_from(asked.answers)) for asked in checklist(items, {}).questions
    }
    named = rules.owed(items, answers, set())
    assert not checklist(items, answers).unanswered
    assert rules.owed(items, answers, {needed.document for needed in named}) == ()


@settings(quick, max_examples=5)
@given(draws=st.data())
def test_two_items_go_from_opening_to_the_offices_with_one_notice(dawei, monday_morning, xiaowang, draws):
    codes = draws.draw(
        st.lists(st.sampled_from(sorted(catalog.published())), min_size=2, max_size=2, unique=True)
    )
    opening = CaseOpening(items=codes, applicant=make.li(village="V04"))
    case = actions.open_case(opening=opening, by=xiaowang)
    answers = {asked.key: draws.draw(st.sampled_from(asked.answers)) for asked in queries.unanswered_of(case)}
    fields = {
        field.key: draws.draw(st.sampled_from(field.options)) if field.options else field.example
        for field in queries.checklist_of(case).fields
        if field.key not in case.fields
    }
    case = actions.save_draft(case=case, draft=Draft(answers=answers, fields=fields), by=xiaowang)
    case = actions.submit(case=case, by=xiaowang)
    if missing := queries.missing_of(case):
        actions.request_correction(case=case, by=xiaowang)
        make.bring(case, *[needed.document for needed in missing], by=xiaowang)
        case = actions.resubmit(case=case, by=xiaowang)
    actions.accept(case=case, by=xiaowang)
    for item in case.items.all():
        on_the_spot = catalog.spec(item.version_id).mode == "on_the_spot"
        assert item.status == ("granted" if on_the_spot else "reviewing")
        assert item.tasks.exists() is not on_the_spot


def test_the_example_of_every_field_passes_its_own_check(dawei):
    """A resident may copy what stands beside a field: nothing that is shown as right is refused."""
    fields = [field for item in catalog.published().values() for field in item.fields]
    assert len({field.key for field in fields}) == 601
    kept, wrong = rules.checked_fields(fields, {field.key: field.example for field in fields}, TODAY)
    assert wrong == {} and set(kept) == {field.key for field in fields}

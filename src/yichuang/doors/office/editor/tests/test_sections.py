"""每一节的表：what is read back is what was there, for every item; what cannot be kept is named beside its field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yichuang.doors.office.editor.cells import Typed, entries_of
from yichuang.doors.office.editor.known import Known
from yichuang.doors.office.editor.parts import WHEN, Writing
from yichuang.doors.office.editor.sections import BY_KEY, SECTIONS
from yichuang.doors.office.editor.told import checks
from yichuang.rooms.catalog.rules import Baseline, QuestionSpec
from yichuang.rooms.catalog.tests.make import the_items, the_town

PROXY = QuestionSpec("proxy", "您是替别人办的吗？", ("我自己办", "替别人办"), ("替别人办",))


def writing(code: str = "MZ-010") -> Writing:
    items = the_items()
    return Writing(
        items[code], Known([item for each, item in items.items() if each != code], the_town().offices)
    )


def typed(section: str, here: Writing, **changes: list[str]) -> Typed:
    return BY_KEY[section].told(here) | {name.replace("__", "."): value for name, value in changes.items()}


def read(section: str, here: Writing, **changes: list[str]):
    return BY_KEY[section].read(typed(section, here, **changes), here)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_every_item_comes_back_from_the_form_as_it_was(section):
    for code in the_items():
        here = writing(code)
        assert section.read(section.told(here), here) == (here.item, {}), code


def test_the_sections_together_hold_everything_an_item_says():
    """Written down from an empty form, section by section, nothing of the item is missing."""
    here = writing()
    blank = replace(
        here.item,
        **{
            name: type(value)() if isinstance(value, str | tuple | int) else value
            for name, value in vars(here.item).items()
            if name
            not in ("code", "office", "version_id", "version_number", "baseline", "questions", "fields")
        },
        baseline=Baseline(0, 0, 0, 0),
    )
    told = {section.key: section.told(here) for section in SECTIONS}
    written = Writing(blank, here.known)
    for section in SECTIONS:
        written.item, wrong = section.read(told[section.key], written)
        assert wrong == {}
    assert written.item == here.item


BAD = [
    ("basics", {"name": ["长" * 101]}, "name", "最多 100 个字，现在是 101 个"),
    ("basics", {"kind": ["王位"]}, "kind", "请选一个"),
    ("limits", {"promised_workdays": ["八天"]}, "promised_workdays", "要填 0 到 365 的整数，现在是“八天”"),
    ("limits", {"statutory_workdays": ["999"]}, "statutory_workdays", "要在 0 到 365 之间，现在是 999"),
    ("limits", {"visits": [""]}, "visits", "要填 0 到 9 的整数"),
    ("limits", {"steps__1__days": ["三"]}, "steps.1.days", "现在是“三”"),
    ("materials", {"materials__0__copies": ["两份"]}, "materials.0.copies", "现在是“两份”"),
    ("materials", {"materials__0__when": [f"{WHEN}nobody"]}, "materials.0.when", "请选一个"),
    ("materials", {"materials__1__notes": ["长" * 201]}, "materials.1.notes", "最多 200 个字"),
    (
        "questions",
        {"questions__0__answer": ["长" * 101, "是"]},
        "questions.0.answer",
        "每个答案最多 100 个字",
    ),
    ("fields", {"fields__0__type": ["画"]}, "fields.0.type", "请选一个"),
    ("prechecks", {"prechecks__0__answer": ["长" * 31, "是"]}, "prechecks.0.answer", "每个答案最多 30 个字"),
    ("mistakes", {"mistakes": ["长" * 121]}, "mistakes", "每一个最多 120 个字"),
    ("search", {"aliases": ["好的\n" + "长" * 41]}, "aliases", "每一个最多 40 个字"),
    ("english", {"summary_en": ["x" * 501]}, "summary_en", "最多 500 个字"),
    ("baseline", {"workdays": ["-1"]}, "workdays", "要填 0 到 999 的整数，现在是“-1”"),
    ("listing", {"faq": ["长" * 2001]}, "faq", "最多 2000 个字"),
]


@pytest.mark.parametrize(("section", "changes", "field", "sentence"), BAD)
def test_what_cannot_be_kept_is_named_beside_its_field(section, changes, field, sentence):
    _, wrong = read(section, writing(), **changes)
    assert list(wrong) == [field] and sentence in wrong[field]


def test_every_section_has_bad_input_above():
    assert {section for section, *_ in BAD} == set(BY_KEY)


@pytest.mark.parametrize(
    "text", ["甲\r\n乙\r\n丙", "甲、乙、丙", "甲；乙；丙", "甲;乙\n丙", " 甲 \n\n乙、丙、甲 "]
)
def test_a_list_is_written_as_one_likes(text):
    assert entries_of(text) == ("甲", "乙", "丙")


def test_what_stands_in_brackets_stays_together():
    assert entries_of("残疾人证(一、二级)、户口簿（全、本）") == ("残疾人证(一、二级)", "户口簿（全、本）")


def test_invisible_signs_and_wide_digits_are_understood():
    item, wrong = read("basics", writing(), name=["\u200b高龄\x00津贴 "])
    assert (item.name, wrong) == ("高龄津贴", {})
    item, wrong = read("limits", writing(), promised_workdays=["８"])
    assert (item.promised_workdays, wrong) == (8, {})


def test_a_known_paper_brings_what_is_the_same_everywhere():
    here = writing()
    section = BY_KEY["materials"]
    changed, focus = section.changed(
        typed("materials", here, new__materials=["居民身份证"]), "add:materials", here
    )
    number = focus.rpartition("-")[2]
    assert changed[f"materials.{number}.shared_by"] == ["公安人口库"]
    changed = {**changed, f"materials.{number}.person": ["配偶"], f"materials.{number}.form": ["photo"]}
    item, wrong = section.read(changed, here)
    assert wrong == {} and (item.materials[-1].person, item.materials[-1].form) == ("配偶", "original")


def test_an_unknown_paper_is_new_and_an_empty_row_is_none():
    here = writing()
    section = BY_KEY["materials"]
    changed, _ = section.changed(
        typed("materials", here, new__materials=["葡萄架照片"]), "add:materials", here
    )
    changed, _ = section.changed(changed, "add:materials", here)
    item, wrong = section.read(changed, here)
    assert wrong == {} and [row.name for row in item.materials[7:]] == ["葡萄架照片"]


def test_a_row_moves_goes_and_comes_back():
    here = writing()
    section = BY_KEY["materials"]
    names = [row.name for row in here.item.materials]

    def after(*verbs: str) -> list[str]:
        form = section.told(here)
        for verb in verbs:
            form, _ = section.changed(form, verb, here)
        return [row.name for row in section.read(form, here)[0].materials]

    assert after("down:materials:0") == [names[1], names[0], *names[2:]]
    assert after("up:materials:0") == names
    assert after("drop:materials:1") == [names[0], *names[2:]]
    assert after("drop:materials:1", "back:materials:1") == names
    assert after("drop:materials:99", "spin:materials:0", "add:nothing") == names


def test_a_question_the_catalogue_knows_gets_its_key_and_a_new_one_a_free_key():
    here = writing("SB-007")
    section = BY_KEY["questions"]
    here.item = replace(here.item, questions=(), materials=())
    form, _ = section.changed(section.told(here) | {"new.questions": [PROXY.question]}, "add:questions", here)
    form, focus = section.changed(form, "add:questions", here)
    name = focus.replace("-", ".")
    form = {
        **form,
        f"{name}.question": ["有葡萄园吗？"],
        f"{name}.answer": ["没有", "有"],
        f"{name}.trigger": ["1"],
    }
    item, wrong = section.read(form, here)
    assert wrong == {} and item.questions == (
        PROXY,
        QuestionSpec("situation_1", "有葡萄园吗？", ("没有", "有"), ("有",)),
    )
    here.reserved = frozenset({"situation_1", "situation_7"})
    assert section.read(form, here)[0].questions[1].key == "situation_8"


def test_a_question_that_means_something_else_now_gets_another_key_and_its_papers_follow():
    here = writing()
    at = [row.key for row in here.item.questions].index("proxy")
    item, _ = read("questions", here, **{f"questions__{at}__question": ["谁来办？"]})
    key = item.questions[at].key
    assert key == "situation_1" and "proxy" not in {row.condition_key for row in item.materials}
    assert sum(row.condition_key == key for row in item.materials) == 2


def test_a_new_question_leaves_papers_that_are_always_asked_for_alone():
    here = writing()
    section = BY_KEY["questions"]
    form, _ = section.changed(section.told(here) | {"new.questions": ["有葡萄园吗？"]}, "add:questions", here)
    assert section.read(form, here)[0].materials == here.item.materials


def test_a_paper_says_its_situation_by_itself():
    here = writing()
    at = next(at for at, row in enumerate(here.item.materials) if row.condition_key == "proxy")
    item, _ = read("materials", here, **{f"materials__{at}__condition_text": [""]})
    assert item.materials[at].condition_text == "由他人代办时"
    item, _ = read("materials", here, **{f"materials__{at}__when": ["deferrable"]})
    row = item.materials[at]
    assert (row.condition_key, row.condition_text, row.need) == ("", "", "deferrable")


def test_a_field_that_is_changed_is_another_field():
    here = writing()
    item, _ = read("fields", here, fields__0__label=["换了名字的一栏"])
    assert item.fields[0].key == "field_1" and item.fields[1:] == here.item.fields[1:]
    item, _ = read("fields", here, fields__0__most=["今天"])
    assert item.fields[0].most == "today"


def test_what_is_wrong_is_told_without_files_and_keys():
    here = writing()
    spec = here.item
    here.item = replace(
        spec,
        name="",
        route=(("MZ",), ()),
        baseline=Baseline(0, 0, 0, 0),
        questions=(*spec.questions, QuestionSpec("situation_1", "有葡萄园吗？", ("有",), ())),
        materials=tuple(
            replace(row, choice="group_1") if at == 0 else row for at, row in enumerate(spec.materials)
        ),
        procedure=(("", 1), *spec.procedure[1:]),
    )
    told = [each.words for each in checks(here).faults]
    words = "".join(told)
    assert (
        "“甲组”只有一份材料" in words and "还没有材料用到这个问题" in words and "事项名称：不能空着。" in told
    )
    assert "现在跑 0 次、找 3 个部门" in words or "找 2 个部门" in words
    assert not any(sign in words for sign in (".csv", "situation_", "group_", "condition_key", "seq"))
    assert all(each.href.startswith("/office/catalog/MZ-010/draft/") for each in checks(here).faults)


def test_what_is_lacking_leads_to_its_section():
    here = writing()
    here.item = replace(
        here.item, mistakes=(), prechecks=(), aliases=("高龄补贴",), name_en="", summary_en=""
    )
    told = checks(here)
    assert {each.section for each in told.lacking} >= {"mistakes", "prechecks", "search", "english"}
    assert told.score < 90 and told.marks()["mistakes"] == "缺 1" and not told.faults

"""The pure rules: forms, answers, lights, routes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yichuang.ground.workdays import Calendar
from yichuang.rooms.cases import rules
from yichuang.rooms.cases.tests import make
from yichuang.rooms.catalog.rules import FieldSpec

TODAY = date(2026, 11, 23)


def field(kind: str, *options: str) -> FieldSpec:
    return FieldSpec("it", "这一项", kind, options, True, "applicant")


def checked(kind: str, value, *options: str):
    kept, wrong = rules.checked_fields([field(kind, *options)], {"it": value}, TODAY)
    return wrong.get("it") or kept.get("it")


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("text", "  葡萄园\x00路 ", "葡萄园路"),
        ("date", "2026-2-3", "2026-02-03"),
        ("date", "2026年2月3日", "2026-02-03"),
        ("date", "２０２６．２．３", "2026-02-03"),
        ("date", "20260203", "2026-02-03"),
        ("number", "３", "3"),
        ("number", "1,200", "1200"),
        ("number", 2.5, "2.5"),
        ("money", "1 200.50元", "1200.50"),
        ("money", "¥88", "88"),
        ("phone", "139 0000 0001", "13900000001"),
        ("bank_account", "6217 0012 3456 7890 123", "6217001234567890123"),
        ("textarea", "两行\n文字", "两行\n文字"),
    ],
)
def test_a_value_is_kept_in_one_writing(kind, written, kept):
    assert checked(kind, written) == kept


@pytest.mark.parametrize(
    ("kind", "written", "sentence"),
    [
        ("date", "2026-02-30", "请填写真实的日期，例如 1946-11-05。"),
        ("date", "昨天", "请填写真实的日期，例如 1946-11-05。"),
        ("number", "三", "这一项请只填数字，例如 3 或 2.5。"),
        ("number", "-1", "这一项请只填数字，例如 3 或 2.5。"),
        ("number", "1e9", "这一项请只填数字，例如 3 或 2.5。"),
        ("money", "12.345", "这一项请只填数字，最多两位小数，例如 1200 或 1200.50。"),
        ("bank_account", "1234", "银行账号只有数字，8 到 30 位。请对照银行卡再填一遍。"),
        ("id_number", "12", "身份证号应当是18位，现在是2位。请对照身份证重新填写。"),
        ("text", "长" * 501, "这一项最多写 500 个字，现在是 501 个字。"),
    ],
)
def test_a_fault_is_one_plain_sentence(kind, written, sentence):
    assert checked(kind, written) == sentence


BETWEEN = "这一项要在 0.1 到 10000 之间。"


@pytest.mark.parametrize(
    ("kind", "least", "most", "written", "said"),
    [
        ("number", "0.1", "10000", "0.1", "0.1"),
        ("number", "0.1", "10000", "10000", "10000"),
        ("number", "0.1", "10000", "0.09", BETWEEN),
        ("number", "0.1", "10000", "10000.01", BETWEEN),
        ("number", "0.3", "", "0.30", "0.30"),
        ("number", "1", "", "0", "这一项不能小于 1。"),
        ("money", "", "500", "500.01", "这一项不能大于 500。"),
        ("date", "1990-01-01", "today", "1989-12-31", "这一项要在 1990-01-01 到今天之间。"),
        ("date", "1990-01-01", "today", "2026-11-23", "2026-11-23"),
        ("date", "", "today", "2026-11-24", "这一项不能晚于今天。"),
        ("date", "today", "", "2026-11-22", "这一项不能早于今天。"),
        ("date", "2000-01-01", "", "1999-12-31", "这一项不能早于 2000-01-01。"),
        ("date", "", "2030-12-31", "2031-01-01", "这一项不能晚于 2030-12-31。"),
        ("text", "2", "4", "一", "这一项至少写 2 个字，现在是 1 个字。"),
        ("text", "2", "4", "一二三四五", "这一项最多写 4 个字，现在是 5 个字。"),
        ("textarea", "2", "4", "一二三", "一二三"),
        ("number", "today", "", "3", "3"),
        ("date", "5", "", "2026-01-01", "2026-01-01"),
    ],
)
def test_a_value_beyond_the_bounds_of_its_field_is_told_between_what_it_must_lie(
    kind, least, most, written, said
):
    bounded = replace(field(kind), least=least, most=most)
    kept, wrong = rules.checked_fields([bounded], {"it": written}, TODAY)
    assert (wrong.get("it") or kept.get("it")) == said


def test_an_option_is_one_of_the_list():
    assert checked("select", "农业", "农业", "非农业") == "农业"
    assert checked("select", "牧业", "农业", "非农业") == "这一项请从“农业”、“非农业”里选一个。"


def test_an_empty_value_is_neither_kept_nor_wrong():
    assert rules.checked_fields([field("number")], {"it": "  "}, TODAY) == ({}, {})
    assert rules.unfilled([field("number")], {}) == (field("number"),)


@example(kind="text", value="0\n\x1b")  # a line's end that only stands last once the control sign is gone
@given(
    kind=st.sampled_from(
        [
            "text",
            "textarea",
            "select",
            "date",
            "number",
            "money",
            "address",
            "phone",
            "id_number",
            "bank_account",
        ]
    ),
    value=st.one_of(st.text(max_size=40), st.integers(), st.floats(allow_nan=True), st.none(), st.booleans()),
)
def test_whatever_is_typed_is_kept_or_named_never_an_accident(kind, value):
    kept, wrong = rules.checked_fields([field(kind, "甲", "乙")], {"it": value}, TODAY)
    assert len(kept) + len(wrong) <= 1
    again, fault = rules.checked_fields([field(kind, "甲", "乙")], kept, TODAY)
    assert (again, fault) == (kept, {}), "what is kept is kept again as it is"


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2026, 11, 23), "green"),
        (date(2026, 12, 1), "green"),
        (date(2026, 12, 2), "yellow"),
        (date(2026, 12, 3), "yellow"),
        (date(2026, 12, 4), "red"),
    ],
)
def test_the_light_turns_before_the_promise_and_again_after_it(today, light):
    assert rules.light(date(2026, 12, 3), 8, today, Calendar()) == light


def test_an_item_without_a_route_goes_to_its_own_office():
    planned = rules.route(make.a_spec("MZ-099", "无路线事项", route=()))
    assert [(task.stage, task.office) for task in planned] == [(1, "MZ")]


def test_papers_are_read_out_with_whose_they_are_and_alternatives_as_one():
    from yichuang.rooms.catalog.rules import checklist

    items = [make.SPECS[3], make.SPECS[0]]
    missing = rules.owed(items, {"proxy": "替别人办"}, set())
    assert rules.named(missing) == [
        "居民身份证",
        "不动产权证书或租赁合同",
        "居民户口簿",
        "银行卡（社保卡）",
        "授权委托书",
        "居民身份证（代办人）",
    ]
    assert len(checklist(items, {}).unanswered) == 1

"""A form beside what else is known."""

from __future__ import annotations

from yichuang.doors.desk.comparison import Known, compared
from yichuang.rooms.catalog.rules import FieldSpec


def field(key: str) -> FieldSpec:
    return FieldSpec(key, key, "text", (), True, "applicant")


def test_what_differs_comes_first_and_blanks_do_not_count():
    known = {"a": Known("磨滩村", "登记"), "b": Known("1946-11-05", "身份证"), "c": Known("", "登记")}
    rows = compared(
        [field("a"), field("b"), field("c"), field("d")], {"a": "磨滩 村", "b": "1946-11-06"}, known
    )
    assert [(row.label, row.is_same) for row in rows] == [("b", False), ("a", True)]


def test_a_field_left_empty_differs():
    assert not compared([field("a")], {}, {"a": Known("男", "身份证")})[0].is_same

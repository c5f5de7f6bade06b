"""谁等谁：an item whose paper is another item's result comes behind it."""

from __future__ import annotations

from dataclasses import replace

from yichuang.rooms.catalog.rules import checklist, in_order, longest_workdays, waits

from .make import a_paper, an_item

OPENS = replace(an_item("A-1", a_paper("居民身份证")), result="营业执照（个体工商户）")
RECORDS = an_item("B-1", a_paper("营业执照"), a_paper("居民身份证"))


def found(*items):
    return waits(items, checklist(items, {}))


def test_it_waits_for_the_item_that_gives_its_paper():
    (wait,) = found(RECORDS, OPENS)
    assert (wait.item, wait.after, wait.document[0]) == ("B-1", "A-1", "营业执照")
    assert [item.code for item in in_order([RECORDS, OPENS], [wait])] == ["A-1", "B-1"]


def test_the_days_of_items_that_wait_for_each_other_are_added_up():
    opens, records = replace(OPENS, promised_workdays=1), replace(RECORDS, promised_workdays=3)
    beside = replace(an_item("C-1"), promised_workdays=2)
    assert longest_workdays([records, opens, beside], found(records, opens, beside)) == 4
    assert longest_workdays([records, beside], found(records, beside)) == 3
    assert longest_workdays([], ()) == 0


def test_nothing_waits_for_an_item_that_is_not_done_this_time():
    assert found(RECORDS) == ()


def test_one_of_several_papers_holds_nothing_up():
    either = an_item("B-1", a_paper("营业执照", choice="x"), a_paper("法人证书", choice="x"))
    assert found(OPENS, either) == ()
    assert found(OPENS, an_item("B-1", a_paper("营业执照", accepts=("电子营业执照",)))) == ()


def test_what_the_window_prints_or_a_register_gives_holds_nothing_up():
    assert found(OPENS, an_item("B-1", a_paper("营业执照", source="register"))) == ()


def test_two_that_would_wait_for_each_other_do_not():
    first = replace(an_item("A-1", a_paper("宅基地批准书")), result="规划许可证书")
    second = replace(an_item("B-1", a_paper("规划许可证书")), result="宅基地批准书")
    assert found(first, second) == ()


def test_three_that_wait_in_a_ring_are_still_all_named():
    ring = [
        replace(an_item(f"R-{place}", a_paper(f"第{place}号证明")), result=f"第{place % 3 + 1}号证明")
        for place in (1, 2, 3)
    ]
    assert {item.code for item in in_order(ring, found(*ring))} == {"R-1", "R-2", "R-3"}

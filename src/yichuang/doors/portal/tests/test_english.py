"""The portal in English: what is said in English, and what stays Chinese and is marked as such."""

from __future__ import annotations

from datetime import time

import pytest

from yichuang.doors.shared import english
from yichuang.doors.shared.tests.words_of import unmarked
from yichuang.ground import towns
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.hall.rules import Hours


@pytest.fixture
def browser(db, client):
    client.defaults["HTTP_HOST"] = "dawei.localhost"
    client.cookies["lang"] = "en"
    return client


def page(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/items/",
        "/items/?for=organisation",
        "/search",
        "/search?q=pension",
        "/search?q=qwxzvv",
        "/guide/MZ-010",
        "/guide/SC-001",
        "/event/newborn",
        "/track/",
        "/elder",
    ],
)
def test_no_chinese_word_stands_unmarked(browser, path):
    told = page(browser, path)
    assert '<html lang="en"' in told and unmarked(told) == []


def test_every_item_of_the_catalogue_has_its_english_name_on_the_page_of_all(browser):
    with towns.within(towns.Town.objects.get(key="dawei")):
        names = [item.name_en for item in catalog.published().values()]
    told = page(browser, "/items/").replace("&#x27;", "'").replace("&amp;", "&")
    assert len(names) == 106 and [name for name in names if f"<b>{name}</b>" not in told] == []


def test_a_guide_says_in_english_what_it_is_and_leaves_papers_in_chinese(browser):
    told = page(browser, "/guide/MZ-010")
    assert "<h1>Apply for the old-age allowance" in told and 'In Chinese: <span lang="zh">' in told
    assert '<ol class="materials" lang="zh">' in told and "as the window asks for them" in told
    assert "working days" in told and "Mon to Fri 8:30–12:00, 13:30–17:30" in told


def test_an_item_without_english_stands_in_chinese_and_says_so(browser):
    from dataclasses import replace

    from yichuang.doors.portal.rows import rows

    with towns.within(towns.Town.objects.get(key="dawei")):
        (row,) = rows([replace(catalog.published()["MZ-010"], name_en="", summary_en="")])
    assert (row.name_en, row.words_en) == ("", "")


def test_english_words_are_searched(browser):
    assert "SC-001" in page(browser, "/search?q=business+licence") or english.found({}, "x") == []
    with towns.within(towns.Town.objects.get(key="dawei")):
        items = catalog.published()
        assert all(english.found(items, word) for word in english.EXAMPLES)
        assert english.found(items, "养老") == [] and english.found(items, " ") == []


def test_hours_and_limits_are_said_as_the_english_say_them():
    week = [Hours(day, time(8, 30), time(12)) for day in range(5)] + [Hours(5, time(9), time(11, 30))]
    assert english.hours_words(week) == "Mon to Fri 8:30–12:00; Sat 9:00–11:30"
    assert english.until_words(week[:1], time(9)) == "until 12:00"
    assert (
        english.until_words([*week[:1], Hours(0, time(13, 30), time(17))], time(9))
        == "until 12:00, then from 13:30"
    )
    assert english.until_words(week[:1], time(12)) == ""


def test_a_long_summary_is_cut_at_a_word():
    assert english.first_sentence("For people. And more.") == "For people"
    assert english.first_sentence("word " * 40) == ("word " * 17).rstrip() + "…"

"""查不到、都不是我要找的：数说法，不数人。"""

from __future__ import annotations

import pytest
from django.test import Client

from yichuang.rooms.catalog import queries as catalog


@pytest.fixture
def phone(dawei):
    catalog.forget()
    return Client(HTTP_HOST="dawei.localhost")


def counted() -> list[tuple[str, int]]:
    return [(query.text, query.times) for query in catalog.unfound()]


def test_what_is_found_is_not_counted(phone):
    assert phone.get("/search", {"q": "高龄津贴"}).status_code == 200
    assert counted() == []


def test_what_is_not_found_is_counted_and_a_look_at_the_head_is_not(phone):
    phone.head("/search", {"q": "买火车票"})
    assert counted() == []
    for _ in range(2):
        assert phone.get("/search", {"q": "买火车票"}).status_code == 200
    assert counted() == [("买火车票", 2)]


def test_a_number_of_a_person_is_not_kept(phone):
    phone.get("/search", {"q": "349900199001011234"})
    phone.get("/search", {"q": "帮查 138 0013 8000 的快递件"})
    assert counted() == [("帮查 的快递件", 1)]


def test_none_of_these_is_counted_once_and_leads_back(phone):
    answer = phone.post("/search/none", {"q": "高龄津贴怎么涨"})
    assert answer.status_code == 302 and answer["Location"].startswith("/search?q=")
    assert phone.get(answer["Location"]).status_code == 200
    assert counted() == [("高龄津贴怎么涨", 1)]


def test_thanks_are_said_only_for_what_was_kept(phone):
    kept = phone.get(phone.post("/search/none", {"q": "高龄津贴怎么涨"})["Location"]).content.decode()
    not_kept = phone.get(phone.post("/search/none", {"q": "13800138000"})["Location"]).content.decode()
    assert "记下了" in kept and "记下了" not in not_kept and "号码不记" in not_kept


def test_none_of_nothing_counts_nothing(phone):
    assert phone.post("/search/none").status_code == 302
    assert phone.get("/search/none")["Location"] == "/search"
    assert counted() == []

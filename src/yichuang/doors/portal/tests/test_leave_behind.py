"""What a resident leaves at a guide without a name: a saved list, and whether it was understood."""

from __future__ import annotations

import html
import re

import pytest

from yichuang.rooms.catalog.models import GuideAnswer, SavedList
from yichuang.rooms.catalog.tests.make import the_items

pytestmark = pytest.mark.django_db
OWN = {"proxy": "替别人办", "elder_dead": "不是"}


def read(answer) -> str:
    return html.unescape(answer.content.decode())


def test_a_list_is_saved_with_its_answers_and_shown_under_its_number(client, dawei):
    page = read(client.get("/guide/MZ-010", OWN))
    form = re.search(r'<form method="post" action="/guide/MZ-010/save".*?</form>', page, re.S)[0]
    sent = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    shown = client.post("/guide/MZ-010/save", sent, follow=True)
    saved = SavedList.objects.get()
    assert shown.redirect_chain[-1][0] == f"/list/{saved.code}" and saved.answers == OWN
    page = read(shown)
    assert f"{saved.code[:4]} {saved.code[4:]}" in page and "代办人居民身份证" in page
    assert "在取号机上输入清单号，或给窗口看" in page and "高龄津贴申领" in page


def test_a_second_press_saves_one_list(client, dawei):
    for _ in range(2):
        client.post("/guide/MZ-010/save", {**OWN, "client_key": "one-press"})
    assert SavedList.objects.count() == 1


def test_only_the_items_that_were_picked_of_a_bundle_are_saved(client, dawei):
    client.post("/event/newborn/save", {"do": ["WJ-001", "YB-002"], "client_key": "k"})
    assert SavedList.objects.get().items == ["WJ-001", "YB-002"]


def test_a_number_is_read_however_it_is_typed(client, dawei):
    client.post("/guide/MZ-010/save", OWN)
    code = SavedList.objects.get().code
    for typed in (code.lower(), f"{code[:4]} {code[4:]}", f"{code[:4]}-{code[4:]}".lower()):
        assert code[:4] in read(client.get(f"/list/{typed}"))
    for typed in (f" {code[:4].lower()} {code[4:]} ", f"https://hall.example/list/{code}"):
        assert "代办人居民身份证" in read(client.get("/list/", {"code": typed}, follow=True))


@pytest.mark.parametrize("code", ["AAAA2222", "x", "-", "<b>", "清单"])
def test_an_unknown_number_is_answered_with_what_to_do(client, dawei, code):
    answer = client.get(f"/list/{code}")
    assert answer.status_code == 404
    assert (
        "没有找到这份清单" in read(answer)
        and "再输一遍" in read(answer)
        and "<b>”" not in answer.content.decode()
    )


def test_a_list_of_another_town_is_not_shown(client):
    address = client.post("/guide/MZ-010/save", OWN).headers["Location"]
    assert client.get(address).status_code == 200
    assert client.get(address, HTTP_HOST="linhu.localhost").status_code == 404


def test_understood_is_counted_once_a_press_and_thanked_in_place(client, dawei):
    sent = {"understood": "yes", "client_key": "one-press"}
    shown = client.post("/guide/MZ-010/answer?proxy=我自己办", sent, follow=True)
    client.post("/guide/MZ-010/answer?proxy=我自己办", sent)
    row = GuideAnswer.objects.get()
    assert row.understood and row.times == 1 and row.version_number == the_items()["MZ-010"].version_number
    assert "谢谢您告诉我们" in read(shown) and "看懂了</button>" not in read(shown)
    assert 'value="我自己办" checked' in re.sub(r' id="[^"]*"', "", read(shown))


def test_where_somebody_is_stuck_is_counted_by_place(client, dawei):
    shown = client.post("/guide/MZ-010/answer", {"understood": "no", "stuck": "materials"}, follow=True)
    assert GuideAnswer.objects.get().stuck == "materials" and "写指南的人会改" in read(shown)
    assert client.post("/guide/MZ-010/answer", {"understood": "no", "stuck": "x"}).status_code == 422
    assert client.post("/guide/ZZ-999/answer", {"understood": "no"}).status_code == 404


def test_addresses_that_only_take_a_press_lead_back_to_their_page(client, dawei):
    for path, page in (
        ("/guide/MZ-010/answer", "/guide/MZ-010"),
        ("/guide/MZ-010/save", "/guide/MZ-010"),
        ("/event/newborn/save", "/event/newborn"),
    ):
        assert client.get(path).headers["Location"] == page

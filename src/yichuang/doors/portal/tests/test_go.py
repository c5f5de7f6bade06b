"""扫码进来：数一次，去看指南。"""

from __future__ import annotations

import pytest
from django.test import Client

from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.notices import papers
from yichuang.rooms.notices.models import Channel, Scan

PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36 MicroMessenger/8.0.50"
)


@pytest.fixture
def phone(dawei, monday_morning):
    catalog.forget()
    return Client(HTTP_HOST="dawei.localhost", HTTP_USER_AGENT=PHONE)


def counted() -> list[tuple[str, str, str, int]]:
    return list(Scan.objects.order_by("pk").values_list("channel", "target", "code", "times"))


@pytest.mark.parametrize("channel", Channel.values)
def test_each_channel_counts_and_leads_to_the_guide(phone, channel):
    answer = phone.get(f"/go/{channel}/MZ-010")
    assert (answer.status_code, answer["Location"]) == (302, "/guide/MZ-010")
    assert answer["Cache-Control"] == "no-store", "the next scan is counted too"
    assert counted() == [(channel, "item", "MZ-010", 1)]


def test_a_second_scan_is_added(phone):
    phone.get("/go/poster/MZ-010")
    phone.get("/go/poster/mz-010")
    assert counted() == [("poster", "item", "MZ-010", 2)]


def test_a_bundle_leads_to_its_page(phone):
    assert phone.get("/go/board/newborn")["Location"] == "/event/newborn"
    assert counted() == [("board", "bundle", "newborn", 1)]


def test_the_short_name_can_be_typed_after_a_broadcast(phone):
    assert phone.get("/go/broadcast/高龄津贴")["Location"] == "/guide/MZ-010"
    assert counted() == [("broadcast", "item", "MZ-010", 1)]


@pytest.mark.parametrize(
    "address", ["/go/newspaper/MZ-010", "/go/poster/XX-999", "/go/poster/…", "/go/poster/a b"]
)
def test_what_is_unknown_is_not_found_and_not_counted(phone, address):
    answer = phone.get(address)
    assert answer.status_code == 404 and "没有" in answer.content.decode()
    assert counted() == []


def test_a_head_request_leads_on_and_is_not_counted(phone):
    assert phone.head("/go/poster/MZ-010")["Location"] == "/guide/MZ-010"
    assert counted() == []


@pytest.mark.parametrize("headers", [{"User-Agent": "facebookexternalhit/1.1"}, {"Sec-Purpose": "prefetch"}, {"User-Agent": ""}])  # fmt: skip
def test_a_program_that_looks_ahead_is_not_counted(phone, headers):
    assert phone.get("/go/poster/MZ-010", headers=headers).status_code == 302
    assert counted() == []


def test_the_code_on_every_poster_leads_somewhere(phone, settings):
    settings.PUBLIC_URL = "https://dawei.example.invalid/"
    codes = [*catalog.published(), *(bundle.key for bundle in catalog.life_events())]
    for code in codes:
        address = papers.counted_url("poster", code)
        assert address.startswith("https://dawei.example.invalid/go/poster/")
        sent_on = phone.get(address.removeprefix("https://dawei.example.invalid"))
        assert sent_on["Location"] in (f"/guide/{code}", f"/event/{code}")
    assert len(counted()) == len(codes) == 119

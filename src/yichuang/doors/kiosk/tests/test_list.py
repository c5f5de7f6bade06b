"""我有清单号：what was listed at home becomes a ticket with one more touch. On the demo town's catalogue."""

from __future__ import annotations

import re

import pytest

from yichuang.doors.kiosk.tests.test_items import browser, page
from yichuang.ground import towns
from yichuang.rooms.catalog.actions import save_list
from yichuang.rooms.hall.models import Ticket

__all__ = ["browser"]
CODES = ["MZ-010", "SB-001", "YB-002", "SB-018"]


@pytest.fixture
def listed(browser):
    with towns.within(towns.Town.objects.get(key="dawei")):
        return save_list(codes=CODES, answers={"proxy": "替别人办"})


def take(browser, listed, status=302):
    answer = browser.post("/kiosk/take/", {"list_code": listed.code, "client_key": ""})
    assert answer.status_code == status
    return answer


def test_one_touch_from_the_first_page_the_code_is_typed_with_keys_on_the_screen(browser):
    assert 'href="/kiosk/list/"' in page(browser, "/kiosk/")
    told = page(browser, "/kiosk/list/")
    assert re.findall(r'data-types="(.)"', told) == list("23456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert re.search(r'<input class="input" id="typed" name="code"[^>]* autofocus', told)


def test_the_list_shows_its_items_and_what_to_bring_in_this_situation(browser, listed):
    told = page(browser, f"/kiosk/list/?code={listed.code[:4].lower()}+{listed.code[4:]}")
    assert f"{listed.code[:4]} {listed.code[4:]}" in told and "高龄津贴" in told and "社保卡" in told
    assert "代办人" in told, "somebody comes for another: that was answered at home"
    assert f'name="list_code" value="{listed.code}"' in told and 'aria-label="办事指南的二维码"' in told


def test_a_scanner_types_the_whole_address_of_the_list(browser, listed):
    assert "您的清单" in page(browser, f"/kiosk/list/?code=http://hall.example/list/{listed.code}")


def test_one_more_touch_gives_a_ticket_that_remembers_the_list(browser, listed):
    to = take(browser, listed).headers["Location"]
    with towns.within(towns.Town.objects.get(key="dawei")):
        ticket = Ticket.objects.latest("id")
    assert (ticket.list_code, ticket.items) == (listed.code, CODES[:3])
    code = f"{listed.code[:4]} {listed.code[4:]}"
    told = page(browser, to)
    assert "办清单上的 4 件事，要带" in told and told.count(code) == 2, "on the glass and on the slip"
    assert code in page(browser, f"/ticket/{ticket.track_token}")


def test_who_is_seventy_goes_first_with_the_list(browser, listed):
    answer = browser.post("/kiosk/way/", {"list_code": listed.code, "way": "id"})
    assert answer.headers["Location"] == f"/kiosk/number/?list_code={listed.code}&way=id"
    told = page(browser, answer.headers["Location"])
    assert (
        f'name="list_code" value="{listed.code}"' in told
        and f'href="/kiosk/list/?code={listed.code}"' in told
    )


def test_a_code_nobody_has_is_said_so_with_what_was_typed(browser):
    told = page(browser, "/kiosk/list/?code=2222zzzz", 422)
    assert "没有找到这份清单" in told and 'value="2222zzzz"' in told and 'aria-invalid="true"' in told
    answer = browser.post("/kiosk/take/", {"list_code": "2222ZZZZ", "client_key": ""})
    assert answer.status_code == 422 and "没有找到这份清单" in answer.content.decode()


def test_what_is_no_code_at_all_is_an_unknown_list(browser):
    for written in ("x" * 5000, "../../", "<script>", "清单", "\x00"):
        assert browser.get("/kiosk/list/", {"code": written}).status_code == 422

"""What other tests rely on: a running system on a Monday morning, and a real browser."""

import json
import urllib.request

import pytest


def test_the_demo_town_is_there_with_its_accounts(system):
    assert {"staff", "devices", "residents"} <= set(system.accounts)
    assert system.accounts["staff"]["clerk"]["username"]
    assert (system.home / "demo-accounts.json").stat().st_mode & 0o077 == 0
    with urllib.request.urlopen(f"{system.url}/healthz", timeout=5) as answer:
        assert json.load(answer)["database"] == "ok"


@pytest.mark.browser
def test_a_browser_opens_a_page_of_it(page):
    answer = page.goto("/healthz")
    assert answer.status == 200
    assert "clock_skew_ms" in page.content()


@pytest.mark.browser
def test_style_sheets_come_from_here_under_lasting_names(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/elder")
    sheets = [url for url in asked if "/static/yichuang." in url and url.endswith(".css")]
    assert sheets, (asked, page.content()[:600])
    assert all(url.startswith(page.evaluate("location.origin")) for url in asked)
    with urllib.request.urlopen(sheets[0], timeout=5) as sheet:
        assert "immutable" in sheet.headers["Cache-Control"]

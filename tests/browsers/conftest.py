"""Everybody of a test comes in with a browser of their own and leaves at its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browsers.people import House
from tests.harness.system import System


@pytest.fixture
def house(chromium: Browser, system: System) -> Iterator[House]:
    """The running system, to be entered by any door."""
    house = House(chromium, system, [])
    yield house
    house.leave()

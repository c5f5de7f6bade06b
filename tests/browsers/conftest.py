"""Everybody of a test comes in with a browser of their own and leaves at its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browsers.pages import Look
from tests.browsers.people import House
from tests.harness.system import System
from yichuang.cli.shooting.scene import Morning
from yichuang.cli.walking.caller import Caller


@pytest.fixture
def house(chromium: Browser, system: System) -> Iterator[House]:
    """The running system, to be entered by any door."""
    house = House(chromium, system, [])
    yield house
    house.leave()


@pytest.fixture(scope="session")
def morning(system: System) -> Iterator[Morning]:
    """People have been at work in the hall since the morning; one morning for all tests of this worker."""
    morning = Morning(Caller(system.url), system.home)
    morning.play()
    yield morning
    morning.leave()


@pytest.fixture(scope="module")
def look(chromium: Browser, morning: Morning) -> Look:
    """Eyes to look at every page of the hall."""
    return Look(chromium, morning)

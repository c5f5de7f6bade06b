"""Every test of the desk happens on a Monday morning, when the hall is open."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _morning(monday_morning):
    """The clock stands."""

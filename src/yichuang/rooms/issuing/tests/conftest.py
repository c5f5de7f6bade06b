"""Fixtures of the tests of issuing."""

from __future__ import annotations

import pytest


@pytest.fixture
def hall(db):
    """A Monday morning in a small town with its people; everything is rolled back."""
    from yichuang.rooms.cases.tests import make  # Django is not set up yet when this file is read

    with make.in_a_town() as town:
        yield town

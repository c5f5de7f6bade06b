"""Fixtures of the hall's tests."""

from __future__ import annotations

import pytest


@pytest.fixture
def hall(db):
    """A Monday morning in a town with eight windows; everything is rolled back."""
    from yichuang.ground import clock  # Django is not set up yet when this file is read
    from yichuang.rooms.hall.tests import make

    with clock.frozen(make.MONDAY), make.in_a_hall() as town:
        yield town

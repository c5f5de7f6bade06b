"""Fixtures of the machine door's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture
def town(db) -> Iterator[object]:
    """The demo town; who signed in before is forgotten, for rows are rolled back and their numbers used again."""
    from yichuang.doors.shared import sign_in  # Django is not set up yet when this file is read

    from .make import dawei

    sign_in.forget()
    yield dawei()
    sign_in.forget()

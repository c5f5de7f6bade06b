"""All addresses of the house. Each door's `urls.py` names its whole paths (`desk/…`); /healthz is in health.py."""

from __future__ import annotations

import importlib.util
from typing import Any

from django.urls import include, path

DOORS = ("shared", "portal", "kiosk", "desk", "office", "screen", "machine")


def _urls_of(door: str) -> str | None:
    """The door's addresses; a door that has none yet is left out."""
    package = f"yichuang.doors.{door}"
    if importlib.util.find_spec(package) and importlib.util.find_spec(f"{package}.urls"):
        return f"{package}.urls"
    return None


urlpatterns: list[Any] = [path("", include(urls)) for door in DOORS if (urls := _urls_of(door))]

handler500 = "yichuang.config.failures.failed"

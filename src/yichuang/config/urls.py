"""Every address of the house, by door."""

from __future__ import annotations

from typing import Any

urlpatterns: list[Any] = []

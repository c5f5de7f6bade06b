"""Builders for tests of ground."""

from __future__ import annotations

from yichuang.ground.secrets import new_token
from yichuang.ground.towns import Town


def a_town(**changes) -> Town:
    """A town that no other test uses."""
    key = f"t{new_token(6).lower().replace('_', '-')}"
    return Town.objects.create(key=key, name="试验镇", hall_name="试验镇为民服务中心", **changes)

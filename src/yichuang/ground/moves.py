"""The life of a thing is one table: which verb leads from which statuses to which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .refusals import Refused

Moves = Mapping[str, tuple[frozenset[str] | set[str], str]]


class Living:
    """Mixin for a model with a `status` column and MOVES; `move` is the only code that assigns the status."""

    MOVES: ClassVar[Moves]
    status: Any

    def may(self, verb: str) -> bool:
        """Whether the thing stands where this verb begins."""
        return self.status in self.MOVES[verb][0]

    def move(self, verb: str) -> None:
        """Take one step of the life; a wrong moment is refused in plain Chinese (HTTP 409)."""
        origins, target = self.MOVES[verb]
        if self.status not in origins:
            raise Refused("wrong_moment", state=self.get_status_display(), thing=self._meta.verbose_name)  # type: ignore[attr-defined]
        self.status = target

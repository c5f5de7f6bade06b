"""Pure decisions about people."""

from __future__ import annotations

from datetime import datetime, timedelta

WRONG_TRIES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=10)


def after_wrong_try(tries: int, now: datetime) -> tuple[int, datetime | None]:
    """The tries counted so far, and until when the account is locked (None: not locked)."""
    tries += 1
    if tries >= WRONG_TRIES_BEFORE_LOCK:
        return 0, now + LOCKED_FOR
    return tries, None

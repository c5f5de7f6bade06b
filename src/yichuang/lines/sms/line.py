"""What a text-message line is: the call, its failure, and which of the two lines this installation uses."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Protocol

from django.conf import settings

LONGEST = 300  # signs; about five messages on the bill
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_KEY = re.compile(r"[0-9A-Za-z._-]{1,60}")


class NotSent(Exception):
    """The message did not go out. `again`: the same call may succeed later; `why` is Chinese, and holds no phone and no text."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.why = why
        self.again = again


class Line(Protocol):
    """Sends one message. The same key sent twice reaches the person once."""

    def send(self, *, phone: str, text: str, key: str, at: datetime) -> None:
        """Return when the gateway has taken the message; otherwise NotSent."""


def check(*, phone: str, text: str, key: str) -> None:
    """What no gateway would take is refused before it is called."""
    if not _MOBILE.fullmatch(phone):
        raise NotSent("不是手机号", again=False)
    if not text.strip() or len(text) > LONGEST:
        raise NotSent(f"短信有 {len(text)} 个字，发不了", again=False)
    if not _KEY.fullmatch(key):
        raise NotSent("短信的编号不对", again=False)


def chosen() -> Line:
    """The demo never sends to real phones; everywhere else the gateway of the settings is used."""
    from .client import Gateway
    from .fake import SentFile

    if settings.DEMO:
        return SentFile(settings.HOME)
    return Gateway(settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_KEY)

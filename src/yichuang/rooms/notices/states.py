"""The life of a message."""

from __future__ import annotations

from django.db import models

from yichuang.ground.moves import Moves


class MessageStatus(models.TextChoices):
    WAITING = "waiting", "等着发"
    SENT = "sent", "已发出"
    FAILED = "failed", "没发出去"


MOVES: Moves = {
    "mark_sent": ({MessageStatus.WAITING}, MessageStatus.SENT),
    "mark_failed": ({MessageStatus.WAITING}, MessageStatus.FAILED),
    "resend": ({MessageStatus.FAILED}, MessageStatus.WAITING),
}

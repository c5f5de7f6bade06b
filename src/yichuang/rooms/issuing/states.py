"""The life of a result."""

from __future__ import annotations

from django.db import models

from yichuang.ground.moves import Moves


class ResultStatus(models.TextChoices):
    READY = "ready", "等领取"
    DELIVERED = "delivered", "已领取"


MOVES: Moves = {"hand_over": ({ResultStatus.READY}, ResultStatus.DELIVERED)}

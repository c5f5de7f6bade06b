"""The life of a signing task."""

from __future__ import annotations

from django.db import models

from yichuang.ground.moves import Moves


class SigningStatus(models.TextChoices):
    WAITING = "waiting", "等打开"
    SHOWN = "shown", "已打开，等签字"
    SIGNED = "signed", "已签字"
    RETURNED = "returned", "已退回"


_Signing = SigningStatus

MOVES: Moves = {
    "open": ({_Signing.WAITING}, _Signing.SHOWN),
    "sign": ({_Signing.SHOWN}, _Signing.SIGNED),
    "return": ({_Signing.SHOWN}, _Signing.RETURNED),
}

"""The nouns of signing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yichuang.ground.choices import Choice
from yichuang.ground.models import StoredFile
from yichuang.ground.moves import Living
from yichuang.ground.secrets import EncryptedText
from yichuang.ground.towns import TownOwned
from yichuang.rooms.cases.models import RouteTask
from yichuang.rooms.people.models import Staff

from .states import MOVES, SigningStatus


class SigningTask(Living, TownOwned):
    """签批：what was shown for a route task, fixed as a PDF, and the signature under it.

    The row is made when the paper is first opened. `digest` is the SHA-256 of that PDF; `words` stand on its last
    page too, so that a person can see that the paper in hand is the one on the screen.
    """

    MOVES = MOVES

    task = models.ForeignKey(RouteTask, models.PROTECT, related_name="signings")
    status = Choice("状态", max_length=20, choices=SigningStatus.choices, default=SigningStatus.WAITING)
    document = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="签批单")
    digest = models.CharField("摘要", max_length=64)
    content = EncryptedText(
        blank=True
    )  # the facts of the paper as JSON, so that the signed copy says the same
    words = models.CharField("暗语", max_length=60)
    shown_at = models.DateTimeField(null=True)
    signer = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="signings")
    signed_at = models.DateTimeField(null=True)
    strokes = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")  # 手写签批图像
    signed_document = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    reason = models.TextField("退回的理由", blank=True)

    class Meta:
        verbose_name = "签批"
        constraints = [
            models.UniqueConstraint("town", "task", name="one_signing_a_task"),
            models.CheckConstraint(
                condition=Q(status=SigningStatus.SIGNED, signed_at__isnull=False, signer__isnull=False)
                | (~Q(status=SigningStatus.SIGNED) & Q(signed_at=None, strokes=None, signed_document=None)),
                name="a_signature_has_a_signer",
            ),
            models.CheckConstraint(
                condition=Q(status=SigningStatus.RETURNED, returned_at__isnull=False, signer__isnull=False)
                & ~Q(reason="")
                | (~Q(status=SigningStatus.RETURNED) & Q(returned_at=None)),
                name="a_return_has_a_reason",
            ),
        ]

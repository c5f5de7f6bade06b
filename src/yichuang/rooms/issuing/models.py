"""The nouns of issuing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yichuang.ground.choices import Choice
from yichuang.ground.models import StoredFile
from yichuang.ground.moves import Living
from yichuang.ground.towns import TownOwned
from yichuang.rooms.cases.models import CaseItem
from yichuang.rooms.people.models import Staff

from .states import MOVES, ResultStatus


class Result(Living, TownOwned):
    """办理结果：what an item ends in, as a PDF that anybody can check by its code."""

    MOVES = MOVES

    item = models.ForeignKey(CaseItem, models.PROTECT, related_name="results")
    status = Choice("状态", max_length=20, choices=ResultStatus.choices, default=ResultStatus.READY)
    number = models.CharField("结果编号", max_length=20)
    check_code = models.CharField("查验码", max_length=24)
    title = models.CharField("结果", max_length=120)
    document = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="结果文件")
    digest = models.CharField("摘要", max_length=64)
    issued_at = models.DateTimeField("出件时间")
    issued_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField("领取时间", null=True)
    delivered_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    receiver = models.CharField("领取人", max_length=80, blank=True)
    receiver_last_four = models.CharField("领取人身份证后四位", max_length=4, blank=True)
    receiver_is_proxy = models.BooleanField("代领", default=False)

    class Meta:
        verbose_name = "办理结果"
        constraints = [
            models.UniqueConstraint("town", "item", name="one_result_an_item"),
            models.UniqueConstraint("town", "number", name="one_result_a_number"),
            models.UniqueConstraint("town", "check_code", name="one_result_a_check_code"),
            models.CheckConstraint(
                condition=Q(
                    status=ResultStatus.DELIVERED, delivered_at__isnull=False, delivered_by__isnull=False
                )
                & ~Q(receiver="")
                & (~Q(receiver_last_four="") | Q(receiver_is_proxy=True))
                | Q(status=ResultStatus.READY, delivered_at=None, delivered_by=None, receiver=""),
                name="a_delivered_result_has_a_receiver",
            ),
        ]
        indexes = [models.Index("town", "issued_at", condition=Q(status="ready"), name="results_to_collect")]

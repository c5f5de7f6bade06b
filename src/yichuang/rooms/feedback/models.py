"""The noun of feedback."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yichuang.ground.choices import Choice
from yichuang.ground.secrets import EncryptedText
from yichuang.ground.towns import TownOwned


class ServiceKind(models.TextChoices):
    TICKET = "ticket", "窗口一次服务"
    CASE = "case", "一件办件"


class Grade(models.IntegerChoices):
    """The five grades and their numbers (国办发〔2019〕51号); the two lowest are poor (差评)."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    POOR = 2, "不满意"
    VERY_POOR = 1, "非常不满意"


class Channel(models.TextChoices):
    LINK = "link", "扫码或链接"
    SMS = "sms", "短信"
    RATER = "rater", "评价器"
    KIOSK = "kiosk", "自助机"


class Rating(TownOwned):
    """评价：one a service; the database itself refuses to change or remove it (migration 0002)."""

    subject_kind = Choice("评价的服务", max_length=10, choices=ServiceKind.choices)
    subject_id = models.BigIntegerField()
    grade = models.PositiveSmallIntegerField("满意程度")
    reasons = models.JSONField("原因", default=list)  # codes, see rules.REASONS
    words = EncryptedText("说的话", blank=True)  # may name people
    channel = Choice("渠道", max_length=10, choices=Channel.choices)
    rated_at = models.DateTimeField("评价时间")

    class Meta:
        verbose_name = "评价"
        constraints = [
            models.UniqueConstraint("town", "subject_kind", "subject_id", name="one_rating_a_service"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="five_grades"),
        ]
        indexes = [models.Index("town", "rated_at", name="ratings_by_time")]

    @property
    def grade_name(self) -> str:
        """非常满意 … 非常不满意"""
        return str(Grade(self.grade).label)

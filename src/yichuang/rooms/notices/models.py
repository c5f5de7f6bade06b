"""The nouns of notices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yichuang.ground.choices import Choice
from yichuang.ground.moves import Living
from yichuang.ground.secrets import EncryptedText
from yichuang.ground.towns import TownOwned
from yichuang.rooms.cases.models import Case

from .states import MOVES, MessageStatus


class Recipient(models.TextChoices):
    APPLICANT = "applicant", "申请人"
    PROXY = "proxy", "代办人"


class About(models.TextChoices):
    """What a message tells."""

    CORRECTION = "correction", "补材料"
    ACCEPTED = "accepted", "受理"
    PROMISE = "promise", "承诺日定了"
    REFUSED = "refused", "不予办理"
    READY = "ready", "来领结果"
    RATE = "rate", "请评价"


class Message(Living, TownOwned):
    """短信：one event is told to one person once. The text names nobody and no item."""

    MOVES = MOVES

    event_id = models.BigIntegerField()  # of the trail
    recipient = Choice("发给", max_length=10, choices=Recipient.choices)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    about = Choice("内容", max_length=12, choices=About.choices)
    phone = EncryptedText()
    text = models.CharField("短信", max_length=300)
    status = Choice("状态", max_length=10, choices=MessageStatus.choices, default=MessageStatus.WAITING)
    tries = models.PositiveSmallIntegerField("试过几次", default=0)
    next_try_at = models.DateTimeField("下次再发")
    why = models.CharField("没发出去的原因", max_length=120, blank=True)
    composed_at = models.DateTimeField()
    sent_at = models.DateTimeField("发出时间", null=True)

    class Meta:
        verbose_name = "短信"
        constraints = [
            models.UniqueConstraint("town", "event_id", "recipient", name="one_message_an_event_and_person"),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | ~Q(status="sent") & Q(sent_at=None),
                name="a_sent_message_has_its_moment",
            ),
        ]
        indexes = [
            models.Index("town", "next_try_at", condition=Q(status="waiting"), name="messages_to_send"),
            models.Index("town", "composed_at", condition=Q(status="failed"), name="dead_letters"),
        ]


class Channel(models.TextChoices):
    """Which sheet or screen brought somebody."""

    POSTER = "poster", "海报"
    BOARD = "board", "宣传栏"
    BROADCAST = "broadcast", "广播"
    WECHAT = "wechat", "公众号"
    VIDEO = "video", "短视频"
    SLIP = "slip", "小票"


class Target(models.TextChoices):
    """What a sheet makes known."""

    ITEM = "item", "事项"
    BUNDLE = "bundle", "一件事"


class Scan(TownOwned):
    """扫码次数：how often a sheet's code was followed on one day. It knows no person, no telephone, no hour."""

    channel = Choice("渠道", max_length=10, choices=Channel.choices)
    target = Choice("是什么", max_length=10, choices=Target.choices)
    code = models.CharField("编码", max_length=40)  # the item's code or the bundle's key
    day = models.DateField("日期")
    times = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "扫码次数"
        constraints = [
            models.UniqueConstraint(
                "town", "channel", "target", "code", "day", name="one_count_a_sheet_and_day"
            ),
        ]
        indexes = [models.Index("town", "day", name="scans_by_day")]

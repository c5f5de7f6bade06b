"""The nouns of the hall."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yichuang.ground.choices import Choice
from yichuang.ground.moves import Living
from yichuang.ground.secrets import EncryptedText
from yichuang.ground.towns import TownOwned
from yichuang.rooms.people.models import Staff

from .states import TICKET_MOVES, WINDOW_MOVES, TicketStatus, WindowStatus


class Channel(models.TextChoices):
    KIOSK = "kiosk", "取号机"
    PHONE = "phone", "手机"
    DESK = "desk", "窗口"


class PriorityReason(models.TextChoices):
    """Why somebody goes first; kept for the record, never shown on a board."""

    ELDER = "elder", "高龄老人"
    DISABLED = "disabled", "残疾人"
    PREGNANT = "pregnant", "孕妇或带婴儿"
    SOLDIER = "soldier", "军人、退役军人"


class Queue(TownOwned):
    """排队类别：its letter begins the ticket numbers. The weights of the pick rule (rules.py) are these columns."""

    key = models.SlugField("代号", max_length=20)
    letter = models.CharField("字头", max_length=1)
    name = models.CharField("名称", max_length=20)
    hint = models.CharField("说明", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    minutes_each = models.PositiveSmallIntegerField("每人大约用时（分钟）", default=8)
    head_start_minutes = models.PositiveSmallIntegerField("本类提前量（分钟）", default=0)
    priority_minutes = models.PositiveSmallIntegerField("优先者提前量（分钟）", default=30)
    priority_age = models.PositiveSmallIntegerField("优先的年龄（周岁）", default=70)

    class Meta:
        verbose_name = "排队类别"
        constraints = [
            models.UniqueConstraint("town", "key", name="one_queue_a_key"),
            models.UniqueConstraint("town", "letter", name="one_queue_a_letter"),
        ]


class Window(TownOwned, Living):
    """综合窗口：every one serves every queue."""

    MOVES = WINDOW_MOVES

    number = models.PositiveSmallIntegerField("窗口号")
    name = models.CharField("名称", max_length=60)
    floor_position = models.CharField("位置", max_length=120, blank=True)
    main_offices = models.JSONField("主办部门", default=list)  # office codes
    backup_offices = models.JSONField("备岗部门", default=list)
    status = Choice("状态", max_length=10, choices=WindowStatus.choices, default=WindowStatus.CLOSED)
    pause_reason = models.CharField("暂停原因", max_length=40, blank=True)
    clerk = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="windows")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "窗口"
        constraints = [
            models.UniqueConstraint("town", "number", name="one_window_a_number"),
            models.UniqueConstraint("town", "clerk", name="one_window_a_clerk"),
            models.CheckConstraint(
                condition=Q(status="closed", clerk=None) | (~Q(status="closed") & Q(clerk__isnull=False)),
                name="a_working_window_has_a_clerk",
            ),
            models.CheckConstraint(
                condition=Q(status="paused") & ~Q(pause_reason="") | ~Q(status="paused") & Q(pause_reason=""),
                name="a_paused_window_says_why",
            ),
        ]


class OpeningHour(TownOwned):
    """开放时间：one stretch of a weekday (0 is Monday)."""

    weekday = models.PositiveSmallIntegerField("星期")
    opens = models.TimeField("开门")
    closes = models.TimeField("关门")

    class Meta:
        verbose_name = "开放时间"
        constraints = [
            models.UniqueConstraint("town", "weekday", "opens", name="one_opening_a_time"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            models.CheckConstraint(condition=Q(opens__lt=models.F("closes")), name="opens_before_it_closes"),
        ]


class Ticket(TownOwned, Living):
    """票号：one person's place in line, for as many items as they like.

    `ordered_at` is the place: arrival less the head starts (rules.place_in_line). It is set once and never changes.
    """

    MOVES = TICKET_MOVES

    queue = models.ForeignKey(Queue, models.PROTECT, related_name="tickets")
    day = models.DateField("日期")
    serial = models.PositiveIntegerField()
    number = models.CharField("票号", max_length=8)
    items = models.JSONField("想办的事项", default=list)  # item codes
    list_code = models.CharField(
        "清单号", max_length=12, blank=True, default=""
    )  # of the list it was taken with
    channel = Choice("取号方式", max_length=10, choices=Channel.choices)
    priority = models.PositiveSmallIntegerField("优先", default=0)
    priority_reason = Choice("优先原因", max_length=10, choices=PriorityReason.choices, blank=True)
    id_number = EncryptedText(blank=True)
    phone = EncryptedText(blank=True)
    track_token = models.CharField(max_length=40)
    status = Choice("状态", max_length=10, choices=TicketStatus.choices, default=TicketStatus.WAITING)
    ordered_at = models.DateTimeField("排队位置")
    told_minutes = models.PositiveSmallIntegerField("取号时告知要等（分钟）", default=0)
    taken_at = models.DateTimeField("取号")
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="tickets")
    clerk = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="tickets")
    calls = models.PositiveSmallIntegerField("叫过几次", default=0)
    called_at = models.DateTimeField("叫号", null=True)
    last_called_at = models.DateTimeField("最近一次叫号", null=True)
    started_at = models.DateTimeField("开始办理", null=True)
    finished_at = models.DateTimeField("办完", null=True)

    class Meta:
        verbose_name = "票号"
        constraints = [
            models.UniqueConstraint("town", "day", "queue", "serial", name="one_ticket_a_number"),
            models.UniqueConstraint("town", "day", "number", name="one_ticket_a_printed_number"),
            models.UniqueConstraint("town", "track_token", name="one_ticket_a_token"),
            models.UniqueConstraint(
                "town",
                "window",
                "day",
                condition=Q(status__in=["called", "serving"]),
                name="one_ticket_in_hand_a_window",
            ),
            models.CheckConstraint(
                condition=Q(priority=0, priority_reason="") | Q(priority=1) & ~Q(priority_reason=""),
                name="priority_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", window=None)
                | ~Q(status="waiting")
                & Q(window__isnull=False, clerk__isnull=False, called_at__isnull=False),
                name="who_was_called_has_a_window",
            ),
        ]
        indexes = [
            models.Index(
                "town", "day", "ordered_at", "id", condition=Q(status="waiting"), name="line_in_order"
            ),
            models.Index(
                "town",
                "day",
                "last_called_at",
                condition=Q(last_called_at__isnull=False),
                name="newest_calls",
            ),
        ]

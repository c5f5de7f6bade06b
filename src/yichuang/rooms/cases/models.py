"""The nouns of cases."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import F, Q

from yichuang.ground.choices import Choice
from yichuang.ground.models import StoredFile
from yichuang.ground.moves import Living
from yichuang.ground.secrets import EncryptedText
from yichuang.ground.towns import TownOwned
from yichuang.rooms.catalog.models import ItemVersion
from yichuang.rooms.hall.models import Ticket
from yichuang.rooms.people.models import Office, Resident, Staff, Village

from .states import ITEM_MOVES, TASK_MOVES, ItemStatus, TaskStatus


class Channel(models.TextChoices):
    WINDOW = "window", "窗口"
    PORTAL = "portal", "网上"
    KIOSK = "kiosk", "自助机"
    VISIT = "visit", "入户"


class TaskKind(models.TextChoices):
    VILLAGE_REVIEW = "village_review", "村初审"
    VILLAGE_SEAL = "village_seal", "村盖章"
    VILLAGE_SIGNATURE = "village_signature", "村主任签字"
    OFFICE_REVIEW = "office_review", "部门审核"


class Verdict(models.TextChoices):
    AGREE = "agree", "同意"
    REFUSE = "refuse", "不同意"
    SEND_BACK = "send_back", "退回"


class Case(TownOwned):
    """办件：one resident or business comes with one or many items."""

    number = models.CharField("办件编号", max_length=20)
    applicant = models.ForeignKey(Resident, models.PROTECT, related_name="cases", verbose_name="申请人")
    proxy_name = models.CharField("代办人", max_length=80, blank=True)
    proxy_id_number = EncryptedText("代办人身份证号", blank=True)
    proxy_phone = EncryptedText("代办人电话", blank=True)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, blank=True, related_name="cases")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="cases")
    opened_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    channel = Choice("渠道", max_length=20, choices=Channel.choices, default=Channel.WINDOW)
    list_code = models.CharField("清单号", max_length=12, blank=True, default="")  # where answers came from
    answers = models.JSONField("情形回答", default=dict)
    form = EncryptedText("表单", blank=True)
    track_token = models.CharField(max_length=40)
    received_on = models.DateField("收件日期", null=True)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = "办件"
        constraints = [
            models.UniqueConstraint("town", "number", name="one_case_a_number"),
            models.UniqueConstraint("town", "track_token", name="one_case_a_track_token"),
        ]
        indexes = [models.Index("town", "opened_at", name="cases_newest_first")]

    @property
    def fields(self) -> dict[str, str]:
        """What is filled in on the form, by field key."""
        values: dict[str, str] = json.loads(str(self.form)) if self.form else {}
        return values

    @fields.setter
    def fields(self, values: dict[str, str]) -> None:
        self.form = json.dumps(values, ensure_ascii=False) if values else ""


class Correction(TownOwned):
    """一次性告知：everything that was missing or wrong at that moment. An item belongs to at most one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections")
    missing = models.JSONField("缺什么")  # [{name, person, need, how, items, wrong}]
    noticed_at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "一次性告知"


_BEFORE_ACCEPTANCE = Q(status__in=[ItemStatus.DRAFT, ItemStatus.SUBMITTED, ItemStatus.CORRECTING])
_GRANTED = Q(status__in=[ItemStatus.GRANTED, ItemStatus.ISSUED, ItemStatus.CLOSED])


class CaseItem(Living, TownOwned):
    """办件事项：one version of a service item inside a case, with its own clock and route."""

    MOVES = ITEM_MOVES

    case = models.ForeignKey(Case, models.PROTECT, related_name="items")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    code = models.CharField("事项代码", max_length=20)
    name = models.CharField("事项", max_length=120)
    status = Choice("状态", max_length=20, choices=ItemStatus.choices, default=ItemStatus.DRAFT)
    correction = models.ForeignKey(
        Correction, models.PROTECT, null=True, related_name="items", verbose_name="一次性告知"
    )
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField("受理时间", null=True)
    accepted_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    promised_by = models.DateField("承诺办结日", null=True)
    promised_is_provisional = models.BooleanField("承诺日未定", default=False)
    statutory_by = models.DateField("法定办结日", null=True)
    deferred = models.JSONField("容缺材料", default=list)  # names of papers still owed when it was accepted
    granted_at = models.DateTimeField("准予时间", null=True)
    refused_at = models.DateTimeField("不予时间", null=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    reason = models.TextField("不予的理由", blank=True)
    issued_at = models.DateTimeField("出件时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "办件事项"
        constraints = [
            models.UniqueConstraint("town", "case", "code", name="one_item_a_case"),
            models.CheckConstraint(
                condition=(_BEFORE_ACCEPTANCE & Q(accepted_at=None, promised_by=None, statutory_by=None))
                | (
                    ~_BEFORE_ACCEPTANCE
                    & Q(accepted_at__isnull=False, promised_by__isnull=False, statutory_by__isnull=False)
                ),
                name="promised_when_accepted",
            ),
            models.CheckConstraint(
                condition=(_GRANTED & Q(granted_at__isnull=False)) | (~_GRANTED & Q(granted_at=None)),
                name="granted_at_when_granted",
            ),
            models.CheckConstraint(
                condition=(Q(status=ItemStatus.REFUSED, refused_at__isnull=False) & ~Q(reason=""))
                | (~Q(status=ItemStatus.REFUSED) & Q(refused_at=None)),
                name="reason_when_refused",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ItemStatus.ISSUED, ItemStatus.CLOSED]) | Q(issued_at__isnull=False),
                name="issued_at_when_issued",
            ),
            models.CheckConstraint(
                condition=~Q(status=ItemStatus.CLOSED) | Q(closed_at__isnull=False),
                name="closed_at_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(status=ItemStatus.CORRECTING) | Q(correction__isnull=False),
                name="correcting_after_a_notice",
            ),
        ]
        indexes = [
            models.Index("town", "promised_by", condition=Q(status="reviewing"), name="promises_running"),
            models.Index("town", "status", name="items_by_status"),
        ]


class Document(TownOwned):
    """已收材料：a paper as it was received: a file, or an original looked at and given back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    material = models.CharField("材料", max_length=120)  # the name on the checklist
    person = models.CharField("谁的", max_length=40)
    instead = models.CharField(
        "代替的证件", max_length=120, blank=True
    )  # the accepted paper that was brought
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("文件名", max_length=200, blank=True)
    pages = models.PositiveSmallIntegerField("页数", default=1)
    wrong = models.CharField("哪里不对", max_length=200, blank=True)  # told in the notice: bring another one
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "已收材料"
        indexes = [models.Index("town", "case", name="documents_of_a_case")]


_VILLAGE_KINDS = [TaskKind.VILLAGE_REVIEW, TaskKind.VILLAGE_SEAL, TaskKind.VILLAGE_SIGNATURE]
_LIVE = [TaskStatus.WAITING, TaskStatus.OPEN, TaskStatus.CLAIMED]


class RouteTask(Living, TownOwned):
    """流转任务：one office or village's part of an item's way. A sent-back stage is made anew, in the next round."""

    MOVES = TASK_MOVES

    item = models.ForeignKey(CaseItem, models.PROTECT, related_name="tasks")
    round = models.PositiveSmallIntegerField("第几轮", default=1)
    stage = models.PositiveSmallIntegerField("第几步")  # 0 is the village's step
    kind = Choice("种类", max_length=20, choices=TaskKind.choices)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="tasks")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="tasks")
    status = Choice("状态", max_length=20, choices=TaskStatus.choices, default=TaskStatus.WAITING)
    verdict = Choice("结论", max_length=20, choices=Verdict.choices, blank=True)
    opinion = models.TextField("意见", blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="tasks")
    opened_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "流转任务"
        constraints = [
            models.UniqueConstraint(
                F("town"),
                F("item"),
                F("stage"),
                F("office"),
                F("village"),
                condition=Q(status__in=_LIVE),
                nulls_distinct=False,
                name="one_live_task_a_place",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_VILLAGE_KINDS, village__isnull=False, office=None)
                | Q(kind=TaskKind.OFFICE_REVIEW, office__isnull=False, village=None),
                name="a_task_has_one_place",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=TaskStatus.DONE, by__isnull=False, done_at__isnull=False) & ~Q(verdict="")
                )
                | (~Q(status=TaskStatus.DONE) & Q(verdict="")),
                name="a_done_task_says_what_and_who",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=[Verdict.REFUSE, Verdict.SEND_BACK]) | ~Q(opinion=""),
                name="no_without_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=TaskStatus.CLAIMED) | Q(by__isnull=False, claimed_at__isnull=False),
                name="a_claimed_task_is_somebodys",
            ),
        ]
        indexes = [
            models.Index(
                "town", "office", condition=Q(status__in=["open", "claimed"]), name="trays_of_offices"
            ),
            models.Index(
                "town", "village", condition=Q(status__in=["open", "claimed"]), name="trays_of_villages"
            ),
        ]

    @property
    def is_live(self) -> bool:
        """Whether it can be worked on now."""
        return self.status in (TaskStatus.OPEN, TaskStatus.CLAIMED)

    @property
    def place(self) -> str:
        """Who does it: the office's or village's name."""
        owner: Any = self.office or self.village
        return str(owner.name)

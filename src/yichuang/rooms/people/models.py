"""The nouns of people."""

from __future__ import annotations

from django.db import models

from yichuang.ground.choices import Choice
from yichuang.ground.secrets import EncryptedText
from yichuang.ground.towns import TownOwned


class OfficeKind(models.TextChoices):
    TOWN = "town", "镇部门"  # faces residents in its own name
    AGENCY = "agency", "代办"  # in the hall on behalf of a district office
    VILLAGE = "village", "村"
    DISTRICT = "district", "区部门"  # behind the hall
    OUTSIDE = "outside", "外部机构"  # not a public office, not in the hall


class Role(models.TextChoices):
    CLERK = "clerk", "窗口人员"
    REVIEWER = "reviewer", "审核人员"
    VILLAGE_HEAD = "village_head", "村主任"
    HALL_MANAGER = "hall_manager", "大厅负责人"
    SUPERVISOR = "supervisor", "督办人员"
    EDITOR = "editor", "事项编辑"
    PUBLISHER = "publisher", "事项发布"
    AUDITOR = "auditor", "审计人员"
    LEADER = "leader", "镇领导"
    ADMIN = "admin", "系统管理员"
    GRID_WORKER = "grid_worker", "网格员"


class DeviceKind(models.TextChoices):
    KIOSK = "kiosk", "取号机"
    BOARD = "board", "大厅显示屏"
    RATER = "rater", "评价器"
    BRIDGE = "bridge", "打印读卡桥"
    GATEWAY = "gateway", "设备网关"


class Office(TownOwned):
    """部门科室：answers for items and does route tasks."""

    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=60)
    kind = Choice("类别", max_length=20, choices=OfficeKind.choices)
    duty = models.CharField("职责", max_length=300)
    phone = models.CharField("电话", max_length=40)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "部门"
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="one_office_a_code")]


class Village(TownOwned):
    """村、社区。"""

    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=60)
    population = models.PositiveIntegerField("人口")
    households = models.PositiveIntegerField("户数")
    distance_km = models.DecimalField("老村委会到大厅的距离（公里）", max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = "村"
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="one_village_a_code")]


class Staff(TownOwned):
    """工作人员：signs in, holds duties. `epoch` rises to end all of their sessions at once."""

    username = models.CharField("用户名", max_length=60)
    name = models.CharField("姓名", max_length=40)
    password = models.CharField(max_length=200)
    pin = models.CharField(max_length=200, blank=True)  # hashed; re-authentication for a signature
    totp_secret = EncryptedText(blank=True)
    epoch = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField("在岗", default=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="staff")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="staff")
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "工作人员"
        constraints = [models.UniqueConstraint(fields=["town", "username"], name="one_staff_a_username")]


class Duty(TownOwned):
    """岗位职责：many a person (一岗多职)."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="duties")
    role = Choice("岗位", max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = "岗位职责"
        constraints = [models.UniqueConstraint(fields=["town", "staff", "role"], name="one_duty_a_role")]


class Resident(TownOwned):
    """居民或申请人。Numbers are encrypted; `id_index` and `phone_index` are blind, to find by the number."""

    name = models.CharField("姓名", max_length=80)
    id_number = EncryptedText()
    id_index = models.CharField(max_length=64)
    phone = EncryptedText(blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    address = models.CharField("住址", max_length=200, blank=True)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="residents")
    registered_at = models.DateTimeField()

    class Meta:
        verbose_name = "居民"
        constraints = [models.UniqueConstraint(fields=["town", "id_index"], name="one_resident_an_id_number")]
        indexes = [models.Index(fields=["town", "phone_index"], name="residents_by_phone")]


class Device(TownOwned):
    """设备：a kiosk, board, rating device. Its token is shown once and kept as a digest."""

    kind = Choice("种类", max_length=20, choices=DeviceKind.choices)
    name = models.CharField("名称", max_length=60)
    token_digest = models.CharField(max_length=64)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "设备"
        constraints = [models.UniqueConstraint(fields=["town", "token_digest"], name="one_device_a_token")]

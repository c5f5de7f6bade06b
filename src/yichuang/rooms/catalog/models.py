"""The nouns of the catalogue. What belongs to a published version never changes: a trigger refuses it."""

from __future__ import annotations

from django.db import models

from yichuang.ground.choices import Choice
from yichuang.ground.moves import Living
from yichuang.ground.towns import TownOwned
from yichuang.rooms.people.models import Office, Staff

from . import states, terms


class ServiceItem(TownOwned):
    """事项：a stable code; what it says stands in its versions."""

    code = models.CharField("编码", max_length=20)
    office = models.ForeignKey(Office, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "事项"
        constraints = [models.UniqueConstraint("town", "code", name="one_item_a_code")]


class ItemVersion(Living, TownOwned):
    """事项版本：the four publics (item, procedure, materials, promised limit) as they stand from one day on."""

    MOVES = states.MOVES

    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    status = Choice(
        "状态", max_length=20, choices=states.VersionStatus.choices, default=states.VersionStatus.DRAFT
    )

    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40)
    kind = Choice("类型", max_length=20, choices=terms.ItemKind.choices)
    audience = Choice("服务对象", max_length=20, choices=terms.Audience.choices)
    mode = Choice("办件类型", max_length=20, choices=terms.Mode.choices)
    statutory_workdays = models.PositiveSmallIntegerField("法定时限（工作日）")
    promised_workdays = models.PositiveSmallIntegerField("承诺时限（工作日）")
    accept_workdays = models.PositiveSmallIntegerField("受理时限（工作日）")
    visits = models.PositiveSmallIntegerField("最多跑几次")
    no_meeting = models.BooleanField("可全程不见面")
    channels = models.JSONField("办理渠道")  # codes of terms.Channel
    village_step = Choice("村级环节", max_length=20, choices=terms.VillageStep.choices)
    route = models.JSONField("流转路线")  # stages one after another, offices of one stage at the same time
    result = models.CharField("办理结果", max_length=100)
    result_kind = Choice("结果类型", max_length=20, choices=terms.ResultKind.choices)
    result_validity = models.CharField("有效期", max_length=60)
    fee = models.CharField("收费", max_length=200)
    condition = models.TextField("办理条件")
    legal_basis = models.TextField("法律依据")
    life_events = models.JSONField("人生事件")
    aliases = models.JSONField("俗称")
    baseline = models.JSONField("改革前")  # visits, offices, materials, workdays (estimated)
    is_verified = models.BooleanField("依据已核实")
    mistakes = models.JSONField("常见错误", default=list)
    name_en = models.CharField("英文名称", max_length=120, blank=True)
    summary_en = models.CharField("英文简介", max_length=500, blank=True)
    listing = models.JSONField("实施清单", default=dict)  # opaque texts by key of terms.LISTING

    revision = models.PositiveIntegerField(default=0)  # counts saves: two editors never overwrite each other
    reason = models.CharField("为什么改", max_length=200, blank=True)
    batch = models.CharField(
        "导入批次", max_length=20, blank=True
    )  # versions of one import are published together
    made_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    effective_on = models.DateField("生效日", null=True)  # empty: from the moment of publication
    proposed_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "事项版本"
        constraints = [
            models.UniqueConstraint("town", "item", "number", name="one_version_a_number"),
            models.UniqueConstraint(
                "town",
                "item",
                condition=models.Q(status=states.VersionStatus.PUBLISHED),
                name="one_published_version_an_item",
            ),
            models.UniqueConstraint(
                fields=["town", "item"],
                condition=models.Q(status__in=states.OPEN),
                name="one_open_version_an_item",
            ),
            models.CheckConstraint(
                condition=models.Q(promised_workdays__lte=models.F("statutory_workdays")),
                name="promise_within_the_law",
            ),
            models.CheckConstraint(
                condition=models.Q(proposed_by__isnull=True)
                | models.Q(published_by__isnull=True)
                | ~models.Q(proposed_by=models.F("published_by")),
                name="proposer_does_not_publish",
            ),
        ]


class Part(TownOwned):
    """What a version consists of, in order."""

    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["version", "position"]


class ProcedureStep(Part):
    """程序的一步：its name and its working days."""

    name = models.CharField("步骤", max_length=60)
    workdays = models.PositiveSmallIntegerField("工作日")


class Material(Part):
    """申请材料：name and person make one document, however many items ask for it."""

    name = models.CharField("材料", max_length=100)
    person = models.CharField("谁的", max_length=20)
    form = Choice("形式", max_length=20, choices=terms.Form.choices)
    copies = models.PositiveSmallIntegerField("份数")
    source = Choice("来源", max_length=20, choices=terms.Source.choices)
    need = Choice("必需或容缺", max_length=20, choices=terms.Need.choices)
    condition_key = models.CharField("什么情形要", max_length=40, blank=True)
    condition_text = models.CharField("情形说明", max_length=100, blank=True)
    choice = models.CharField("任选其一的组", max_length=40, blank=True)
    accepts = models.JSONField("可代替的材料")
    notes = models.CharField("说明", max_length=200, blank=True)
    shared_by = models.CharField("可共享的库", max_length=40, blank=True)


class Question(Part):
    """情形问题：an answer among `triggers` makes the condition `key` true."""

    key = models.CharField("键", max_length=40)
    question = models.CharField("问题", max_length=100)
    answers = models.JSONField("答案")
    triggers = models.JSONField("触发的答案")


class Field(Part):
    """表单字段，姓名、身份证号、电话、地址以外的。"""

    key = models.CharField("键", max_length=40)
    label = models.CharField("名称", max_length=60)
    type = Choice("类型", max_length=20, choices=terms.FieldType.choices)
    options = models.JSONField("选项")
    is_required = models.BooleanField("必填")
    source = Choice("来源", max_length=20, choices=terms.FieldSource.choices)
    hint = models.CharField("提示", max_length=100, blank=True)
    example = models.CharField("示例", max_length=100, blank=True)
    least = models.CharField("最小", max_length=20, blank=True)
    most = models.CharField("最大", max_length=20, blank=True)


class Precheck(Part):
    """预判问题：decides before somebody comes; `cannot` and `ask` are among the answers."""

    question = models.CharField("问题", max_length=100)
    answers = models.JSONField("答案")
    cannot = models.JSONField("办不了的答案")
    ask = models.JSONField("要问一问的答案")
    why = models.CharField("为什么办不了", max_length=200, blank=True)
    instead = models.CharField("那怎么办", max_length=200, blank=True)


class BasisCheck(TownOwned):
    """依据核对：somebody held an item against the text of its law, and says when that is due again."""

    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="basis_checks")
    checked_on = models.DateField("核对日期")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    words = models.CharField("结论", max_length=200)
    next_on = models.DateField("下次核对")

    class Meta:
        verbose_name = "依据核对"


class UnfoundQuery(TownOwned, Living):
    """没查到的说法：what was typed and found nothing, counted; never who typed it."""

    MOVES = states.QUERY_MOVES

    text = models.CharField("说法", max_length=40)
    times = models.PositiveIntegerField("次数", default=1)
    first_on = models.DateField("第一次")
    last_on = models.DateField("最近一次")
    status = Choice(
        "状态", max_length=20, choices=states.QueryStatus.choices, default=states.QueryStatus.OPEN
    )
    item = models.ForeignKey(ServiceItem, models.PROTECT, null=True, related_name="+")
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "没查到的说法"
        constraints = [models.UniqueConstraint(fields=["town", "text"], name="one_unfound_query_a_text")]


class GuideAnswer(TownOwned):
    """看懂了吗：counted by version, day and answer; never who answered."""

    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+")
    version_number = models.PositiveSmallIntegerField("版本")
    day = models.DateField("日期")
    understood = models.BooleanField("看懂了")
    stuck = Choice("哪里没看懂", max_length=20, choices=terms.Stuck.choices, blank=True)
    times = models.PositiveIntegerField("次数", default=1)

    class Meta:
        verbose_name = "看懂了吗"
        constraints = [
            models.UniqueConstraint(
                fields=["town", "item", "version_number", "day", "understood", "stuck"],
                name="one_guide_answer_a_day",
            )
        ]


class SavedList(TownOwned):
    """存下的清单：items and answers under a code that is typed at the kiosk or scanned; no person in it."""

    code = models.CharField("清单号", max_length=12)
    items = models.JSONField("事项")
    answers = models.JSONField("情形")
    made_at = models.DateTimeField("存下")

    class Meta:
        verbose_name = "存下的清单"
        constraints = [models.UniqueConstraint(fields=["town", "code"], name="one_saved_list_a_code")]


class LifeEvent(TownOwned):
    """一件事：items that belong to one event of life and are handled together."""

    key = models.CharField("代号", max_length=40)
    name = models.CharField("名称", max_length=40)
    intro = models.CharField("说明", max_length=200)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        verbose_name = "一件事"
        constraints = [models.UniqueConstraint("town", "key", name="one_life_event_a_key")]


class LifeEventItem(TownOwned):
    """An item of a 一件事, at its place."""

    life_event = models.ForeignKey(LifeEvent, models.CASCADE, related_name="entries")
    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("town", "life_event", "item", name="one_entry_an_item")]

"""The words a catalogue is written in: each code with the Chinese word that stands in the files and on the page."""

from __future__ import annotations

from django.db import models


class ItemKind(models.TextChoices):
    PERMIT = "permit", "行政许可"
    BENEFIT = "benefit", "行政给付"
    CONFIRMATION = "confirmation", "行政确认"
    OTHER_POWER = "other_power", "其他行政权力"
    PUBLIC_SERVICE = "public_service", "公共服务"


class Audience(models.TextChoices):
    PERSON = "person", "个人"
    ORGANISATION = "organisation", "法人"
    BOTH = "both", "个人和法人"


class Mode(models.TextChoices):
    ON_THE_SPOT = "on_the_spot", "即办"
    PROMISED = "promised", "承诺"


class Channel(models.TextChoices):
    WINDOW = "window", "窗口"
    WEB = "web", "网上"
    PHONE = "phone", "掌上"
    KIOSK = "kiosk", "自助"
    HOME = "home", "入户"


class VillageStep(models.TextChoices):
    NONE = "none", "无"
    REVIEW = "review", "村初审"
    SEAL = "seal", "村盖章"
    SIGNATURE = "signature", "村主任签字"


class ResultKind(models.TextChoices):
    RECORD = "record", "凭证"
    CERTIFICATE = "certificate", "证照"
    RULING = "ruling", "批文"
    PAYMENT = "payment", "款项发放"
    NONE = "none", "无"


class Form(models.TextChoices):
    ORIGINAL = "original", "原件"
    ORIGINAL_AND_COPY = "original_and_copy", "原件及复印件"
    COPY = "copy", "复印件"
    APPLICATION = "application", "申请表"
    PLEDGE = "pledge", "承诺书"
    PHOTO = "photo", "照片"
    ELECTRONIC = "electronic", "电子证照"


class Source(models.TextChoices):
    APPLICANT = "applicant", "申请人"
    ISSUED = "issued", "政府部门核发"
    WINDOW = "window", "窗口生成"  # the window prints it
    REGISTER = "register", "数据共享"  # the register alone suffices


class Need(models.TextChoices):
    REQUIRED = "required", "必需"
    DEFERRABLE = "deferrable", "容缺"  # may follow later


class FieldSource(models.TextChoices):
    APPLICANT = "applicant", "申请人"
    CARD = "card", "证件识读"
    HOUSEHOLD = "household", "户籍"
    POPULATION = "population", "人口库"


class Stuck(models.TextChoices):
    """What somebody did not understand in a guide."""

    WHO = "who", "我能不能办"
    MATERIALS = "materials", "要带什么"
    STEPS = "steps", "怎么办、要几天"
    WHERE = "where", "去哪里、几点开门"
    WORDS = "words", "有的词看不懂"


class FieldType(models.TextChoices):
    TEXT = "text", "文字"
    TEXTAREA = "textarea", "多行文字"
    SELECT = "select", "选择"
    DATE = "date", "日期"
    NUMBER = "number", "数字"
    MONEY = "money", "金额"
    ADDRESS = "address", "地址"
    PHONE = "phone", "电话"
    ID_NUMBER = "id_number", "身份证号"
    BANK_ACCOUNT = "bank_account", "银行账号"


# Fields of the national implementation list that have no column of their own (rules.md 3.11). Codes are opaque text:
# their layout differs from place to place and is never taken apart.
LISTING = {
    "basic_code": "基本编码",
    "implementation_code": "实施编码",
    "handling_code": "业务办理项编码",
    "level": "行使层级",
    "organ": "实施主体",
    "organ_nature": "实施主体性质",
    "entrusted": "委托部门",
    "joint_organs": "联办机构",
    "quantity_limit": "数量限制",
    "scope": "通办范围",
    "legal_limit_note": "法定时限说明",
    "promised_limit_note": "承诺时限说明",
    "fee_basis": "收费依据",
    "fee_reduction": "收费减免",
    "intermediary": "中介服务",
    "special_steps": "特别程序",
    "result_sample": "结果样本",
    "online_depth": "网办深度",
    "online_address": "网上办理地址",
    "mobile_address": "移动端办理地址",
    "delivery": "送达方式",
    "faq": "常见问题",
    "consult": "咨询方式",
    "complaint": "投诉监督方式",
    "remedy": "救济途径",
}

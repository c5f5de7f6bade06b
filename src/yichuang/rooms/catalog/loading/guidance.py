"""How each column of the workbook is filled in: the words of the template's first sheet."""

from __future__ import annotations

from collections.abc import Iterator

from yichuang.rooms.people.models import OfficeKind

from ..terms import (
    Audience,
    Channel,
    FieldSource,
    FieldType,
    Form,
    ItemKind,
    Mode,
    ResultKind,
    Source,
    VillageStep,
)
from .headings import MAY_LACK, NAMES, SHEETS, headings
from .parts import PERSONS

GUIDANCE_SHEET = "怎么填"
_GENERAL = (
    "每一格都填文字。日期写成 2026-11-24，时间写成 08:30；不要合并单元格，不要写公式。",
    "隐藏的行和列也会读。表名、表头不要改；列的先后可以换。一格里有几项的，用英文分号 ; 隔开。",
    "有一处不对，整本都不装入；改好再传一次。",
)
_CHOICES = {
    ("items.csv", "kind"): ItemKind,
    ("items.csv", "audience"): Audience,
    ("items.csv", "mode"): Mode,
    ("items.csv", "village_step"): VillageStep,
    ("items.csv", "result_kind"): ResultKind,
    ("materials.csv", "form"): Form,
    ("materials.csv", "source"): Source,
    ("fields.csv", "source"): FieldSource,
    ("offices.csv", "kind"): OfficeKind,
}
_WORDS = {
    ("items.csv", "code"): "部门字母和数字，例如 SB-001；一个编码只用一次",
    ("items.csv", "name"): "居民听得懂的全称，最多 100 字；不能重名",
    ("items.csv", "short_name"): "最多 40 字，叫号屏和票上用",
    ("items.csv", "office"): "“部门”表里的代码",
    ("items.csv", "statutory_workdays"): "0 到 365；即办填 0",
    ("items.csv", "promised_workdays"): "不能超过法定时限；即办填 0",
    ("items.csv", "accept_workdays"): "0 到 5；即办填 0",
    ("items.csv", "visits"): "0 到 9",
    ("items.csv", "no_meeting"): "1 是，0 不是",
    ("items.csv", "channels"): "可以填几项：" + "、".join(map(str, Channel.labels)),
    ("items.csv", "route"): "部门代码。> 表示下一步，+ 表示同时，例如 SB+ZRS>QRS",
    ("items.csv", "life_events"): "可以填几项，例如 养老;医疗",
    ("items.csv", "aliases"): "居民的叫法，可以填几项，例如 领农保;老保",
    ("items.csv", "verified"): "yes 或 no",
    (
        "items.csv",
        "procedure",
    ): "名称 天数，例如 收件受理 1;镇审核 9。第一步是收件受理，以后各步的天数加起来等于承诺时限",
    ("items.csv", "baseline"): "改革前的 次数/部门数/材料数/天数，例如 4/3/9/20",
    ("materials.csv", "item_code"): "“事项”表里的编码",
    ("materials.csv", "seq"): "每个事项从 1 数起",
    ("materials.csv", "name"): "同名的材料，形式、来源、可共享的库处处要一样",
    ("materials.csv", "person"): "填一项：" + "、".join(PERSONS),
    ("materials.csv", "copies"): "0 到 20",
    ("materials.csv", "required"): "填一项：必需、容缺、情形；填情形的，写明情形代号和情形说明",
    ("materials.csv", "condition_key"): "“情形问题”表里的代号",
    ("materials.csv", "choice"): "同一个事项里写同一个代号的几份材料，任选其一",
    ("materials.csv", "accepts"): "可以填几项",
    ("materials.csv", "shared_by"): "由哪个库查得到；来源是数据共享的必须填",
    ("questions.csv", "key"): "小写字母、数字和下划线；同一个代号处处是同一个问题",
    ("questions.csv", "answers"): "至少两个",
    ("questions.csv", "triggers"): "哪些答案要交这份材料",
    ("fields.csv", "key"): "小写字母、数字和下划线；姓名、身份证号、电话、住址不用列",
    ("fields.csv", "type"): "填一项："
    + "、".join(f"{value}（{label}）" for value, label in FieldType.choices),
    ("fields.csv", "options"): "类型是 select 的填，至少两项",
    ("fields.csv", "required"): "1 必填，0 选填",
    ("prechecks.csv", "cannot"): "答这几项就办不了，要写为什么、那怎么办",
    ("prechecks.csv", "ask"): "答这几项要到窗口问一问",
    ("field_notes.csv", "least"): "一个数、一个日期，或者 today（今天）；多行文字是最少字数",
    ("field_notes.csv", "most"): "同上",
    ("english.csv", "summary"): "最多 500 个字母",
    ("bundles.csv", "item_codes"): "至少两个事项编码",
    ("villages.csv", "distance_km_to_hall"): "最多一位小数",
    ("windows.csv", "main_duty_offices"): "可以填几项",
    ("opening_hours.csv", "weekday"): "周一到周日；上午、下午各写一行",
    ("opening_hours.csv", "open"): "例如 08:30",
    ("opening_hours.csv", "close"): "例如 17:30",
}


def guidance() -> Iterator[tuple[str, str, str]]:
    """Sheet, column, and what to write there."""
    for sentence in _GENERAL:
        yield "全部", "", sentence
    for file in SHEETS:
        name = NAMES[file]
        if file in MAY_LACK:
            yield name, "", "这张表可以空着"
        for column, heading in headings(file).items():
            choices = _CHOICES.get((file, column))
            words = (
                f"填一项：{'、'.join(map(str, choices.labels))}"
                if choices
                else _WORDS.get((file, column), "")
            )
            yield name, heading, words

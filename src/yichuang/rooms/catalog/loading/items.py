"""items.csv: one row is one service item; its figures must agree with each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..rules import Baseline, ItemSpec
from ..terms import Audience, Channel, ItemKind, Mode, ResultKind, VillageStep
from . import checks
from .sheets import Row

ITEM_COLUMNS = (
    "code", "name", "short_name", "office", "kind", "audience", "mode", "statutory_workdays", "promised_workdays",
    "accept_workdays", "visits", "no_meeting", "channels", "village_step", "route", "result", "result_kind",
    "result_validity", "fee", "condition", "legal_basis", "life_events", "aliases", "verified", "procedure", "baseline",
)  # fmt: skip
FIRST_STEP = "收件受理"
MOST_ACCEPT_WORKDAYS = 5  # 行政许可法 art. 32: one notice within five days


def read_item(row: Row, offices: Sequence[str], *, materials: int) -> ItemSpec:
    """The item without its parts; `materials` is how many rows it has in materials.csv."""
    item = ItemSpec(
        code=_code(row),
        name=row.text("name", most=100),
        short_name=row.text("short_name", most=40),
        office=row.text("office", most=20),
        kind=row.word("kind", ItemKind),
        audience=row.word("audience", Audience),
        mode=row.word("mode", Mode),
        statutory_workdays=row.whole("statutory_workdays", 0, 365),
        promised_workdays=row.whole("promised_workdays", 0, 365),
        accept_workdays=row.whole("accept_workdays", 0, MOST_ACCEPT_WORKDAYS),
        visits=row.whole("visits", 0, 9),
        no_meeting=row.flag("no_meeting"),
        channels=row.words("channels", Channel),
        village_step=row.word("village_step", VillageStep),
        route=_route(row, offices),
        result=row.text("result", most=100),
        result_kind=row.word("result_kind", ResultKind),
        result_validity=row.text("result_validity", most=60),
        fee=row.text("fee", most=200),
        condition=row.text("condition", most=1000),
        legal_basis=row.text("legal_basis", most=1000),
        life_events=row.list("life_events", most=20),
        aliases=row.list("aliases", most=40),
        procedure=_procedure(row),
        baseline=_baseline(row),
        materials=(),
        questions=(),
        fields=(),
        verified=row.flag("verified", "yes", "no"),
    )
    if item.office not in offices:
        row.fault("office", f"offices.csv 里没有部门“{item.office}”")
    if not materials:
        row.fault("code", "这个事项在 materials.csv 里没有材料")
    _check_limits(row, item)
    _check_procedure(row, item)
    _check_baseline(row, item, materials)
    return item


def _code(row: Row) -> str:
    code = row.text("code", most=20)
    if not re.fullmatch(r"[A-Z]{1,6}-[0-9]{1,6}", code):
        row.fault("code", f"编码要写成 SB-001 这样，现在是“{code}”")
    return code


def _route(row: Row, offices: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """`SB+ZRS>QRS`: first SB and ZRS at the same time, then QRS."""
    cell = row.text("route", most=200)
    stages = tuple(tuple(stage.split("+")) for stage in cell.split(">"))
    named = [office for stage in stages for office in stage]
    if not all(named):
        row.fault("route", "> 或 + 的旁边少写了部门")
    else:
        checks.known_offices(row, "route", named, offices)
    if any(len(set(stage)) < len(stage) for stage in stages):
        row.fault("route", "同一步里一个部门写了两次")
    return stages


def _procedure(row: Row) -> tuple[tuple[str, int], ...]:
    steps = []
    for part in row.text("procedure", most=1000).split(";"):
        name, _, days = part.rpartition(" ")
        if not name.strip() or not re.fullmatch(r"[0-9]{1,3}", days):
            row.fault("procedure", f"每一步要写成“名称 天数”，现在是“{part}”")
        else:
            steps.append((name, int(days)))
    return tuple(steps)


def _baseline(row: Row) -> Baseline:
    parts = row.cells["baseline"].split("/")
    if len(parts) != 4 or not all(re.fullmatch(r"[0-9]{1,3}", part) for part in parts):
        row.fault("baseline", f"要写成“次数/部门数/材料数/天数”，现在是“{row.cells['baseline']}”")
        return Baseline(9, 999, 999, 999)
    return Baseline(*map(int, parts))


def _check_limits(row: Row, item: ItemSpec) -> None:
    if item.mode == Mode.PROMISED:
        if not item.promised_workdays:
            row.fault("promised_workdays", "承诺件的承诺时限不能是 0，当场办的请改成即办")
        if item.promised_workdays > item.statutory_workdays:
            row.fault(
                "promised_workdays",
                f"承诺时限 {item.promised_workdays} 天超过了法定时限 {item.statutory_workdays} 天",
            )
        return
    for column in ("statutory_workdays", "promised_workdays", "accept_workdays"):
        if getattr(item, column):
            row.fault(column, "即办件当场办结，天数要填 0")
    if item.village_step != VillageStep.NONE:
        row.fault("village_step", "即办件不能有村级环节，有的请改成承诺件")
    if len(item.route) != 1 or len(item.route[0]) != 1:
        row.fault("route", "即办件只能有一个部门")


def _check_procedure(row: Row, item: ItemSpec) -> None:
    if not item.procedure:
        return
    name, days = item.procedure[0]
    if name != FIRST_STEP:
        row.fault("procedure", f"第一步必须是“{FIRST_STEP}”")
    elif days != item.accept_workdays:
        row.fault("procedure", f"收件受理写了 {days} 天，受理时限是 {item.accept_workdays} 天")
    total = sum(days for _, days in item.procedure[1:])
    if total != item.promised_workdays:
        row.fault("procedure", f"受理以后各步加起来是 {total} 天，承诺时限是 {item.promised_workdays} 天")


def _check_baseline(row: Row, item: ItemSpec, materials: int) -> None:
    """The past was never better than today."""
    offices = len({office for stage in item.route for office in stage}) + (
        item.village_step != VillageStep.NONE
    )
    today = (item.visits, offices, materials, item.promised_workdays)
    before = (item.baseline.visits, item.baseline.offices, item.baseline.materials, item.baseline.workdays)
    if any(past < now for past, now in zip(before, today, strict=True)):
        row.fault("baseline", f"改革前不会比现在还好：现在是{'/'.join(map(str, today))}")

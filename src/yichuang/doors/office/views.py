"""The office's pages; for now the sheet that shows every part."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared import assets
from yichuang.doors.shared.gate import audience
from yichuang.ground import clock

CHOICES = [("self", "我自己办"), ("other", "替别人办")]
VILLAGES = ["磨滩村", "许贵村", "金葡萄家园"]
STEPS = [
    {"label": "收件受理", "note": "11月23日，王晓梅", "state": "done"},
    {"label": "磨滩村初审，同意", "state": "done"},
    {"label": "镇民政和养老审核", "note": "陈志远", "state": "now"},
    {"label": "区民政局审核确认"},
]
ROUTE = [
    {"label": "收件 11-23", "state": "done"},
    {"label": "磨滩村 11-24", "state": "done"},
    {"label": "民政审核（您）", "state": "now"},
    {"label": "区民政局"},
]
MATERIALS = [
    {"id": "k1", "name": "居民身份证", "ticked": True, "says": "已核验"},
    {"id": "k2", "name": "居民户口簿", "state": "missing", "note": "原件和复印件，看出生日期"},
    {"id": "k3", "name": "近期免冠照片", "state": "later"},
]
TABS = [
    {"label": "按剩余时间", "href": "#tabs", "current": True},
    {"label": "缺件 4", "href": "#tabs"},
    {"label": "等村里 7", "href": "#tabs"},
]
ERRORS = [
    {"field": "f-account", "sentence": "收款账号少 2 位"},
    {"field": "f-address", "sentence": "请填现居住地"},
]
EVENTS = [
    {"at": "11-25 9:10", "who": "陈志远", "what": "收到，开始审核"},
    {"at": "11-24 16:02", "who": "赵德明", "what": "磨滩村初审，同意"},
    {"at": "11-23 10:20", "who": "王晓梅", "what": "受理，材料 7 份齐"},
]
FACTS = [("申请人", "张**，80 岁"), ("户籍", "磨滩村"), ("住在", "金葡萄家园 12 栋 301")]
CHANGES = [("现居住地", "金葡萄家园 12 栋 301", "#facts"), ("联系电话", "139****6621", "#facts")]
SWATCHES = ["ground", "surface", "sunken", "ink", "action", "called", "warn", "alert"]
COLUMNS = [{"label": "窗口"}, {"label": "办结"}, {"label": "平均用时", "figures": True}]
ROWS = [
    [{"value": "1号窗口"}, {"value": "23 件", "href": "#table"}, {"value": "8 分钟", "figures": True}],
    [{"value": "4号窗口"}, {"value": "19 件", "href": "#table"}, {"value": "11 分钟", "figures": True}],
]


@audience("public")
def components(request: HttpRequest) -> HttpResponse:
    """每个零件和它的各种样子，一页看全；`?dark=1` shows the same on a board's ground."""
    now = clock.now()
    shown: dict[str, Any] = {
        "choices": CHOICES,
        "villages": VILLAGES,
        "steps": STEPS,
        "route": ROUTE,
        "materials": MATERIALS,
        "tabs": TABS,
        "errors": ERRORS,
        "events": EVENTS,
        "facts": FACTS,
        "changes": CHANGES,
        "columns": COLUMNS,
        "rows": ROWS,
        "swatches": SWATCHES,
        "icons": sorted(assets.drawings()),
        "dark": request.GET.get("dark") == "1",
        "called_at": now - timedelta(minutes=7),
    }
    return render(request, "office/components.html", shown)

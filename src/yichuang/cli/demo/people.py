"""Who works in the demo towns. All of them are invented; their passwords are made anew on each installation."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from yichuang.ground.identity import make_id_number
from yichuang.rooms.people.actions import Person

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none is mistaken for another when read from a screen

CLERKS = ("周海燕", "吴建军", "郑小芳", "王晓梅", "冯丽", "陈国庆", "褚红", "卫东明")  # windows 1 to 8
CLERK = "王晓梅"
REVIEWERS = {"MZ": "陈志远", "SB": "孙丽", "YB": "钱玉兰", "NY": "何大田", "SC": "吕明", "CG": "施卫国"}
REVIEWERS_ELSEWHERE = (
    "张文", "孔建", "曹敏", "严兵", "华静", "金亮", "魏强", "陶然", "姜波", "戚薇", "谢军", "邹莉", "喻林", "柏松",
    "水清", "窦勇", "章平", "云霞", "苏明", "潘虹", "葛飞", "奚望", "范伟", "彭磊", "郎平", "鲁宁", "韦国", "马骏",
)  # fmt: skip
VILLAGE_HEADS = {
    "V01": "金德才", "V02": "唐家旺", "V03": "费南生", "V04": "赵德明", "V05": "薛贵友", "V06": "雷明发", "V07": "沈福全",
    "V08": "汤有田", "V09": "滕长河", "V10": "殷正南", "V11": "余长顺", "V12": "许德贵", "V13": "黄守港", "V14": "方林生",
    "V15": "毕南山",
}  # fmt: skip
OFFICE_EDITORS = {"MZ": "柳青"}  # they write their own office's items only
OTHERS = {
    "hall_manager": "罗玉琴",
    "supervisor": "郝正",
    "editor": "安文秀",
    "publisher": "常慎",
    "auditor": "乐清",
    "leader": "于国强",
    "admin": "傅志刚",
    "grid_worker": "皮勇",
}
DEVICES = {
    "kiosk": "大厅取号机",
    "board": "大厅显示屏",
    "rater": "4号窗口评价器",
    "bridge": "4号窗口读卡打印",
    "gateway": "小区设备网关",
}
LI = Person(
    name="李桂芳",
    id_number=make_id_number("349900", date(1954, 3, 8), 102),  # area 349900 was never given to anyone
    phone="13900000001",
    address="金葡萄家园 12 栋 301",
    village="V04",
)


@dataclass(frozen=True)
class Hire:
    """A member of staff to employ, and where their account stands in the list of accounts."""

    place: tuple[str, ...]
    username: str
    name: str
    role: str
    office: str = ""
    village: str = ""


def hires(offices: Iterable[str], villages: Iterable[str]) -> Iterator[Hire]:
    """大圩镇的人：eight clerks, a reviewer of each of these offices, a head of each village, and one of each other role."""
    yield Hire(("clerk",), "clerk", CLERK, "clerk")
    for window, name in enumerate(CLERKS, start=1):
        if name != CLERK:
            yield Hire(("clerks", str(window)), f"clerk{window}", name, "clerk")
    names = iter(REVIEWERS_ELSEWHERE)
    for office in offices:
        name = REVIEWERS.get(office) or next(names)
        yield Hire(("reviewers", office), f"reviewer-{office.lower()}", name, "reviewer", office=office)
    for village in villages:
        name = VILLAGE_HEADS[village]
        yield Hire(
            ("village_heads", village), f"head-{village.lower()}", name, "village_head", village=village
        )
    for office, name in OFFICE_EDITORS.items():
        yield Hire(("office_editors", office), f"editor-{office.lower()}", name, "editor", office=office)
    for role, name in OTHERS.items():
        yield Hire((role,), role.replace("_", "-"), name, role)


def new_password() -> str:
    """Three groups of four signs: about 59 bits, readable aloud."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))


def new_pin() -> str:
    """Six digits, as the signing page asks."""
    return f"{secrets.randbelow(1_000_000):06}"

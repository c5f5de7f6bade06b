"""Builders for tests of cases: a small town with four items, its people, and cases at any point of their life."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from yichuang.ground import clock, files, towns, workdays
from yichuang.ground.identity import make_id_number
from yichuang.rooms.cases import actions, queries
from yichuang.rooms.cases.actions import CaseOpening, Paper, Proxy
from yichuang.rooms.cases.models import Case, CaseItem, RouteTask, TaskKind
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.loading import TownFolder, load
from yichuang.rooms.catalog.rules import Baseline, FieldSpec, ItemSpec, MaterialSpec, QuestionSpec
from yichuang.rooms.people.actions import Person
from yichuang.rooms.people.models import Duty, Office, Staff, Village

MONDAY = datetime(2026, 11, 23, 9, 42, tzinfo=clock.TOWN_TIME)
PIN = "246810"
ELDER, CARD, LAND, SHOP = "MZ-015", "MZ-011", "NY-001", "CG-005"
_serials = itertools.count(1)

PROXY = QuestionSpec("proxy", "您是替别人办的吗？", ("我自己办", "替别人办"), ("替别人办",))
LOCAL = QuestionSpec("non_local", "本人是合肥户口吗？", ("是", "不是"), ("不是",))
ID_CARD = MaterialSpec(
    "居民身份证",
    "申请人",
    "original",
    1,
    "applicant",
    "required",
    accepts=("电子身份证", "临时身份证(有效期内)"),
)
HOUSEHOLD = MaterialSpec("居民户口簿", "申请人", "original_and_copy", 1, "applicant", "required")
PHOTO = MaterialSpec("近期免冠照片", "申请人", "photo", 1, "applicant", "deferrable")
BANK_CARD = MaterialSpec("银行卡（社保卡）", "申请人", "copy", 1, "applicant", "required")
FORM = MaterialSpec("高龄津贴申请登记表", "申请人", "application", 1, "window", "required")
REGISTER = MaterialSpec("人口库比对结果", "申请人", "electronic", 1, "register", "required")
MANDATE = MaterialSpec(
    "授权委托书", "申请人", "original", 1, "applicant", "required", "proxy", "由他人代办时"
)
PROXY_CARD = MaterialSpec(
    "居民身份证", "代办人", "original", 1, "applicant", "required", "proxy", "由他人代办时"
)
PERMIT = MaterialSpec("居住证", "申请人", "original", 1, "applicant", "required", "non_local", "外地户口")
DEED = MaterialSpec("不动产权证书", "申请人", "copy", 1, "issued", "required", choice="place")
LEASE = MaterialSpec("租赁合同", "申请人", "copy", 1, "applicant", "required", choice="place")
AGE_GROUP = FieldSpec("age_group", "年龄段", "select", ("80至89岁", "90至99岁"), True, "applicant")
ACCOUNT = FieldSpec("bank_account", "收款账号", "bank_account", (), True, "applicant")
BIRTH = FieldSpec("birth_date", "出生日期", "date", (), True, "card")
SUPPORTER = FieldSpec("supporter_phone", "赡养人电话", "phone", (), False, "applicant")
AREA = FieldSpec("land_area", "面积（亩）", "number", (), True, "applicant")


def a_spec(code: str, name: str, **changes) -> ItemSpec:
    """A promised item of the civil affairs office, unless told otherwise."""
    plain = ItemSpec(
        code=code,
        name=name,
        short_name=name,
        office=code[:2],
        kind="benefit",
        audience="person",
        mode="promised",
        statutory_workdays=20,
        promised_workdays=8,
        accept_workdays=1,
        visits=1,
        no_meeting=True,
        channels=("window", "web"),
        village_step="none",
        route=((code[:2],),),
        result=f"{name}确认书",
        result_kind="record",
        result_validity="长期",
        fee="免费",
        condition="符合条件的居民。",
        legal_basis="演示依据",
        life_events=("养老",),
        aliases=(),
        procedure=(("收件受理", 1), ("审核", 7), ("发放", 0)),
        baseline=Baseline(2, 2, 4, 20),
        materials=(ID_CARD,),
        questions=(),
        fields=(),
    )
    return replace(plain, **changes)


SPECS = (
    a_spec(
        ELDER,
        "高龄津贴申领",
        village_step="review",
        route=(("MZ",), ("QMZ",)),
        result_kind="payment",
        materials=(ID_CARD, HOUSEHOLD, FORM, REGISTER, BANK_CARD, MANDATE, PROXY_CARD),
        questions=(PROXY,),
        fields=(BIRTH, AGE_GROUP, ACCOUNT, SUPPORTER),
    ),
    a_spec(
        CARD,
        "老年人优待证办理",
        mode="on_the_spot",
        statutory_workdays=0,
        promised_workdays=0,
        accept_workdays=0,
        procedure=(("收件受理", 0), ("当场办结", 0)),
        result="老年人优待证",
        result_kind="certificate",
        materials=(ID_CARD, PHOTO, MANDATE, PROXY_CARD, PERMIT),
        questions=(PROXY, LOCAL),
    ),
    a_spec(
        LAND,
        "农村承包地流转备案",
        village_step="signature",
        route=(("NY", "MZ"), ("QMZ",)),
        materials=(ID_CARD, DEED, LEASE),
        fields=(AREA,),
    ),
    a_spec(
        SHOP, "店招设置备案", statutory_workdays=10, promised_workdays=3, materials=(ID_CARD, DEED, LEASE)
    ),
)
FORM_OF_ELDER = {"age_group": "80至89岁", "bank_account": "6217 0012 3456 7890 123"}


@contextmanager
def in_a_town(*, holidays: bool = True, **changes) -> Iterator[towns.Town]:
    """Work on a Monday morning in a new town with offices, villages, people and a small catalogue.

    A test that commits leaves the calendar, which all towns share, as it is.
    """
    town = towns.Town.objects.create(
        key=f"cases{next(_serials)}-{towns.Town.objects.count()}",
        name="大圩镇",
        hall_name="大圩镇为民服务中心",
        phone="0551-63000103",
        **{"is_demo": True, **changes},
    )
    if holidays:
        workdays.seed_calendar()
    with clock.frozen(MONDAY), towns.within(town):
        furnish()
        yield town
    workdays.forget()


def furnish() -> None:
    for place, (code, name) in enumerate(
        {"MZ": "民政和养老", "NY": "农业农村", "CG": "城管", "QMZ": "区民政局"}.items()
    ):
        Office.objects.create(
            code=code, name=name, kind="town", duty="演示", phone="0551-63000103", position=place
        )
    for code, name in {"V04": "磨滩村", "V05": "新河村"}.items():
        Village.objects.create(code=code, name=name, population=1860, households=587, distance_km="4.8")
    load(
        folder=TownFolder(items=SPECS, bundles=(), offices=(), villages=(), windows=(), hours=(), faults=()),
        proposed_by=a_staff("editor"),
        published_by=a_staff("publisher"),
    )
    catalog.forget()


def a_staff(*roles: str, office: str = "", village: str = "", name: str = "王晓梅") -> Staff:
    """A member of staff; the PIN is hashed once a run."""
    staff = Staff.objects.create(
        username=f"staff{next(_serials)}",
        name=name,
        password="!",
        pin=_hashed_pin(),
        office=Office.objects.get(code=office) if office else None,
        village=Village.objects.get(code=village) if village else None,
    )
    for role in roles:
        Duty.objects.create(staff=staff, role=role)
    return staff


@cache
def _hashed_pin() -> str:
    return make_password(PIN)


def a_clerk(name: str = "王晓梅") -> Staff:
    return a_staff("clerk", name=name)


def a_reviewer(office: str = "MZ", name: str = "陈志远") -> Staff:
    return a_staff("reviewer", office=office, name=name)


def a_head(village: str = "V04", name: str = "赵德明") -> Staff:
    return a_staff("village_head", village=village, name=name)


def an_id_number(born: date = date(1946, 11, 5)) -> str:
    return str(make_id_number("349900", born, next(_serials) % 1000))


def li(**changes) -> Person:
    """李阿姨 of 磨滩村."""
    told = {
        "name": "李桂芳",
        "id_number": an_id_number(),
        "phone": "13900000001",
        "village": "V04",
        "address": "金葡萄家园12栋301",
    }
    return Person(**{**told, **changes})


def a_proxy() -> Proxy:
    return Proxy("张守义", an_id_number(date(1950, 3, 8)), "13900000002")


def opened(*codes: str, by: Staff | None = None, **changes) -> Case:
    """A case as 小王 opens it, with everything answered and filled in."""
    told = {
        "items": codes or (ELDER,),
        "applicant": li(),
        "answers": {"proxy": "我自己办", "non_local": "是"},
        "fields": {**FORM_OF_ELDER, "land_area": "3.5"},
        **changes,
    }
    return actions.open_case(opening=CaseOpening(**told), by=by or a_clerk())


def submitted(*codes: str, by: Staff | None = None, **changes) -> Case:
    by = by or a_clerk()
    return actions.submit(case=opened(*codes, by=by, **changes), by=by)


def bring(case: Case, *materials: str | tuple[str, str], by: Staff | None = None) -> None:
    """Originals seen at the window."""
    for each in materials:
        name, person = each if isinstance(each, tuple) else (each, "")
        actions.add_document(case=case, paper=Paper(name, person), by=by or case.opened_by)


def bring_everything(case: Case) -> None:
    """Whatever is still missing, one alternative of each group included."""
    while missing := queries.missing_of(case):
        bring(case, missing[0].document)


def accepted(*codes: str, by: Staff | None = None, **changes) -> Case:
    case = submitted(*codes, by=by, **changes)
    bring_everything(case)
    return actions.accept(case=case, by=by or case.opened_by)


def item_of(case: Case, code: str) -> CaseItem:
    return CaseItem.objects.select_related("case").get(case=case, code=code)


def open_tasks(case: Case) -> list[RouteTask]:
    tasks = RouteTask.objects.filter(item__case=case, status__in=["open", "claimed"])
    return list(tasks.select_related("item", "office", "village").order_by("pk"))


def open_task(case: Case, place: str) -> RouteTask:
    """The open task of this office or village."""
    (task,) = [task for task in open_tasks(case) if place in (task.place, (task.office or task.village).code)]
    return task


def decider_of(task: RouteTask) -> Staff:
    """Somebody who may decide this task."""
    return a_reviewer(task.office.code) if task.office else a_head(task.village.code)


def agree(task: RouteTask, by: Staff | None = None) -> RouteTask:
    return actions.give_opinion(
        task=task, verdict="agree", opinion="情况属实，同意。", by=by or decider_of(task)
    )


def agree_all(case: Case) -> None:
    """Every stage agrees, signatures too (their room's own way is tested there)."""
    while tasks := open_tasks(case):
        for task in tasks:
            if task.kind in (TaskKind.VILLAGE_SEAL, TaskKind.VILLAGE_SIGNATURE):
                actions.complete_task(task=task, verdict="agree", opinion="同意。", by=decider_of(task))
            else:
                agree(task)


def granted(*codes: str, **changes) -> Case:
    case = accepted(*(codes or (ELDER,)), **changes)
    agree_all(case)
    return case


def a_file(content: bytes = b"%PDF-1.7 demo"):
    return files.keep(content, media_type="application/pdf", at=clock.now())

"""Builders for tests of the catalogue."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from yichuang.rooms.catalog.actions.stored import add_parts, columns
from yichuang.rooms.catalog.loading import TownFolder, read_folder
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.catalog.rules import Baseline, ItemSpec, MaterialSpec, QuestionSpec
from yichuang.rooms.people.models import Office

DAWEI = Path(__file__).parents[3] / "cli" / "demo" / "dawei"


@cache
def the_town() -> TownFolder:
    """大圩镇's files, read once a run."""
    return read_folder(DAWEI)


@cache
def the_items() -> dict[str, ItemSpec]:
    return {item.code: item for item in the_town().items}


def an_item(
    code: str = "XX-001", *materials: MaterialSpec, questions: tuple[QuestionSpec, ...] = ()
) -> ItemSpec:
    """An item whose material list is what matters."""
    return ItemSpec(
        code=code,
        name=f"示例事项{code}",
        short_name=f"示例{code}",
        office="MZ",
        kind="public_service",
        audience="person",
        mode="on_the_spot",
        statutory_workdays=0,
        promised_workdays=0,
        accept_workdays=0,
        visits=1,
        no_meeting=False,
        channels=("window",),
        village_step="none",
        route=(("MZ",),),
        result="示例凭证",
        result_kind="record",
        result_validity="长期",
        fee="免费",
        condition="示例条件",
        legal_basis="示例依据",
        life_events=("养老",),
        aliases=("示例俗称",),
        procedure=(("收件受理", 0),),
        baseline=Baseline(2, 2, 5, 5),
        materials=materials,
        questions=questions,
        fields=(),
    )


def a_paper(name: str = "居民身份证", **changes) -> MaterialSpec:
    plain = MaterialSpec(
        name=name, person="申请人", form="original", copies=1, source="applicant", need="required"
    )
    return replace(plain, **changes)


def a_draft(code: str = "XX-001") -> ItemVersion:
    """A new draft of an item, the item made when it is not there yet; it may be proposed as it is."""
    office = Office.objects.filter(code="MZ").first() or Office.objects.order_by("pk").first()
    item = ServiceItem.objects.filter(code=code).first() or ServiceItem.objects.create(
        code=code, office=office
    )
    spec = replace(
        an_item(code, a_paper("示例证件")),
        office=office.code,
        route=((office.code,),),
        baseline=Baseline(2, 2, 5, 5),
    )
    version = ItemVersion.objects.create(item=item, number=item.versions.count() + 1, **columns(spec))
    add_parts([spec], [version])
    return version

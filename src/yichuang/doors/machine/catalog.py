"""The catalogue: items, search, and one resident's list for several items together. Open to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from yichuang.doors.shared.gate import audience
from yichuang.rooms.catalog import queries, rules
from yichuang.rooms.catalog.actions import note_unfound
from yichuang.rooms.catalog.rules import Checklist, ItemSpec
from yichuang.rooms.catalog.search import WEAK
from yichuang.rooms.catalog.terms import Audience

from .api import router
from .schemas import Asked, Code, Told, found

calls = router("事项目录")
PAGE_SIZE = 50
MOST_ITEMS = 20


class ItemShort(Told):
    code: str = Field(description="事项编码")
    name: str = Field(description="事项名称")
    short_name: str = Field(description="简称")
    office: str = Field(description="主办部门代码")
    audience: str = Field(description="person 个人，organisation 法人，both 都办")
    mode: str = Field(description="on_the_spot 即办，promised 承诺")
    promised_workdays: int = Field(description="承诺几个工作日")
    statutory_workdays: int = Field(description="法定几个工作日")
    visits: int = Field(description="最多跑几次")
    no_meeting: bool = Field(description="能不见面办")


class ItemPage(Told):
    items: list[ItemShort]
    page: int
    pages: int
    total: int


class MaterialRow(Told):
    name: str = Field(description="材料名称")
    person: str = Field(description="谁的")
    form: str = Field(description="什么样的：原件、复印件……")
    copies: int = Field(description="份数")
    source: str = Field(
        description="applicant 申请人准备，issued 部门核发，window 窗口打印，register 系统调取"
    )
    need: str = Field(description="required 必需，deferrable 可以随后补")
    condition_key: str = Field(description="哪个情形才要；空的总要")
    condition_text: str = Field(description="那个情形，一句话")
    choice: str = Field(description="同一组里有一份就行")
    accepts: list[str] = Field(description="可以代替的证件")
    notes: str = ""


class QuestionRow(Told):
    key: str
    question: str
    answers: list[str]
    triggers: list[str] = Field(description="答了哪些，这个情形成立")


class FieldRow(Told):
    key: str
    label: str
    type: str
    options: list[str]
    required: bool
    source: str
    hint: str = Field(description="怎么填，一句话")
    example: str = Field(description="填得好的是什么样")
    least: str = Field(description="最小：数、yyyy-mm-dd 或 today；文字是几个字；空的不限")
    most: str = Field(description="最大，写法和最小一样")


class PrecheckRow(Told):
    key: str = Field(description="回答放在这个 key 下面；几个事项同一个问题，key 也相同")
    question: str
    answers: list[str]
    cannot: list[str] = Field(description="答了哪些就办不了")
    ask: list[str] = Field(description="答了哪些要先问一问窗口")
    why: str = Field(description="为什么办不了")
    instead: str = Field(description="那怎么办")


class StepRow(Told):
    name: str = Field(description="环节")
    workdays: int = Field(description="几个工作日")


class Item(ItemShort):
    version: int = Field(description="第几版")
    kind: str = Field(description="事项类别")
    accept_workdays: int
    channels: list[str]
    village_step: str = Field(description="none、review 村初审、seal 村盖章、signature 村主任签字")
    route: list[list[str]] = Field(description="审核的部门：一步一步来，同一步里的同时办")
    result: str
    result_kind: str
    result_validity: str
    fee: str
    condition: str
    legal_basis: str
    life_events: list[str]
    aliases: list[str] = Field(description="大家平常怎么叫")
    procedure: list[StepRow]
    materials: list[MaterialRow]
    questions: list[QuestionRow]
    fields: list[FieldRow]
    prechecks: list[PrecheckRow] = Field(description="来之前先看看：能不能办")
    mistakes: list[str] = Field(description="大家常弄错的地方")
    name_en: str = Field(description="英文名称；空的还没有")
    summary_en: str = Field(description="英文简介；空的还没有")
    verified: bool = Field(description="时限和依据已经核对")


class HitRow(Told):
    code: str
    name: str
    score: float = Field(description=f"像不像，0 到 100；不到 {WEAK:.0f} 的只是猜")


class EventHit(Told):
    key: str = Field(description="一件事的代号")
    name: str
    codes: list[str] = Field(description="里面的事项")


class Hits(Told):
    hits: list[HitRow]
    events: list[EventHit] = Field(description="说的是哪个一件事；多数时候没有")


class ChecklistQuestion(Asked):
    items: list[Code] = Field(min_length=1, max_length=MOST_ITEMS, description="要办的事项编码")
    answers: dict[str, str] = Field({}, description="情形问题的回答：问题 key 对选中的答案")


class NeededRow(Told):
    name: str
    person: str
    form: str
    copies: int
    source: str
    need: str
    choice: str = Field(description="同一组里有一份就行")
    choices: list[str]
    accepts: list[str]
    notes: list[str]
    why: str = Field(description="因为什么情形才要；空的总要")
    how: str = Field(description="要怎么办，一句话")
    items: list[str] = Field(description="哪些事项要")
    brought: bool = Field(description="要您带来；false 的由窗口打印或系统调取")


class AskedRow(Told):
    key: str = Field(description="回答放在这个 key 下面")
    keys: list[str] = Field(description="这一答同时管的所有 key")
    question: str
    answers: list[str]
    items: list[str]
    answer: str = Field(description="已经答的；空的还没有答")


class ChecklistTold(Told):
    materials: list[NeededRow]
    fields: list[FieldRow]
    questions: list[AskedRow]
    notes: list[str]


@calls.get("/catalog/items", response=ItemPage, summary="事项列表")
@audience("public")
def items(
    request: HttpRequest,
    office: Annotated[str, Query(max_length=20, description="部门代码")] = "",
    life_event: Annotated[str, Query(max_length=40, description="一件事的代号，或人生阶段的名称")] = "",
    audience: Annotated[Literal["", "person", "organisation", "both"], Query(description="谁来办")] = "",
    page: Annotated[int, Query(ge=1, le=10_000, description="第几页，每页 50 个")] = 1,
) -> dict[str, Any]:
    """公布的事项，可以按部门、一件事、办事的人来挑。"""
    bundled = next((bundle.codes for bundle in queries.life_events() if bundle.key == life_event), ())
    chosen = [
        item
        for item in queries.published().values()
        if (not office or item.office == office)
        and (not life_event or item.code in bundled or life_event in item.life_events)
        and (not audience or item.audience in (audience, Audience.BOTH))
    ]
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    shown = chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return {"items": shown, "page": page, "pages": pages, "total": len(chosen)}


@calls.get("/catalog/items/{word:code}", response=Item, summary="一个事项的全部")
@audience("public")
def item(request: HttpRequest, code: str) -> dict[str, Any]:
    """事项、流程、材料、时限四公开，和要填的表、要问的情形。"""
    return _whole(found(queries.published().get(code)))


def _whole(spec: ItemSpec) -> dict[str, Any]:
    steps = [{"name": name, "workdays": workdays} for name, workdays in spec.procedure]
    return {**vars(spec), "version": spec.version_number, "procedure": steps}


@calls.get("/catalog/search", response=Hits, summary="查事项")
@audience("public")
def search(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=100, description="名称、俗话、拼音、首字母都行")],
    limit: Annotated[int, Query(ge=1, le=50, description="最多几个")] = 10,
) -> dict[str, Any]:
    """按大家平常的说法找事项。"""
    hits = queries.search(q, limit)
    if not queries.is_found(hits):
        note_unfound(text=q)
    return {"hits": hits, "events": queries.search_events(q)}


@calls.post("/catalog/checklist", response=ChecklistTold, summary="这几件事一起办要带什么")
@audience("public")
def checklist(request: HttpRequest, body: ChecklistQuestion) -> dict[str, Any]:
    """几件事合在一起：材料不重复、表不重复填、问题只问一次。"""
    listed = rules.checklist(queries.by_codes(body.items), body.answers)
    return checklist_told(listed)


def checklist_told(listed: Checklist) -> dict[str, Any]:
    """A checklist as an answer."""
    materials: list[Mapping[str, Any]] = [
        {
            **vars(needed),
            "choice": needed.choice,
            "how": needed.how,
            "brought": rules.brought_by_resident(needed),
        }
        for needed in listed.materials
    ]
    questions = [{**vars(asked), "key": asked.key} for asked in listed.questions]
    return {
        "materials": materials,
        "fields": listed.fields,
        "questions": questions,
        "notes": list(listed.notes),
    }

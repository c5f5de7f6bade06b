"""完整度：what a resident would not understand, each named with what to write."""

from __future__ import annotations

from dataclasses import replace

import pytest

from yichuang.rooms.catalog.rules import FieldSpec, PrecheckSpec, QuestionSpec, completeness
from yichuang.rooms.catalog.tests.make import a_paper, an_item, the_items

PRECHECK = PrecheckSpec("满 80 岁了吗？", ("满了", "没满"), ("没满",), (), "要满 80 岁。", "满了再来。")
WHOLE = replace(
    an_item("X-1", a_paper()),
    verified=True,
    aliases=("甲", "乙", "丙"),
    mistakes=("照片不能是黑白的。",),
    prechecks=(PRECHECK,),
    name_en="Sample",
    summary_en="A sample.",
)
PROXY = QuestionSpec("proxy", "您是替别人办的吗？", ("我自己办", "替别人办"), ("替别人办",))


def test_an_item_that_says_everything_has_a_hundred():
    assert completeness(WHOLE).score == 100 and completeness(WHOLE).is_complete


@pytest.mark.parametrize(
    ("changes", "part", "said"),
    [
        ({"name": ""}, "basics", "名称"),
        ({"condition": " "}, "basics", "什么人能办"),
        ({"legal_basis": ""}, "basics", "法律依据"),
        ({"fee": ""}, "basics", "收费"),
        ({"verified": False}, "basics", "还没有对照原文"),
        ({"condition": "长" * 61}, "basics", "61 个字，太长"),
        ({"result": ""}, "limits", "得到什么"),
        ({"result_validity": ""}, "limits", "有效期"),
        ({"procedure": ()}, "limits", "分几步"),
        ({"mode": "promised"}, "limits", "几个工作日"),
        ({"materials": ()}, "materials", "没有材料"),
        ({"materials": (a_paper("其他有关材料"),)}, "materials", "兜底"),
        ({"materials": (a_paper("诊断证明书"),)}, "materials", "去哪里拿"),
        ({"materials": tuple(a_paper(f"身份证{n}") for n in range(21))}, "materials", "一张纸印不下"),
        (
            {"materials": (a_paper(condition_key="proxy", condition_text="代办时"),)},
            "questions",
            "没有这个问题",
        ),
        (
            {"fields": (FieldSpec("age", "年龄", "number", (), True, "applicant"),)},
            "fields",
            "没有填写示例：年龄",
        ),
        ({"mistakes": ()}, "mistakes", "弄错"),
        ({"prechecks": ()}, "prechecks", "能不能办"),
        ({"aliases": ("甲",)}, "search", "俗称只有 1 个"),
        ({"life_events": ()}, "search", "人生大事"),
        ({"name_en": ""}, "english", "英文"),
    ],
)
def test_each_thing_that_is_missing_is_named_where_it_is_mended(changes, part, said):
    found = completeness(replace(WHOLE, **changes))
    assert [each.part for each in found.lacking if said in each.sentence] == [part]
    assert found.score < 100


def test_a_paper_that_says_where_it_comes_from_is_understood():
    paper = a_paper("诊断证明书", notes="医院门诊开，要盖章")
    assert completeness(replace(WHOLE, materials=(paper,))).is_complete
    assert completeness(
        replace(WHOLE, materials=(a_paper("申请表", form="application", source="window"),))
    ).is_complete


def test_a_paper_of_a_situation_needs_its_words():
    rows = (a_paper(condition_key="proxy"), a_paper("居民户口簿"))
    found = completeness(replace(WHOLE, materials=rows, questions=(PROXY,)))
    assert ["什么情形才要" in each.sentence for each in found.lacking] == [True]


def test_an_empty_item_is_not_below_nothing():
    empty = replace(
        an_item(), name="", condition="", legal_basis="", fee="", result="", result_validity="", procedure=()
    )
    assert completeness(empty).score == 0


@pytest.mark.parametrize("code", sorted(the_items()))
def test_every_item_of_the_town_is_complete_or_says_exactly_what_it_lacks(code):
    found = completeness(the_items()[code])
    assert found.score >= 80
    assert all(each.sentence.endswith(("。", "”请分成几句。")) and each.part for each in found.lacking)

"""What is wrong with an input, in Chinese, by the input's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

SENTENCES: dict[str, str] = {
    "missing": "请填写",
    "string_type": "请写成文字",
    "string_too_short": "请填写",
    "string_too_long": "最多{max_length}个字",
    "string_pattern_mismatch": "写法不对",
    "int_type": "请填整数",
    "int_parsing": "请填整数",
    "int_from_float": "请填整数",
    "int_parsing_size": "数字太大",
    "float_parsing": "请填数字",
    "bool_type": "请填 true 或 false",
    "bool_parsing": "请填 true 或 false",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "list_type": "请写成列表",
    "too_long": "最多{max_length}个",
    "too_short": "至少{min_length}个",
    "dict_type": "请写成一组名称和内容",
    "model_type": "请写成一组名称和内容",
    "model_attributes_type": "请写成一组名称和内容",
    "literal_error": "只能是{expected}",
    "enum": "只能是{expected}",
    "date_type": "日期请写成 2026-09-18 的样子",
    "date_parsing": "日期请写成 2026-09-18 的样子",
    "date_from_datetime_parsing": "日期请写成 2026-09-18 的样子",
    "date_from_datetime_inexact": "日期请写成 2026-09-18 的样子",
}
BODY = "body"  # the name every operation gives its JSON body


def fields_of(errors: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The sentence of each wrong input. A part of an input is named with dots: `applicant.name`, `items.0`."""
    found: dict[str, str] = {}
    for error in errors:
        found.setdefault(_name(error["loc"]), _sentence(error))
    return found


def _name(place: tuple[Any, ...]) -> str:
    """`("body", "body", "items", 0)` is `items.0`; ninja names the source first and then the parameter."""
    inside = list(place[1:])
    if place[0] == BODY and inside and inside[0] == BODY:
        inside = inside[1:]
    return ".".join(str(each) for each in inside) or BODY


def _sentence(error: dict[str, Any]) -> str:
    sentence = SENTENCES.get(error["type"], "填写的内容不对")
    facts = dict(error.get("ctx", {}))
    if "expected" in facts:
        facts["expected"] = str(facts["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
    if error["type"] == "string_too_short" and facts.get("min_length", 1) > 1:
        sentence = "至少{min_length}个字"
    fill: Callable[..., str] = sentence.format
    return fill(**facts)

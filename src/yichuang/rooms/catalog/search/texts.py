"""Texts made alike before they are compared: width, case, numbers, the words people say around the thing itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

_NOT_WORDS = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TENS = re.compile(
    r"([一二两三四五六七八九])(十|百)([一二三四五六七八九]?)|()(十|百)([一二三四五六七八九])|()(十|百)()(?=周?岁|多|几|了|的|以)"
)
_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "": 1}
# What people say around the thing itself. Longer ones first: the expression takes the first that fits.
_CHATTER = re.compile(
    "|".join(
        sorted(
            [
                "请问",
                "你好",
                "您好",
                "您",
                "我想问",
                "想问",
                "问下",
                "问一下",
                "我想",
                "我要",
                "想要",
                "想",
                "需要",
                "怎么办理",
                "怎么申请",
                "怎么弄",
                "怎么搞",
                "怎么领",
                "怎么办",
                "怎样",
                "怎么",
                "如何",
                "咋办理",
                "咋办",
                "咋弄",
                "咋搞",
                "咋个",
                "咋",
                "哪里",
                "哪儿",
                "在哪",
                "去哪",
                "往哪",
                "什么",
                "啥",
                "办理",
                "申请",
                "一下",
                "手续",
                "可以",
                "能不能",
                "能否",
                "可不可以",
                "要不要",
                "是不是",
                "有没有",
                "找谁",
                "找哪个",
                "多少钱",
                "多少",
                "什么时候",
                "我家",
                "我们",
                "我",
                "吗",
                "呢",
                "啊",
                "呀",
                "吧",
                "嘛",
                "么",
                "的",
                "请",
                "帮我",
                "这个",
                "那个",
                "麻烦",
                "一个",
                "流程",
                "材料",
                "能",
            ],
            key=len,
            reverse=True,
        )
    )
)


def plain(text: str) -> str:
    """Han signs, small Latin letters and digits only; full width made half, 八十岁 made 80岁."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("ü", "v")
    return _NOT_WORDS.sub("", _counted(folded))


def core(text: str) -> str:
    """A plain text without what people say around it; all of it when nothing else is said."""
    return without_chatter(text) or text


def without_chatter(text: str) -> str:
    """A plain text without what people say around it."""
    return _CHATTER.sub("", text)


def pairs(text: str) -> Iterable[str]:
    """Each two signs next to each other."""
    return map("".join, pairwise(text))


def parts(text: str) -> list[str]:
    """The plain pieces of a longer text between its punctuation marks."""
    folded = _counted(unicodedata.normalize("NFKC", text).lower())
    return [part for part in _NOT_WORDS.split(folded) if part]


def is_han(sign: str) -> bool:
    """Whether it is a Chinese sign."""
    return bool(_HAN.match(sign))


def _counted(text: str) -> str:
    if "十" not in text and "百" not in text:
        return text
    return _TENS.sub(lambda found: str(_number(*(each for each in found.groups() if each is not None))), text)


def _number(many: str, unit: str, rest: str) -> int:
    whole = _DIGITS[many] * (10 if unit == "十" else 100)
    return whole + (_DIGITS[rest] if rest else 0)

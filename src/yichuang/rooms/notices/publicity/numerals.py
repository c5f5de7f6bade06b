"""Numbers as they are said."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"


def count(number: int) -> str:
    """两样、十六个、一百零五：how a number is said before what is counted."""
    return "两" if number == 2 else cardinal(number)


def cardinal(number: int) -> str:
    """十六, 一百一十, 一万零一十：0 to 99,999,999 as a Chinese word."""
    said = _cardinal(number) or "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def _cardinal(number: int) -> str:
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return f"{_cardinal(high)}万{'零' if 0 < low < 1000 else ''}{_cardinal(low)}"
    said, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + unit
        gap = not digit
    return said

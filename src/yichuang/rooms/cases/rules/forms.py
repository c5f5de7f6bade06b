"""What may stand in a form: every value is checked and written one way; every fault is one plain sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yichuang.ground.identity import IdNumber, clean_phone
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog.rules import Asked, FieldSpec, ItemSpec
from yichuang.rooms.catalog.terms import FieldType

_PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DATE = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_LONGEST = 500  # signs of one line
_LONGEST_TEXT = 3000
_TODAY = "today"  # a date's bound that moves with the days
_PROXY = "proxy"  # key of the question whether somebody acts for another


@dataclass(frozen=True)
class Known:
    """What the card and the register already say of the applicant."""

    birth_date: date
    is_male: bool
    village: str = ""


def known_fields(fields: Iterable[FieldSpec], known: Known) -> dict[str, str]:
    """What a form need not ask again: read from the card, shown to be checked."""
    values = {
        "birth_date": known.birth_date.isoformat(),
        "gender": "男" if known.is_male else "女",
        "village": known.village,
    }
    return {
        field.key: values[field.key]
        for field in fields
        if values.get(field.key) and (not field.options or values[field.key] in field.options)
    }


def proxy_answers(items: Iterable[ItemSpec]) -> dict[str, str]:
    """Somebody acts for the applicant: the question whether they do is answered already."""
    return {
        question.key: question.triggers[0]
        for item in items
        for question in item.questions
        if question.key == _PROXY and question.triggers
    }


def answered_before(questions: Iterable[Asked], answers: Mapping[str, str]) -> dict[str, str]:
    """What was answered at home to these questions; an answer that is no longer offered counts as not given."""
    given = {
        asked.key: next((answers[key] for key in asked.keys if answers.get(key) in asked.answers), "")
        for asked in questions
    }
    return {key: answer for key, answer in given.items() if answer}


def checked_answers(
    questions: Iterable[Asked], answers: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str]]:
    """The answers worth keeping, and by key a sentence for each that its question does not offer.

    What no question of these items asks is not kept: a case holds what it needs and nothing else.
    """
    kept, wrong = {}, {}
    for asked in questions:
        for key in asked.keys:
            answer = _written(answers.get(key))
            if answer in asked.answers:
                kept[key] = answer
            elif answer:
                wrong[key] = f"请从{_offered(asked.answers)}里选一个。"
    return kept, wrong


def checked_fields(
    fields: Iterable[FieldSpec], values: Mapping[str, Any], today: date
) -> tuple[dict[str, str], dict[str, str]]:
    """The values worth keeping, written one way, and by key a sentence for each that is wrong.

    An empty value is not wrong here: what must be filled in is asked at submission (`unfilled`).
    """
    kept, wrong = {}, {}
    for field in fields:
        written = _written(values.get(field.key))
        if not written:
            continue
        try:
            kept[field.key] = _checked(field, written, today)
        except _Fault as fault:
            wrong[field.key] = str(fault)
    return kept, wrong


def unfilled(fields: Iterable[FieldSpec], values: Mapping[str, str]) -> tuple[FieldSpec, ...]:
    """The required fields that are still empty."""
    return tuple(field for field in fields if field.required and not values.get(field.key))


class _Fault(Exception):
    pass


def _checked(field: FieldSpec, written: str, today: date) -> str:
    match field.type:
        case FieldType.SELECT:
            return _option(field, written)
        case FieldType.DATE:
            return _date(field, written, today)
        case FieldType.NUMBER:
            return _number(field, written)
        case FieldType.MONEY:
            return _money(field, written)
        case FieldType.BANK_ACCOUNT:
            return _account(written)
        case FieldType.PHONE:
            return _by(lambda: clean_phone(written))
        case FieldType.ID_NUMBER:
            return _by(lambda: str(IdNumber.parse(written, today)))
        case FieldType.TEXTAREA:
            return _text(field, written, _LONGEST_TEXT)
    return _text(field, written, _LONGEST)


def _option(field: FieldSpec, written: str) -> str:
    if written not in field.options:
        raise _Fault(f"{field.label}请从{_offered(field.options)}里选一个。")
    return written


def _date(field: FieldSpec, written: str, today: date) -> str:
    found = _DATE.fullmatch(written.translate(_PLAIN))
    try:
        year, month, day = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        read = date(year, month, day)
    except ValueError:
        read = date.min
    if not 1900 <= read.year <= 2100:
        raise _Fault("请填写真实的日期，例如 1946-11-05。")
    least, most = _day(field.least, today), _day(field.most, today)
    if (least and read < least) or (most and read > most):
        first, last = _day_words(field.least, least), _day_words(field.most, most)
        raise _Fault(f"{field.label}{_between(first, last)}")
    return read.isoformat()


def _day(bound: str, today: date) -> date | None:
    """A bound that is no date bounds nothing: what a field may hold is checked when its version is proposed."""
    if bound == _TODAY:
        return today
    try:
        return date.fromisoformat(bound)
    except ValueError:
        return None


def _day_words(bound: str, read: date | None) -> str:
    return "" if read is None else "今天" if bound == _TODAY else f" {bound} "


def _between(first: str, last: str) -> str:
    """要在 1990-01-01 到今天之间。"""
    if first and last:
        return f"要在{first}到{last}之间。"
    return f"不能早于{first.rstrip()}。" if first else f"不能晚于{last.rstrip()}。"


def _number(field: FieldSpec, written: str) -> str:
    number = _decimal(written)
    if number is None:
        raise _Fault(f"{field.label}请只填数字，例如 3 或 2.5。")
    _within(field, number)
    return f"{number:f}"


def _money(field: FieldSpec, written: str) -> str:
    amount = _decimal(re.sub(r"元$|^[¥￥]", "", written.translate(_PLAIN)).strip())
    if amount is None or amount != amount.quantize(Decimal("0.01")):
        raise _Fault(f"{field.label}请只填数字，最多两位小数，例如 1200 或 1200.50。")
    _within(field, amount)
    return f"{amount:f}"


def _within(field: FieldSpec, number: Decimal) -> None:
    least, most = _decimal(field.least), _decimal(field.most)
    is_under, is_over = least is not None and number < least, most is not None and number > most
    if not (is_under or is_over):
        return
    if least is not None and most is not None:
        raise _Fault(f"{field.label}要在 {field.least} 到 {field.most} 之间。")
    raise _Fault(f"{field.label}不能{f'小于 {field.least}' if is_under else f'大于 {field.most}'}。")


def _decimal(written: str) -> Decimal | None:
    """A plain number that is not below zero: no exponent, at most twelve digits before the point."""
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", written.translate(_PLAIN).replace(" ", ""))
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _account(written: str) -> str:
    digits = re.sub(r"[\s\-]", "", written.translate(_PLAIN))
    if not re.fullmatch(r"[0-9]{8,30}", digits):
        raise _Fault("银行账号只有数字，8 到 30 位。请对照银行卡再填一遍。")
    return digits


def _text(field: FieldSpec, written: str, longest: int) -> str:
    longest = min(longest, int(field.most)) if field.most.isdecimal() else longest
    if len(written) > longest:
        raise _Fault(f"{field.label}最多写 {longest} 个字，现在是 {len(written)} 个字。")
    if field.least.isdecimal() and len(written) < int(field.least):
        raise _Fault(f"{field.label}至少写 {field.least} 个字，现在是 {len(written)} 个字。")
    return written


def _by(check: Any) -> str:
    try:
        return str(check())
    except Refused as refused:
        raise _Fault(f"{refused.wrong}{refused.next}") from refused


def _written(value: Any) -> str:
    """A value as text; control signs would spoil papers and lists."""
    text = "" if value is None else str(value)
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).strip()


def _offered(options: Iterable[str]) -> str:
    shown = list(options)
    listed = "、".join(f"“{option}”" for option in shown[:6])
    return f"{listed}等 {len(shown)} 项" if len(shown) > 6 else listed

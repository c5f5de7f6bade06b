"""Numbers that people and things carry: id number, credit code, phone, plate. Checked, never looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from .refusals import Refused

Sex = Literal["male", "female"]

# Full-width letters, digits and signs as phones and input methods write them -> plain ones.
_PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
# Blanks, direction marks and zero-width signs that come along when a number is pasted.
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_DASHES = re.compile(r"[-\u2010-\u2015\u2212·•・.]+")


@dataclass(frozen=True)
class IdNumber:
    """公民身份号码 (GB 11643): 17 digits and a check sign. Its area may be abolished by now: any will do."""

    text: str

    @classmethod
    def parse(cls, written: str, today: date) -> IdNumber:
        """The id number as written by a person; `today` is the town's day, no one is born after it."""
        text = _bare(written)
        if len(text) == 15 and text.isdigit():
            raise Refused("id_number_old")
        if len(text) != 18:
            raise Refused("id_number_length", count=len(text))
        if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
            raise Refused("id_number_signs")
        number = cls(text)
        if (born := _birth_date(text)) is None or born > today:
            raise Refused("id_number_birth_date", written=f"{text[6:10]}年{text[10:12]}月{text[12:14]}日")
        if not mod_11_2.is_valid(text):
            raise Refused("id_number_check")
        return number

    @property
    def area(self) -> str:
        """The first six digits: where the number was given, as the area was called then."""
        return self.text[:6]

    @property
    def born_on(self) -> date:
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    @property
    def sex(self) -> Sex:
        return "male" if int(self.text[16]) % 2 else "female"

    def age_on(self, day: date) -> int:
        """Full years (周岁) on a day; who is born on 29 February turns on 1 March in a common year."""
        born = self.born_on
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"IdNumber({self.text[:3]}***********{self.text[-4:]})"


def make_id_number(area: str, birth: date, serial: int) -> str:
    """An id number with its right check sign for an invented person; area 349900 was never given to anyone.

    `serial` 0 to 999: odd is male, even is female.
    """
    if not re.fullmatch(r"[0-9]{6}", area) or not 0 <= serial <= 999:
        raise ValueError("area has six digits, serial is 0 to 999")
    body = f"{area}{birth:%Y%m%d}{serial:03d}"
    return body + mod_11_2.calc_check_digit(body)


@dataclass(frozen=True)
class CreditCode:
    """统一社会信用代码 (GB 32100): 18 of 31 signs (no I O S V Z), the last one checks."""

    text: str

    @classmethod
    def parse(cls, written: str) -> CreditCode:
        text = _DASHES.sub("", _bare(written))
        if len(text) != 18:
            raise Refused("credit_code_length", count=len(text))
        if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", text):
            raise Refused("credit_code_signs")
        if uscc.calc_check_digit(text) != text[-1]:
            raise Refused("credit_code_check")
        return cls(text)

    @property
    def area(self) -> str:
        """Where the organisation is registered (signs 3 to 8)."""
        return self.text[2:8]

    @property
    def is_household_business(self) -> bool:
        """个体工商户"""
        return self.text.startswith("92")

    def __str__(self) -> str:
        return self.text


def clean_phone(written: str, *, mobile: bool = False) -> str:
    """A phone number in plain digits: mobile, land line with area code, or a short one of 3 to 6 digits.

    `mobile=True` where a text message must reach the person.
    """
    text = re.sub(r"[()]", "", _DASHES.sub("", _bare(written)))
    text = re.sub(r"^(\+|00)?86(?=1[3-9][0-9]{9}$)", "", text)
    if re.fullmatch(r"1[3-9][0-9]{9}", text):
        return text
    if mobile:
        raise Refused("phone_mobile")
    if re.fullmatch(r"0[1-9][0-9]{9,10}|[1-9][0-9]{2,5}", text):
        return text
    raise Refused("phone_format")


_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_SIGN = "[A-HJ-NP-Z0-9]"
_PLATES = (
    rf"[{_PROVINCES}][A-Z]{_SIGN}{{4}}(?:{_SIGN}|[挂学警港澳])",  # GA 36, seven signs
    rf"[{_PROVINCES}][A-Z][A-HJK]{_SIGN}[0-9]{{4}}",  # new energy, small
    rf"[{_PROVINCES}][A-Z][0-9]{{5}}[A-HJK]",  # new energy, large
)


def clean_plate(written: str) -> str:
    """A vehicle's plate (GA 36, new energy too) without blanks or dots: 皖A12345, 皖AD12345."""
    text = _DASHES.sub("", _bare(written))
    if not any(re.fullmatch(pattern, text) for pattern in _PLATES):
        raise Refused("plate_format")
    return text


def _bare(written: str) -> str:
    return _UNSEEN.sub("", written.translate(_PLAIN)).upper()


def _birth_date(text: str) -> date | None:
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None

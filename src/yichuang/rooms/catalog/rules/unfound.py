"""What may be kept of a query that found nothing: no number of a person, nothing long, nothing that is no word."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 30  # signs
_GAPS = re.compile(r"(?<=[0-9])\s+(?=[0-9])")  # 138 0013 8000
_NUMBERS = re.compile(
    r"[a-z]*[0-9]{4,}[a-z0-9]*"  # a phone, an identity number, a case
    r"|[零〇一二三四五六七八九幺两]{4,}"  # the same in words
    r"|(?<![a-z0-9])(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{3,}"  # letters and digits: a plate, an account
)
_NOT_WORDS = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTER = re.compile(r"[a-z]")


def kept_text(text: str) -> str:
    """The words of a query that may be kept, empty when too little is left: two Chinese signs or four letters."""
    kept, before = unicodedata.normalize("NFKC", text[:200]).lower(), ""
    while kept != before:  # what stood around a number may make another one
        before = kept
        kept = _NUMBERS.sub(" ", _GAPS.sub("", _NOT_WORDS.sub(" ", kept)))
        kept = " ".join(kept.split())[:LONGEST].strip()
    enough = len(_HAN.findall(kept)) >= 2 or len(_LETTER.findall(kept)) >= 4
    return kept if enough else ""

"""村广播：what a loudspeaker says. Every number is a spoken word, and the whole is read in a minute.

Reading speed: 4 signs a second, the pace of a village loudspeaker (news is read at 4 to 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil

from yichuang.rooms.catalog.terms import Audience

from .hours import days_spoken, hours_spoken
from .numerals import DIGITS, cardinal, count
from .subject import BRACKETS, Paper, Subject

SIGNS_A_SECOND = 4
LONGEST, SHORTEST = 60, 25  # seconds
FEWEST_NAMED = 3  # papers said by name before the condition is left out
TOLD = "零幺二三四五六七八九"  # how the digits of a telephone number are read aloud
COUNTED = "个份样次名岁位天年级人处张本台户家月周"  # 2 before these is 两
_READ = re.compile(r"[㐀-鿿0-9A-Za-z]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|〕)")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_RANGE = re.compile(r"(?<=\d)\s*[-~～—至]+\s*(?=\d)")
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?\s*(\S?)")


def signs(text: str) -> int:
    """How many signs are read aloud: Chinese signs, digits and letters; no punctuation."""
    return len(_READ.findall(text))


def seconds(text: str) -> int:
    """读完要几秒, rounded up."""
    return ceil(signs(text) / SIGNS_A_SECOND)


def broadcast(subject: Subject) -> str:
    """广播稿：the fullest of the versions that is read within a minute, one paragraph a thought."""
    return next(told for told in _versions(subject) if seconds(told) <= LONGEST)


def _versions(subject: Subject) -> Iterable[str]:
    """From the fullest to the shortest: the exact hours go first, then what people call it, then the condition's
    later sentences, then papers by name; at last the condition is asked for by telephone."""
    hours, few_hours = hours_spoken(subject.hall.hours), days_spoken(subject.hall.hours)
    every = len(subject.always)
    who, who_short = who_spoken(subject), who_spoken(subject, 42)
    yield _script(subject, who, subject.said, every, hours)
    yield _script(subject, who, subject.said, every, few_hours)
    yield _script(subject, who, "", every, few_hours)
    yield _script(subject, who_short, subject.said, every, few_hours)
    for most in range(every, FEWEST_NAMED - 1, -1):
        yield _script(subject, who_short, "", most, few_hours)
    for most in range(every, -1, -1):
        yield _script(subject, "", "", most, few_hours)


def _script(subject: Subject, who: str, said: str, most: int, hours: str) -> str:
    hall, phone = subject.hall, digits(subject.phone)
    called = f"，就是大家说的“{spoken(said)}”" if said and said not in subject.name else ""
    lines = [
        f"{_greeting(subject.audience)}，{hall.name}通知。“{spoken(subject.name)}”{called}，现在一个窗口就能办。",
        _who_line(subject, who),
        papers_spoken(subject, most),
        f"{limit_spoken(subject)}{fee_spoken(subject)}",
        f"地方在{spoken(hall.address or hall.name)}，{hours}开门。",
        f"不清楚的，您打电话{phone}，再说一遍，{phone}。",
    ]
    return "\n".join(line for line in lines if line)


def _greeting(audience: str) -> str:
    return "各位店主、各位单位负责人" if audience == Audience.ORGANISATION else "各位乡亲"


def _who_line(subject: Subject, who: str) -> str:
    if not who:
        return "您符不符合条件，打电话一问就知道。"
    return who if subject.kind == "bundle" else f"什么人能来办呢？{who}"


def who_spoken(subject: Subject, most: int = 66) -> str:
    """Who may come: as many whole sentences as are said in one breath; a sentence is never cut. Empty: too long."""
    told = ""
    for sentence in re.findall(r"[^。；]+[。；]?", spoken(BRACKETS.sub("", subject.who))):
        if signs(told + sentence) > most:
            break
        told += sentence
    return told.rstrip("；。") + "。" if told else ""


def papers_spoken(subject: Subject, most: int) -> str:
    """What to bring: the first `most` by name, the others counted."""
    named = [short(paper) for paper in subject.always[:most]]
    named += ["或者".join(short(paper) for paper in group) for group in subject.one_of if most]
    left = subject.count - len(named)
    lead = "几件一起办" if subject.kind == "bundle" else "来的时候"
    if not subject.count:
        said = "您人来就行，什么材料都不用带。"
    elif not named:
        said = f"要带的材料有{count(left)}样，打电话一次给您说全。"
    else:
        said = f"{lead}，请您带上{'、'.join(dict.fromkeys(named))}" + (
            f"，另外还有{count(left)}样，打电话一次给您说全。" if left else "。"
        )
    return said + ("有的情形还要多带一两样，来之前问一声。" if subject.perhaps and most else "")


def short(paper: Paper) -> str:
    """A paper as one says it: 配偶的居民身份证."""
    owner = re.search(r"（([^（）]+的)）$", paper.name)
    name = (
        spoken(BRACKETS.sub("", paper.name)).replace("居民身份证", "身份证").replace("居民户口簿", "户口本")
    )
    return f"{owner[1]}{name}" if owner else name


def limit_spoken(subject: Subject) -> str:
    """How long it takes."""
    if not subject.workdays:
        return "材料齐的，当场就办完。"
    if subject.kind == "bundle":
        return f"材料一次收下，最慢的一件{count(subject.workdays)}个工作日办好。"
    return f"材料收下以后，最多{count(subject.workdays)}个工作日办好。"


def fee_spoken(subject: Subject) -> str:
    """What it costs."""
    return "不收钱。" if subject.is_free else "收费按规定，窗口会先给您说清楚。"


def digits(phone: str) -> str:
    """零五五幺，六三零零，零幺零零：a telephone number digit by digit, with a breath every three or four."""
    groups = [group for part in re.findall(r"\d+", phone) for group in _breaths(part)]
    return "，".join("".join(TOLD[int(digit)] for digit in group) for group in groups)


def _breaths(part: str) -> list[str]:
    first = len(part) % 4 or 4
    return [part[:first], *(part[at : at + 4] for at in range(first, len(part), 4))]


def spoken(text: str) -> str:
    """A written sentence as it is read aloud: numbers as words, shares as 百分之, no signs that nobody says."""
    text = _YEAR.sub(lambda found: "".join(DIGITS[int(digit)] for digit in found[1]), text)
    text = _SHARE.sub(lambda found: f"百分之{_number(found[1])}", text)
    text = _NUMBER.sub(_said, _RANGE.sub("到", text))
    text = re.sub(r"[/／]", "或", text).replace("㎡", "平方米").replace("→", "到")
    return re.sub(r"\s+", "", text)


def _said(found: re.Match[str]) -> str:
    whole, part, after = found[1], found[2], found[3]
    if part is None and whole == "2" and after and after in COUNTED:
        return f"两{after}"
    return _number(f"{whole}.{part}" if part else whole) + after


def _number(written: str) -> str:
    whole, _, part = written.partition(".")
    said = cardinal(int(whole))
    return f"{said}点{''.join(DIGITS[int(digit)] for digit in part)}" if part else said

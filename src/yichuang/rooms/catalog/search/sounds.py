"""How Chinese sounds: syllables without tones, sounds that people here mix up, and typed letters cut into syllables."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from pypinyin import Style, lazy_pinyin, pinyin

from .texts import is_han

_KEPT = 50_000  # remembered readings: bounded, whatever is typed
_LONGEST = 6  # letters of a syllable

# Every syllable of standard Chinese, by its first sound.
_FINALS = {
    "": "a ai an ang ao e en er o ou wa wai wan wang wei wen weng wo wu ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
}
_SYLLABLES = frozenset(first + final for first, finals in _FINALS.items() for final in finals.split())
# Sounds that people between the Huai and the Yangtze mix up: zh/z, ch/c, sh/s, n/l, hu/f, and n/ng at the end.
_HUSHED = {
    "hu": "fu", "hua": "fa", "huai": "fai", "huan": "fan", "huang": "fan", "hui": "fei", "hun": "fen", "huo": "fo", "hong": "fen",
}  # fmt: skip


def syllables(text: str) -> list[str]:
    """One toneless syllable a sign, read in its context; other signs stand for themselves."""
    found = []
    for place, sign in enumerate(text):
        reading = _only_reading(sign)
        if reading is None:
            before = text[place - 1] if place and is_han(text[place - 1]) else ""
            after = text[place + 1] if place + 1 < len(text) and is_han(text[place + 1]) else ""
            reading = _in_context(before, sign, after)
        found.append(reading)
    return found


@lru_cache(_KEPT)
def _only_reading(sign: str) -> str | None:
    """The syllable of a sign, None when it has several: then its neighbours decide."""
    if not is_han(sign):
        return sign
    readings = set(pinyin(sign, style=Style.NORMAL, heteronym=True)[0])
    return readings.pop() if len(readings) == 1 else None


@lru_cache(_KEPT)
def _in_context(before: str, sign: str, after: str) -> str:
    return str(lazy_pinyin(before + sign + after, style=Style.NORMAL)[len(before)])


@lru_cache(_KEPT)
def alike(syllable: str) -> str:
    """The same for all syllables that are mixed up here: zhang and zan, lin and ning, hui and fei."""
    if syllable in _HUSHED:
        return _HUSHED[syllable]
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    if syllable[:1] == "l" and len(syllable) > 1:
        syllable = "n" + syllable[1:]
    return syllable[:-1] if syllable.endswith("ng") and syllable[-3:-2] != "o" else syllable


def cut(letters: str) -> list[str]:
    """Typed letters as syllables, with as few single letters in between as possible: gaoljintie is gao l jin tie."""
    best: list[tuple[int, int, int]] = [(0, 0, 0)]  # single letters, pieces, where the last piece begins
    for end in range(1, len(letters) + 1):
        ways = [(best[end - 1][0] + 1, best[end - 1][1] + 1, end - 1)]
        ways += [
            (best[begin][0], best[begin][1] + 1, begin)
            for begin in range(max(0, end - _LONGEST), end)
            if letters[begin:end] in _SYLLABLES
        ]
        best.append(min(ways))
    cuts = [len(letters)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][2])
    return [letters[begin:end] for begin, end in pairwise(reversed(cuts))]


def is_syllable(letters: str) -> bool:
    """Whether these letters are one whole syllable."""
    return letters in _SYLLABLES


def slips(letters: str) -> set[str]:
    """Everything one slip of the hand away: a letter too many, too few, wrong, or two of them changed round."""
    every = "abcdefghijklmnopqrstuvwxyz"
    halves = [(letters[:place], letters[place:]) for place in range(len(letters) + 1)]
    return (
        {left + right[1:] for left, right in halves if right}
        | {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
        | {left + letter + right[1:] for left, right in halves if right for letter in every}
        | {left + letter + right for left, right in halves for letter in every}
    )

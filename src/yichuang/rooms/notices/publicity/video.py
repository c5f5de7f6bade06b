"""抖音短视频：scenes with what is seen, what is said and how long it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .subject import Subject
from .talk import digits, fee_spoken, limit_spoken, papers_spoken, seconds, short, spoken, who_spoken

SHORTEST, LONGEST = 30, 60  # seconds of the whole
LEAST_A_SCENE = 4


@dataclass(frozen=True)
class Scene:
    """镜头：its number, what is seen, what is said, seconds."""

    number: int
    picture: str
    words: str
    seconds: int


def video(subject: Subject) -> tuple[Scene, ...]:
    """分镜头脚本：the fullest of the versions that stays within a minute; a short one stands longer at the end."""
    scenes = next(told for told in _versions(subject) if sum(scene.seconds for scene in told) <= LONGEST)
    short_of = SHORTEST - sum(scene.seconds for scene in scenes)
    if short_of > 0:
        last = scenes[-1]
        scenes = (*scenes[:-1], Scene(last.number, last.picture, last.words, last.seconds + short_of))
    return scenes


def _versions(subject: Subject) -> Iterable[tuple[Scene, ...]]:
    for most_who in (60, 40, 0):
        for most in range(len(subject.always), -1, -1):
            yield _scenes(subject, who_spoken(subject, most_who) if most_who else "", most)


def _scenes(subject: Subject, who: str, most: int) -> tuple[Scene, ...]:
    hall, name = subject.hall, spoken(subject.name)
    who = who or "您符不符合条件，扫码或者打电话一问就知道。"
    shown = "、".join([short(paper) for paper in subject.always][:4]) or "空着的双手"
    told = [
        ("大厅门口，工作人员朝镜头走来", f"“{name}”，您知道怎么办吗？一分钟给您说清楚。"),
        ("居民和工作人员坐在窗口两边说话；字幕：谁能办", who),
        (f"桌上一样一样摆出：{shown}；字幕：要带什么", papers_spoken(subject, most)),
        (f"材料收进文件夹，字幕打出“{subject.limit}”", limit_spoken(subject) + fee_spoken(subject)),
        (
            f"{hall.name}外景，字幕：{hall.address or hall.name}",
            f"地方在{spoken(hall.address or hall.name)}，任何一个窗口都能办。",
        ),
        ("海报上的二维码占满画面，字幕打出电话", f"扫码看您自己的清单，或者打电话{digits(subject.phone)}。"),
    ]
    return tuple(
        Scene(number, picture, words, max(LEAST_A_SCENE, seconds(words)))
        for number, (picture, words) in enumerate(told, start=1)
    )

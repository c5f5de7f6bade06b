"""What a step of the walk shows, and what it must show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .caller import Answer


class Fallen(Exception):
    """A step did not show what it must; the sentence says what was seen."""


@dataclass(frozen=True)
class Page:
    """The page a person would see at this step: its address, whose cookie, and on what it is looked at."""

    path: str
    token: str = ""
    screen: str = "desk"  # desk, phone, wall, kiosk


@dataclass(frozen=True)
class Slip:
    """A paper of this step."""

    name: str
    content: bytes


@dataclass
class Step:
    """One step: what was done, what it showed."""

    title: str
    told: str
    page: Page | None = None
    slips: list[Slip] = field(default_factory=list)
    figure: str = ""
    number: int = 0
    ms: float = 0.0
    calls: int = 0
    trail: list[dict[str, Any]] = field(default_factory=list)
    picture: bytes = b""


def must(is_so: object, otherwise: str) -> None:
    """What a step must show."""
    if not is_so:
        raise Fallen(otherwise)


def given(answer: Answer, *statuses: int) -> Any:
    """The JSON of an answer that must have one of these statuses (any 2xx when none is named)."""
    if answer.status not in statuses if statuses else not answer.ok:
        raise Fallen(f"{answer.method} {answer.path}：{answer.told}")
    return answer.json


def refused(answer: Answer, status: int, code: str = "") -> Any:
    """A refusal that must come."""
    problem = answer.json if answer.content else {}
    if answer.status != status or (code and problem.get("code") != code):
        raise Fallen(f"{answer.method} {answer.path}：应当回答 {status} {code}，却是 {answer.told}")
    must(problem.get("detail") and problem.get("next"), f"{answer.path}：拒绝时没有说清怎么办")
    return problem

"""大厅图：the windows in the order of their numbers, those of one office marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from yichuang.rooms.hall.models import Window

IN_A_ROW = 8
WIDE, HIGH, GAP, AISLE = 72, 64, 8, 56  # in units of the drawing


@dataclass(frozen=True)
class Booth:
    """One window on the map, with its place on the drawing."""

    number: int
    x: int
    y: int
    marked: bool

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2

    @property
    def base(self) -> int:
        """Where its number stands."""
        return self.y + HIGH // 2 + 15


@dataclass(frozen=True)
class Plan:
    """The drawing: `words` says all of it to who does not see it."""

    booths: tuple[Booth, ...]
    width: int
    height: int
    words: str
    places: tuple[tuple[str, str, bool], ...]  # numbers, where they are, whether marked

    @property
    def door_x(self) -> int:
        return self.width // 2

    @property
    def door_y(self) -> int:
        return self.height - 12


def plan(windows: Sequence[Window], office: str) -> Plan | None:
    """None where there is nothing to find: no window, or only one."""
    rows = sorted(windows, key=lambda window: window.number)
    if len(rows) < 2:
        return None
    known = {row.number for row in rows if office in row.main_offices}
    across = min(len(rows), IN_A_ROW)
    # "进门右手第一个" is seen at the right: then the numbers run from the right to the left.
    from_the_right = "右手" in rows[0].floor_position
    booths = []
    for place, row in enumerate(rows):
        line, column = divmod(place, IN_A_ROW)
        column = across - 1 - column if from_the_right else column
        booths.append(Booth(row.number, column * (WIDE + GAP), line * (HIGH + GAP), row.number in known))
    return Plan(
        booths=tuple(booths),
        width=across * (WIDE + GAP) - GAP,
        height=(-(-len(rows) // IN_A_ROW)) * (HIGH + GAP) + AISLE,
        words=_words(rows, known),
        places=_places(rows, known),
    )


def _words(rows: Sequence[Window], known: set[int]) -> str:
    order = "从右到左" if "右手" in rows[0].floor_position else "从左到右"
    said = f"大厅图：进门看去，{order}是 {rows[0].number} 号到 {rows[-1].number} 号窗口"
    if known and len(known) < len(rows):
        said += f"，标出来的是{'、'.join(f'{number}号' for number in sorted(known))}"
    return f"{said}。"


def _places(rows: Sequence[Window], known: set[int]) -> tuple[tuple[str, str, bool], ...]:
    """Windows at the same spot are named together."""
    spots = groupby(rows, key=lambda row: (row.floor_position.split("，")[0], row.number in known))
    told = []
    for (spot, marked), group in spots:
        members = list(group)
        words = members[0].floor_position if marked and len(members) == 1 else spot
        told.append(("、".join(f"{row.number}号" for row in members), words, marked))
    return tuple(told)

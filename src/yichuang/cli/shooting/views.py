"""What there is to look at: a page, whose it is, and on what its door is looked at."""

from __future__ import annotations

from dataclasses import dataclass

Size = tuple[int, int]


@dataclass(frozen=True)
class Door:
    """Where a page is used: the sizes of the glass, and whether the elder mode is offered there."""

    sizes: tuple[Size, ...]
    elder: bool = False
    is_whole: bool = True  # photographed to its end; a clerk's screen, a kiosk and a wall as they stand


PORTAL = Door(((360, 740), (768, 1024), (1366, 900)), elder=True)
PHONE = Door(((360, 740),), elder=True)
KIOSK = Door(((1080, 1920),), elder=True, is_whole=False)
WALL = Door(((1920, 1080),), is_whole=False)
DESK = Door(((1366, 768), (1920, 1080)), is_whole=False)
OFFICE = Door(((1366, 900),))


@dataclass(frozen=True)
class View:
    """One page as one person sees it."""

    name: str
    path: str
    door: Door
    token: str = ""  # whose sign-in, empty for everybody
    opens: str = ""  # a dialog of the page that is opened for the picture

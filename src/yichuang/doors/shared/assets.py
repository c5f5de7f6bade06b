"""Styles and scripts: the parts' own files joined into one sheet and one script, without a bundler.

`collectstatic` finds here what no single file holds, gives each a digest in its name and a gzip copy:

| name            | made of                                                                    |
|-----------------|----------------------------------------------------------------------------|
| yichuang.css    | shared/styles/{tokens,base,layouts}.css, then every part's css by name     |
| yichuang.js     | every part's js by name, each in its own scope                             |
| mark.svg        | the mark among the icons, in the action green of the tokens                |
| DOOR/PAGE.css   | doors/DOOR/styles/PAGE.css: arrangement of one page, linked by that page   |
| DOOR/PAGE.js    | doors/DOOR/scripts/PAGE.js                                                 |
| guides/…        | shared/guides/{styles,scripts}: a guide, wherever it is drawn              |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

SHARED = Path(__file__).resolve().parent
DOORS = SHARED.parent
PARTS = SHARED / "parts"
SHEETS = ("tokens", "base", "layouts")  # the order matters: tokens first, parts last
SYMBOL = re.compile(r'<symbol id="([\w-]+)">(.*?)</symbol>', re.S)


def part_names() -> list[str]:
    """Every part, by the name of its folder."""
    return sorted(folder.name for folder in PARTS.iterdir() if folder.is_dir())


@cache
def drawings() -> dict[str, str]:
    """The line drawings by name, ready to stand inside an svg."""
    return dict(SYMBOL.findall((PARTS / "icon" / "icons.svg").read_text()))


def token(name: str) -> str:
    """The light value of a token, e.g. token("action") -> "#0E6B4F"."""
    found = re.search(rf"--{name}:\s*([^;]+);", (SHARED / "styles" / "tokens.css").read_text())
    if found is None:
        raise KeyError(name)
    return found[1]


def sheet() -> str:
    """The whole style sheet, comments and needless white space taken out."""
    pages = [SHARED / "styles" / f"{name}.css" for name in SHEETS]
    return squeezed(_joined([*pages, *sorted(PARTS.glob("*/*.css"))]))


def squeezed(css: str) -> str:
    """CSS without comments and with single spaces; nothing that could change its meaning."""
    bare = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return re.sub(r" ?([{};]) ?", r"\1", bare).replace(";}", "}").strip() + "\n"


def script() -> str:
    """The whole script. Braces give each part its own names; comment lines stay in the source."""
    sources = [source.read_text() for source in sorted(PARTS.glob("*/*.js"))]
    return '"use strict";\n' + "".join(f"{{\n{_without_comments(source)}}}\n" for source in sources)


def mark() -> str:
    """The mark as a picture of its own, for the browser's tab."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{token("action")}"'
        f' stroke-width="2.25" stroke-linecap="round">{drawings()["mark"]}</svg>\n'
    )


def collected() -> dict[str, bytes]:
    """Every file this finder offers, by the name a template asks for."""
    files = {"yichuang.css": sheet(), "yichuang.js": script(), "mark.svg": mark()}
    doors = sorted(folder for folder in DOORS.iterdir() if folder.is_dir() and folder != SHARED)
    for door in (*doors, SHARED / "guides"):
        for source in sorted(door.glob("styles/*.css")):
            files[f"{door.name}/{source.name}"] = squeezed(source.read_text())
        for source in sorted(door.glob("scripts/*.js")):
            files[f"{door.name}/{source.name}"] = source.read_text()
    return {name: text.encode() for name, text in files.items()}


class Made(Storage):
    """Files that are made when they are asked for."""

    def __init__(self) -> None:
        self.files = collected()

    def _open(self, name: str, mode: str = "rb") -> File:
        return ContentFile(self.files[name], name)

    def exists(self, name: str) -> bool:
        return name in self.files

    def path(self, name: str) -> str:
        return name  # only shown by collectstatic


class Bundles(BaseFinder):
    """Django's staticfiles finder for the above."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        return []  # nothing of this lies on the disk before it is collected

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        made = Made()
        for name in made.files:
            yield name, made


def _joined(sources: list[Path]) -> str:
    return "\n".join(source.read_text() for source in sources)


def _without_comments(source: str) -> str:
    return re.sub(r"^\s*//.*\n", "", source, flags=re.M)

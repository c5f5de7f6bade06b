"""Papers: a typst template and the facts of a case become a PDF/A that embeds its typeface."""

from __future__ import annotations

import io
import json
import struct
import unicodedata
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

from . import clock
from .refusals import Refused

_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_BEIJING = timezone(timedelta(hours=8))  # typst takes fixed offsets only


class PaperTrouble(RuntimeError):
    """A paper could not be typeset: the typeface is missing or the template is wrong. Never a person's fault."""


def typeset(template: Path, facts: dict[str, Any], *, at: datetime | None = None) -> bytes:
    """排版：the PDF of a template inside the package; the same facts at the same moment give the same bytes.

    Facts may be texts, numbers, lists, tables, dates (2026年11月23日), moments (with 09:05) and bytes. `at` is the
    moment written into the PDF: the action's own. A paper is PDF/A-2 (ISO 19005-2), as archives want it.
    """
    pdf: bytes = _compiled(
        template,
        facts,
        pdf_standards=["a-2u"],
        timestamp=(at or clock.now())
        .astimezone(_BEIJING)
        .replace(microsecond=0),  # typst takes whole seconds
    )
    # A compiler that finds no font still writes a PDF, one that shows nothing.
    if b"NotoSansSC" not in pdf:
        raise PaperTrouble(f"{template.name}: the PDF does not embed Noto Sans SC")
    return pdf


def drawn(template: Path, facts: dict[str, Any], *, ppi: float = 72) -> bytes:
    """小样：the first page of the same paper as a PNG, `ppi` dots an inch; for looking at, not for printing."""
    pages: bytes | list[bytes] = _compiled(template, facts, format="png", ppi=ppi)
    return pages[0] if isinstance(pages, list) else pages


def _compiled(template: Path, facts: dict[str, Any], **wanted: Any) -> Any:
    root = Path(settings.PACKAGE)
    if not template.resolve().is_relative_to(root):
        raise PaperTrouble(f"{template} lies outside {root}")
    fonts, known = _typeface(Path(settings.ASSETS) / "fonts")
    shown = _shown(facts, known)
    try:
        return typst.compile(
            template,
            root=root,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"facts": json.dumps(shown, ensure_ascii=False)},
            **wanted,
        )
    except typst.TypstError as problem:
        raise PaperTrouble(f"{template.name}: {problem.diagnostic or problem.message}") from problem


def qr_svg(text: str) -> str:
    """A QR code (error correction M, quiet zone of two) as an SVG document, for a page or a paper's `qr`."""
    drawn = io.BytesIO()
    segno.make(text, micro=False, error="m", boost_error=False).save(
        drawn, kind="svg", border=2, xmldecl=False
    )
    return drawn.getvalue().decode()


@lru_cache(maxsize=2)
def _typeface(folder: Path) -> tuple[typst.Fonts, frozenset[int]]:
    """The fonts of the folder and the signs they can show; the town may add files for rare characters there."""
    for name in _FILES:
        if not (folder / name).is_file():
            raise PaperTrouble(f"{folder / name} is missing: run ./yichuang up once, it brings the typeface")
    files = [file for file in sorted(folder.iterdir()) if file.suffix.lower() in (".ttf", ".otf")]
    known = frozenset().union(*(_signs_of(file.read_bytes()) for file in files))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return fonts, known


def _signs_of(font: bytes) -> set[int]:
    """Code points of a font's Unicode table (OpenType `cmap`, format 12)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {tag: offset for tag, _, offset, _ in struct.iter_unpack(">4sLLL", font[12 : 12 + 16 * count])}
    cmap = tables[b"cmap"]
    known: set[int] = set()
    for at in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">L", font, cmap + 8 + 8 * at)[0]
        if struct.unpack_from(">H", font, table)[0] == 12:
            groups = struct.unpack_from(">L", font, table + 12)[0]
            for first, last, _ in struct.iter_unpack(">LLL", font[table + 16 : table + 16 + 12 * groups]):
                known.update(range(first, last + 1))
    return known


def _shown(fact: Any, known: frozenset[int]) -> Any:
    """The fact as the template sees it: JSON, with text that the typeface can show."""
    match fact:
        case str():
            return _shown_text(fact, known)
        case None | bool() | int() | float():
            return fact
        case dict():
            return {name: _shown(each, known) for name, each in fact.items()}
        case list() | tuple():
            return [_shown(each, known) for each in fact]
        case bytes():
            return list(fact)
        case datetime():
            local = fact.astimezone(clock.TOWN_TIME)
            return f"{_chinese_day(local)} {local:%H:%M}"
        case date():
            return _chinese_day(fact)
    raise TypeError(f"a paper cannot show a {type(fact).__name__}")


def _shown_text(text: str, known: frozenset[int]) -> str:
    """A rare character of a name must not vanish from a paper: refused. An emoji becomes a box and stops nobody."""
    strange = {sign for sign in text if ord(sign) not in known and sign not in "\n\t"}
    if not strange:
        return text
    if letters := sorted(sign for sign in strange if unicodedata.category(sign).startswith("L")):
        raise Refused("paper_characters", characters=letters)
    # Joiners, variation selectors and control signs are not seen anyway.
    boxes = {ord(sign): "□" if unicodedata.category(sign)[0] in "SNP" else None for sign in strange}
    return text.translate(boxes)


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

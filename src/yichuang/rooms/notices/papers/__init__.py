"""海报和宣传栏：the printed sheets, as PDF for the printer and as a picture for the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from yichuang.ground import papers

from ..publicity import Subject, board_facts, poster_facts

POSTER = Path(__file__).with_name("poster.typ")
BOARD = Path(__file__).with_name("board.typ")
FORMATS = ("a3", "a4")


def counted_url(channel: str, code: str) -> str:
    """The address of a sheet's QR code: it counts, then leads to the guide."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/go/{channel}/{code}"


def poster(subject: Subject, *, day: date, paper: str = "a3") -> bytes:
    """海报：always one page; `paper` a3 or a4."""
    return papers.typeset(POSTER, _poster(subject, day, paper))


def poster_picture(subject: Subject, *, day: date) -> bytes:
    """海报的小样：a PNG of it."""
    return papers.drawn(POSTER, _poster(subject, day, "a4"))


def board(heading: str, subjects: Sequence[Subject], *, day: date) -> bytes:
    """宣传栏：several subjects as rows; as many A4 pages as it needs, each complete in itself."""
    return papers.typeset(BOARD, _board(heading, subjects, day))


def board_picture(heading: str, subjects: Sequence[Subject], *, day: date) -> bytes:
    """宣传栏的小样：a PNG of its first page."""
    return papers.drawn(BOARD, _board(heading, subjects, day))


def _poster(subject: Subject, day: date, paper: str) -> dict[str, Any]:
    code = papers.qr_svg(counted_url("poster", subject.code))
    return {**poster_facts(subject, qr=code, day=day), "paper": paper}


def _board(heading: str, subjects: Sequence[Subject], day: date) -> dict[str, Any]:
    rows = [(subject, papers.qr_svg(counted_url("board", subject.code))) for subject in subjects]
    return board_facts(heading, rows, day=day)

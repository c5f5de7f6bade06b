"""The strokes of a signature pad as a picture: drawn here, so that no picture from outside is kept as a signature."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from yichuang.ground.refusals import Refused

SCALE = 3  # drawn larger than written, so that it prints well
WIDEST, HIGHEST = 2000, 1000  # pixels of a pad
MOST_POINTS = 20_000
PEN = 3  # pixels of the pad


def drawn(strokes: str) -> bytes | None:
    """PNG of what the pad sent (`{"width", "height", "strokes": [[[x, y, ms]]]}`); None when nothing was written.

    Refused: strokes_unreadable.
    """
    if not strokes.strip():
        return None
    try:
        told = json.loads(strokes)
        width, height = int(told["width"]), int(told["height"])
        lines = [[(float(point[0]), float(point[1])) for point in line] for line in told["strokes"]]
    except (ValueError, TypeError, KeyError, IndexError):
        raise Refused("strokes_unreadable", fields={"strokes": "请重新写一遍名字"}) from None
    if not (0 < width <= WIDEST and 0 < height <= HIGHEST) or sum(map(len, lines)) > MOST_POINTS:
        raise Refused("strokes_unreadable", fields={"strokes": "请重新写一遍名字"})
    lines = [line for line in lines if line]
    return _picture(width, height, lines) if lines else None


def _picture(width: int, height: int, lines: list[list[tuple[float, float]]]) -> bytes:
    picture = Image.new("L", (width * SCALE, height * SCALE), 255)
    pen = ImageDraw.Draw(picture)
    for line in lines:
        points = [(x * SCALE, y * SCALE) for x, y in line]
        for begin, end in pairwise(points):
            pen.line([begin, end], fill=0, width=PEN * SCALE)
        for x, y in points:  # round ends and corners
            half = PEN * SCALE / 2
            pen.ellipse([x - half, y - half, x + half, y + half], fill=0)
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()

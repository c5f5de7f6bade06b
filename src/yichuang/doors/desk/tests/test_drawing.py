"""The strokes of a pad become a picture, or are refused in words."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from PIL import Image

from yichuang.doors.desk.drawing import SCALE, drawn
from yichuang.ground.refusals import Refused


def strokes(**changes) -> str:
    return json.dumps({"width": 300, "height": 100, "strokes": [[[10, 10, 0], [200, 80, 5]]], **changes})


def test_a_name_is_drawn_black_on_white_larger_than_it_was_written():
    picture = Image.open(BytesIO(drawn(strokes()) or b""))
    assert picture.size == (300 * SCALE, 100 * SCALE)
    assert picture.getpixel((10 * SCALE, 10 * SCALE)) == 0 and picture.getpixel((0, 0)) == 255


def test_nothing_written_is_nothing():
    assert drawn("") is None and drawn(strokes(strokes=[])) is None and drawn(strokes(strokes=[[]])) is None


@pytest.mark.parametrize(
    "told",
    [
        "no json",
        "[]",
        strokes(width=0),
        strokes(width=10**6),
        strokes(strokes=[["x"]]),
        strokes(strokes=[[[1]]]),
        strokes(strokes=[[[1, 1, 1]] * 20_001]),
        strokes(strokes=None),
    ],
)
def test_what_cannot_be_a_name_is_refused(told):
    with pytest.raises(Refused) as refused:
        drawn(told)
    assert refused.value.code == "strokes_unreadable"

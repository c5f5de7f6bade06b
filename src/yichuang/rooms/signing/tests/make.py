"""Builders for tests of signing: papers shown to a village head, and names drawn under them."""

from __future__ import annotations

import io
import re

import pypdf
from PIL import Image, ImageDraw

from yichuang.ground import files
from yichuang.ground.models import StoredFile
from yichuang.rooms.cases.models import RouteTask
from yichuang.rooms.cases.tests.make import LAND, PIN, a_head, accepted, open_task
from yichuang.rooms.people.models import Staff
from yichuang.rooms.signing import actions
from yichuang.rooms.signing.models import SigningTask


def a_task(code: str = LAND) -> RouteTask:
    """A task that waits for 磨滩村."""
    return open_task(accepted(code), "V04")


def shown(task: RouteTask | None = None, by: Staff | None = None) -> tuple[RouteTask, SigningTask, Staff]:
    """A paper that 赵书记 has opened."""
    task, by = task or a_task(), by or a_head()
    return task, actions.open_task(task=task, by=by), by


def drawn() -> bytes:
    """A drawn name."""
    canvas = Image.new("RGBA", (300, 120), (255, 255, 255, 0))
    ImageDraw.Draw(canvas).line((20, 100, 150, 20, 280, 100), fill="black", width=4)
    written = io.BytesIO()
    canvas.save(written, "PNG")
    return written.getvalue()


def text_of(stored: StoredFile) -> str:
    """What stands on a paper, without blanks."""
    pages = pypdf.PdfReader(io.BytesIO(files.content_of(stored))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def signed(task: RouteTask | None = None, by: Staff | None = None) -> SigningTask:
    task, signing, by = shown(task, by)
    return actions.sign(task=task, digest=signing.digest, strokes=drawn(), pin=PIN, by=by)

"""Files: kept under the SHA-256 of their content, checked on the way in, handed out only through a view with a right.

A file is written beside its place, flushed to disk and then renamed, so a reader never sees half of it; the same
content is kept once. The kind is decided by the first bytes, never by the name or by what the browser claims.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from PIL import Image

from . import towns
from .models import StoredFile
from .refusals import Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000  # a 48 megapixel phone picture passes, a decompression bomb does not
KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def receive(*, name: str, chunks: Iterable[bytes], at: datetime) -> StoredFile:
    """收下一个文件：只收照片（JPG、PNG）和 PDF，不超过 20 MB。

    Refused: file_empty, file_too_large, file_kind, file_broken; each says what to do.
    """
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MOST_BYTES:
            raise Refused("file_too_large", name=name, most=MOST_BYTES // 1024 // 1024)
    if not content:
        raise Refused("file_empty", name=name)
    kind = _kind(bytes(content[:16]))
    if kind is None:
        raise Refused("file_kind", name=name)
    if kind.startswith("image/"):
        _check_picture(bytes(content), name)
    return keep(bytes(content), media_type=kind, at=at)


def keep(content: bytes, *, media_type: str, at: datetime) -> StoredFile:
    """Keep content that the system itself made or that has been checked."""
    digest = sha256(content).hexdigest()
    _write(path_of(digest), content)
    stored, _ = StoredFile.objects.get_or_create(
        digest=digest, defaults={"media_type": media_type, "size": len(content), "stored_at": at}
    )
    return stored


def content_of(stored: StoredFile) -> bytes:
    """The content; it is checked against its digest at each reading."""
    content = path_of(stored.digest).read_bytes()
    if sha256(content).hexdigest() != stored.digest:
        raise OSError(f"file {stored.digest} is not what was stored")
    return content


def path_of(digest: str) -> Path:
    """Where the current town's content of this digest lies."""
    return Path(settings.FILES) / str(towns.current_id()) / digest[:2] / digest


def _kind(beginning: bytes) -> str | None:
    return next((kind for magic, kind in KINDS.items() if beginning.startswith(magic)), None)


def _check_picture(content: bytes, name: str) -> None:
    try:
        with Image.open(BytesIO(content)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Refused("file_too_many_pixels", name=name, width=width, height=height)
            picture.verify()
    except Refused:
        raise
    except Exception as broken:  # Pillow raises many kinds for a broken picture
        raise Refused("file_broken", name=name) from broken


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as beside:
        try:
            beside.write(content)
            beside.flush()
            os.fsync(beside.fileno())
            os.replace(beside.name, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(beside.name)
            raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

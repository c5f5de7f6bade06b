"""Only pictures and PDFs come in, whole, and each content is kept once."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from yichuang.ground import files, towns
from yichuang.ground.refusals import Refused
from yichuang.ground.tests.make import a_town

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def town(db):
    with towns.within(a_town()) as inside:
        yield inside


def picture(kind="PNG", size=(40, 30)):
    whole = BytesIO()
    Image.new("RGB", size, "white").save(whole, kind)
    return whole.getvalue()


def receive(content, name="身份证.png"):
    return files.receive(name=name, chunks=[content[:7], content[7:]], at=AT)


def refusal_of(content, name="身份证.png"):
    with pytest.raises(Refused) as refused:
        receive(content, name)
    return refused.value


def test_it_keeps_a_picture_and_gives_it_back(town):
    stored = receive(picture())
    assert (stored.media_type, files.content_of(stored)) == ("image/png", picture())


def test_the_same_content_is_kept_once(town):
    assert receive(picture()) == receive(picture())


def test_the_kind_is_what_the_bytes_say_not_the_name(town):
    assert receive(picture("JPEG"), "假的.pdf").media_type == "image/jpeg"


def test_a_file_of_another_kind_is_refused_with_what_to_do(town):
    refused = refusal_of(b"<svg onload=alert(1)>", "图.svg")
    assert (refused.code, refused.status) == ("file_kind", 415)
    assert "图.svg" in refused.wrong and "JPG" in refused.next


def test_a_picture_of_30_mb_is_refused_before_it_is_read_to_the_end(town):
    read = []

    def chunks():
        for number in range(60):
            read.append(number)
            yield b"\xff\xd8\xff" + bytes(1024 * 1024)

    with pytest.raises(Refused) as refused:
        files.receive(name="大照片.jpg", chunks=chunks(), at=AT)
    assert (refused.value.code, refused.value.status) == ("file_too_large", 413)
    assert len(read) < 25


def test_an_empty_file_and_half_a_picture_are_refused(town):
    assert refusal_of(b"").code == "file_empty"
    assert refusal_of(picture()[:50]).code == "file_broken"


def test_a_decompression_bomb_is_refused_by_its_size_in_pixels(town):
    from struct import pack
    from zlib import crc32

    head = b"IHDR" + pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + pack(">I", 13) + head + pack(">I", crc32(head)) + bytes(100)
    assert refusal_of(bomb).code in ("file_too_many_pixels", "file_broken")


def test_a_file_changed_on_disk_is_not_given_out(town):
    stored = receive(picture())
    files.path_of(stored.digest).write_bytes(b"other")
    with pytest.raises(OSError, match="not what was stored"):
        files.content_of(stored)

"""Small real files to hand in: a PNG and a PDF, each another one, made with the standard library."""

from __future__ import annotations

import struct
import zlib
from random import SystemRandom

from .caller import File

_chance = SystemRandom()


def a_picture(name: str) -> File:
    """A photo of a paper: 120 by 160 points in a colour of its own."""
    width, height = 120, 160
    colour = bytes(_chance.randrange(160, 256) for _ in range(3))
    edge = b"\x55\x55\x55"
    row = b"\x00" + edge + colour * (width - 2) + edge
    line = b"\x00" + edge * width
    raw = line + row * (height - 2) + line
    content = (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(raw))
        + _chunk(b"IEND", b"")
    )
    return File(f"{name}.png", content, "image/png")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def a_scan(name: str) -> File:
    """A scanned page as PDF."""
    drawing = f"0.{_chance.randrange(10, 99)} w 72 72 200 300 re S".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 344 444] /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(content)
    content += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return File(f"{name}.pdf", content, "application/pdf")

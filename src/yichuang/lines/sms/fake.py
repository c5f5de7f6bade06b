"""The demo's line: messages are written to HOME/sent/sms.jsonl and shown on /sent/."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from .line import NotSent, check

TAIL = 256 * 1024  # bytes read back from the end: about a thousand messages


@dataclass(frozen=True)
class Sent:
    """One message as it went out."""

    at: datetime
    phone: str
    text: str
    key: str


class SentFile:
    """The file. Several processes may write at once; a line torn by a crash is passed over."""

    def __init__(self, home: Path) -> None:
        self.path = Path(home) / "sent" / "sms.jsonl"

    def send(self, *, phone: str, text: str, key: str, at: datetime) -> None:
        """Append the message and flush it to disk; a key that was sent before is not written again."""
        check(phone=phone, text=text, key=key)
        line = {"at": at.isoformat(), "phone": phone, "text": text, "key": key}
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(self.path, "a+b", opener=_private) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if any(each.key == key for each in _tail(file)):
                    return
                file.write(_line_break(file) + json.dumps(line, ensure_ascii=False).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as broken:
            raise NotSent(f"文件写不了（{type(broken).__name__}）", again=True) from None

    def newest(self, most: int = 50) -> list[Sent]:
        """What was sent, newest first."""
        try:
            with open(self.path, "rb") as file:
                return _tail(file)[::-1][:most]
        except FileNotFoundError:
            return []


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _tail(file: BinaryIO) -> list[Sent]:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    lines = file.read().split(b"\n")
    if size > TAIL:
        lines = lines[1:]
    return [sent for line in lines if (sent := _parsed(line))]


def _parsed(line: bytes) -> Sent | None:
    try:
        told = json.loads(line)
        return Sent(datetime.fromisoformat(told["at"]), told["phone"], told["text"], told["key"])
    except (ValueError, KeyError, TypeError):
        return None


def _line_break(file: BinaryIO) -> bytes:
    """A line break first when a crash left the last line open."""
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        return b""
    file.seek(size - 1)
    return b"" if file.read(1) == b"\n" else b"\n"

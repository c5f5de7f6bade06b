"""A visitor that asks over one kept connection and takes the time: plain sockets, so that little of it is its own."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass

from yichuang.config.trouble import Trouble

PATIENCE = 30.0  # seconds
HEAD = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: yichuang-bench\r\n"
    "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Language: zh-CN,zh;q=0.9\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\n\r\n"
)


@dataclass(frozen=True)
class Answer:
    """`ms` from the first byte sent to the last byte read; `size` is everything that came, head included."""

    ms: float
    size: int
    head: dict[str, str]
    body: bytes


class Visitor:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.line = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> Answer:
        """Ask for a path (already quoted). Trouble for anything but 200."""
        asked = HEAD.format(path=path, port=self.port).encode("ascii")
        begun = time.perf_counter()
        self.line.sendall(asked)
        got = self._more(b"")
        while (end := got.find(b"\r\n\r\n")) < 0:
            got = self._more(got)
        status, *lines = got[:end].decode("latin-1").split("\r\n")
        head = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if "content-length" in head:
            whole = end + 4 + int(head["content-length"])
            while len(got) < whole:
                got = self._more(got)
        else:  # in chunks; nothing but 0 ends so
            while not got.endswith(b"\r\n0\r\n\r\n"):
                got = self._more(got)
        ms = (time.perf_counter() - begun) * 1000
        if status.split()[1] != "200":
            raise Trouble(
                f"{path} 回答的是“{status}”，测速停下了。", f"{path} was answered with {status!r}: stopped."
            )
        return Answer(ms, len(got), head, _unchunked(got[end + 4 :], head))

    def _more(self, got: bytes) -> bytes:
        piece = self.line.recv(262_144)
        if not piece:
            raise ConnectionError("the server closed the connection")
        return got + piece

    def close(self) -> None:
        self.line.close()


def _unchunked(body: bytes, head: dict[str, str]) -> bytes:
    if head.get("transfer-encoding") != "chunked":
        return body
    whole = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        whole, body = whole + rest[:length], rest[length + 2 :]
    return whole

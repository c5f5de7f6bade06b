"""One port for everything: streams in the event loop, all else through Django's WSGI side in eight threads of ours.

Django's own ASGI side is five to seven times slower, a stream in a thread would block a thread for as long as a board
hangs on the wall, and threads of our own keep their database connections.

A stream is an async function `handler(town_host, last_event_id, send)`, registered by its path in
`yichuang.doors.screen.streams.STREAMS`. `send(text)` writes server-sent events as they stand (`id: …\\ndata: …\\n\\n`)
and raises ConnectionError when the listener has gone; the handler is cancelled then, too. A handler with an attribute
`has_room` is asked first: where it says no, the answer is 503.
"""

import asyncio
import contextlib
import html
import importlib
import importlib.util
import io
import json
import logging
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, unquote_to_bytes

THREADS = 8  # measured: one thread waits for the disk, sixteen bring nothing
LARGEST_BODY = 25 * 1024 * 1024
KEPT_IN_MEMORY = 1024 * 1024
CHUNK = 256 * 1024
KEEP_ALIVE_SECONDS = 15  # a comment line tells proxies and lost boards apart

Handler = Callable[[str, str, Callable[[str], Awaitable[None]]], Awaitable[None]]
log = logging.getLogger("yichuang.web")


class TooLarge(Exception):
    """A body beyond LARGEST_BODY."""


class Bridge:
    """The application granian calls. `wsgi` is Django's WSGI application, `streams` the registered handlers."""

    def __init__(self, wsgi: Callable[..., Iterable[bytes]], streams: dict[str, Handler]) -> None:
        self.wsgi = wsgi
        self.streams = streams
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self.open: set[asyncio.Task[None]] = set()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.proto != "http":
            protocol.close(404)
            return
        if (
            scope.path.endswith("/stream")
            and scope.method == "GET"
            and (found := self.streams.get(scope.path))
        ):
            await self._stream(scope, protocol, found)
            return
        loop = asyncio.get_running_loop()
        try:
            body, size = await _read_body(scope, protocol)
        except TooLarge:
            _refuse_body(scope, protocol)
            return
        except (ConnectionError, RuntimeError):
            return  # the sender went away in the middle
        environ = environ_of(scope, body, size)
        answer = Answer(loop)
        work = loop.run_in_executor(self.pool, answer.make, self.wsgi, environ)
        await answer.deliver(protocol, work, scope.method == "HEAD")

    async def _stream(self, scope: Any, protocol: Any, handler: Handler) -> None:
        if not getattr(handler, "has_room", lambda: True)():
            head = [
                ("content-type", "text/plain; charset=utf-8"),
                ("retry-after", "5"),
                ("cache-control", "no-store"),
            ]
            protocol.response_str(503, head, "同时看的屏幕太多，请稍后再连。")
            return
        transport = protocol.response_stream(
            200,
            [
                ("content-type", "text/event-stream; charset=utf-8"),
                ("cache-control", "no-store"),
                ("x-accel-buffering", "no"),
                ("x-content-type-options", "nosniff"),
            ],
        )

        async def send(text: str) -> None:
            try:
                await transport.send_str(text)
            except RuntimeError as gone:  # granian's ProtocolClosed
                raise ConnectionError("the listener has gone") from gone

        asked = parse_qs(scope.query_string)
        named = (
            asked.get("last_event_id") or asked.get("last-event-id") or [""]
        )  # a stream that was opened anew
        last = scope.headers.get("last-event-id") or named[-1]
        host = scope.headers.get("host") or scope.authority or ""
        work = asyncio.ensure_future(handler(host, last, send))
        gone = asyncio.ensure_future(protocol.client_disconnect())
        self.open.add(work)
        try:
            await send(": 你好\nretry: 2000\n\n")
            while not (work.done() or gone.done()):
                done, _ = await asyncio.wait(
                    (work, gone), timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if not done:
                    await send(":\n\n")
            problem = work.exception() if work.done() and not work.cancelled() else None
            if problem and not isinstance(problem, ConnectionError):
                log.error("stream %s ended: %r", scope.path, problem)
        except ConnectionError:
            pass
        finally:
            self.open.discard(work)
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)

    def close_streams(self) -> None:
        """End every open stream, so that a stopping server does not wait for boards; they come again by themselves."""
        for work in list(self.open):
            work.cancel()


class Answer:
    """One answer on its way from a thread to the event loop: the head first, then chunks, never more than two ahead."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.status = 500
        self.headers: list[tuple[str, str]] = []
        self.chunks: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=2)
        self.abandoned = False

    def make(self, wsgi: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> "bytes | str | None":
        """In a thread: the whole body as bytes, the path of a file to send, or None after the chunks were queued."""
        result: Any = ()
        try:
            result = wsgi(environ, self._start)
            if isinstance(result, SentFile) and (path := result.path()):
                return path
            if (small := getattr(result, "content", None)) is not None and not getattr(
                result, "streaming", True
            ):
                return bytes(small)
            self._queue(result)
            return None
        except Exception:
            log.exception("%s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            self.status, self.headers = 500, [("content-type", "text/plain; charset=utf-8")]
            return "系统出错了，请稍后再试。".encode()
        finally:
            with contextlib.suppress(Exception):
                if hasattr(result, "close"):
                    result.close()  # Django closes files and finishes with the database here
            drop_broken_connections()
            environ["wsgi.input"].close()

    def _start(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], object]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower(), value) for name, value in headers]
        return self.chunks.put_nowait

    def _queue(self, result: Iterable[bytes]) -> None:
        for chunk in result:
            if chunk and not self._put(bytes(chunk)):
                return
        self._put(None)

    def _put(self, chunk: bytes | None) -> bool:
        if self.abandoned:
            return False
        asyncio.run_coroutine_threadsafe(self.chunks.put(chunk), self.loop).result()
        return not self.abandoned

    async def deliver(self, protocol: Any, work: asyncio.Future[Any], is_head: bool) -> None:
        """In the loop: send what `make` brings."""
        first = asyncio.ensure_future(self.chunks.get())
        await asyncio.wait((work, first), return_when=asyncio.FIRST_COMPLETED)
        if work.done() and (made := work.result()) is not None:
            first.cancel()
            if is_head or self.status in (204, 304):
                protocol.response_empty(self.status, self.headers)
            elif isinstance(made, str):
                protocol.response_file(self.status, self.headers, made)
            else:
                protocol.response_bytes(self.status, self.headers, made)
            return
        try:
            chunk = await first
            if is_head:
                protocol.response_empty(self.status, self.headers)
                return
            transport = protocol.response_stream(self.status, self.headers)
            while chunk is not None:
                await transport.send_bytes(chunk)
                chunk = await self.chunks.get()
        except RuntimeError:
            pass  # the reader went away
        finally:
            self.abandoned = True
            while not work.done():  # a thread may be waiting to put one more
                with contextlib.suppress(asyncio.QueueEmpty):
                    self.chunks.get_nowait()
                await asyncio.sleep(0.01)


class SentFile:
    """`wsgi.file_wrapper`: a plain file on disk is sent by the server itself, anything else in chunks."""

    def __init__(self, file: Any, size: int = CHUNK) -> None:
        self.file, self.size = file, max(size, CHUNK)
        self.close = getattr(file, "close", lambda: None)

    def path(self) -> str | None:
        name = getattr(self.file, "name", None)
        if isinstance(self.file, io.BufferedReader) and isinstance(name, str) and self.file.tell() == 0:
            return os.path.abspath(name)
        return None

    def __iter__(self) -> Iterable[bytes]:
        return iter(lambda: self.file.read(self.size), b"")


def environ_of(scope: Any, body: Any, size: int) -> dict[str, Any]:
    """The request as WSGI (PEP 3333) describes it."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "CONTENT_LENGTH": str(size) if size else "",
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": SentFile,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        # X_Forwarded_Proto would arrive under the same name as X-Forwarded-Proto: names with _ are dropped.
        if "_" in name or name in ("content-length", "transfer-encoding"):
            continue
        key = "CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")
        if key in environ and key != "HTTP_HOST":
            environ[key] += ("; " if name == "cookie" else ",") + value
        else:
            environ[key] = value
    if BEHIND_PROXY and (via := environ.get("HTTP_X_FORWARDED_FOR")):
        environ["REMOTE_ADDR"] = via.split(",")[-1].strip()  # the entry our own proxy wrote
    return environ


BEHIND_PROXY = os.environ.get("YICHUANG_BEHIND_PROXY") == "1"


async def _read_body(scope: Any, protocol: Any) -> tuple[Any, int]:
    length, chunked = scope.headers.get("content-length"), scope.headers.get("transfer-encoding")
    if scope.method in ("GET", "HEAD") and not length and not chunked:
        return io.BytesIO(), 0
    declared = int(length) if length and length.isdigit() else 0
    if declared > LARGEST_BODY:
        raise TooLarge
    if declared <= KEPT_IN_MEMORY and not chunked:
        whole = await protocol()
        return io.BytesIO(whole), len(whole)
    file = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115  closed after the answer
    size = 0
    async for chunk in protocol:
        size += len(chunk)
        if size > LARGEST_BODY:
            file.close()
            raise TooLarge
        file.write(chunk)
    file.seek(0)
    return file, size


def _refuse_body(scope: Any, protocol: Any) -> None:
    """413 before the rest is read."""
    wrong, todo = "上传的内容太大，一次最多 25 MB。", "请缩小照片或分几次上传。"
    if scope.path.startswith("/api/") or "json" in (scope.headers.get("accept") or ""):
        kind = "application/problem+json"
        body = json.dumps(
            {
                "type": "urn:yichuang:refusal:request_too_large",
                "title": wrong,
                "status": 413,
                "code": "request_too_large",
                "detail": wrong,
                "next": todo,
            },
            ensure_ascii=False,
        )
    else:
        kind = "text/html; charset=utf-8"
        body = (
            '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>内容太大</title><h1>{html.escape(wrong)}</h1><p>{html.escape(todo)}按浏览器的返回键回到上一页。</p></html>"
        )
    protocol.response_str(
        413, [("content-type", kind), ("connection", "close"), ("cache-control", "no-store")], body
    )


def drop_broken_connections() -> None:
    """Let go of connections that PostgreSQL closed, also those broken below Django's notice (hot verbs)."""
    from django.db import connections

    for each in connections.all(initialized_only=True):
        raw = each.connection
        if raw is not None and (raw.closed or raw.broken):
            with contextlib.suppress(Exception):
                each.close()


def registered_streams() -> dict[str, Handler]:
    """The streams of the doors, if the doors are there."""
    name = "yichuang.doors.screen.streams"
    if importlib.util.find_spec("yichuang.doors.screen") and importlib.util.find_spec(name):
        return dict(importlib.import_module(name).STREAMS)
    return {}


def application() -> Bridge:
    from yichuang.config.wsgi import application as wsgi

    return Bridge(wsgi, registered_streams())

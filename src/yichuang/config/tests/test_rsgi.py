"""The bridge, through the real server: a small WSGI application says what it was given."""

import asyncio
import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from tests.harness.system import free_port
from yichuang.config.rsgi import LARGEST_BODY, Bridge, SentFile

BIG = b"0123456789" * 300_000


def echo(environ, start):
    """Answers with what it got, as JSON; other paths show other kinds of answers."""
    match environ["PATH_INFO"]:
        case "/chunks":
            start("200 OK", [("Content-Type", "text/plain")])
            return (f"part {number}\n".encode() for number in range(50))
        case "/file":
            start("200 OK", [("Content-Type", "application/pdf")])
            return SentFile(open(environ["QUERY_STRING"], "rb"))
        case "/endless":
            start("200 OK", [])
            return Endless()
        case "/broken":
            raise ValueError("broken on purpose")
    body = environ["wsgi.input"].read()
    told = {key: value for key, value in environ.items() if isinstance(value, str)}
    start("200 OK", [("Content-Type", "application/json"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    return [json.dumps({**told, "size": len(body), "begin": body[:20].decode()}).encode()]


class Endless:
    closed = threading.Event()

    def __iter__(self):
        while not self.closed.is_set():
            yield b"x" * 65536

    def close(self):
        self.closed.set()


async def ticking(town_host, last_event_id, send):
    for number in range(int(last_event_id or 0) + 1, 1000):
        await send(f"id: {number}\ndata: {town_host}\n\n")
        await asyncio.sleep(0.02)


ended = threading.Event()


async def waiting(town_host, last_event_id, send):
    try:
        await asyncio.sleep(1000)
    finally:
        ended.set()


@contextmanager
def serving(bridge):
    port, loop, ready = free_port(), asyncio.new_event_loop(), threading.Event()
    box = {}

    def run():
        asyncio.set_event_loop(loop)

        async def serve():
            box["server"] = Server(
                bridge,
                "127.0.0.1",
                port,
                interface=Interfaces.RSGI,
                log_level=LogLevels.error,
                websockets=False,
            )
            ready.set()
            await box["server"].serve()

        loop.run_until_complete(serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(5)
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        time.sleep(0.02)
    yield port
    loop.call_soon_threadsafe(bridge.close_streams)
    loop.call_soon_threadsafe(box["server"].stop)
    thread.join(5)


@pytest.fixture(scope="module")
def port():
    with serving(Bridge(echo, {"/board/stream": ticking, "/quiet/stream": waiting})) as port:
        yield port


def ask(port, method, path, body=None, headers=None, **options):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, headers or {}, **options)
    answer = connection.getresponse()
    return answer, answer.read()


def test_it_gives_the_request_as_pep_3333_says(port):
    answer, body = ask(
        port,
        "GET",
        "/guide/%E4%BD%8E%E4%BF%9D?q=%E6%9D%8E&a=1",
        headers={
            "Host": "dawei.localhost:8000",
            "X-Word": "one",
            "Accept": "text/html",
            "Content-Type": "text/plain",
        },
    )
    told = json.loads(body)
    assert answer.status == 200
    assert told["PATH_INFO"].encode("latin-1").decode() == "/guide/低保"
    assert told["QUERY_STRING"] == "q=%E6%9D%8E&a=1"
    assert told["HTTP_HOST"] == "dawei.localhost:8000"
    assert told["HTTP_X_WORD"] == "one"
    assert told["CONTENT_TYPE"] == "text/plain"
    assert "HTTP_CONTENT_TYPE" not in told
    assert told["REMOTE_ADDR"] == "127.0.0.1"
    assert told["wsgi.url_scheme"] == "http"
    assert told["SERVER_PORT"] == str(port)
    assert told["SERVER_PROTOCOL"] == "HTTP/1.1"


def test_it_keeps_headers_that_come_twice(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", "/")
    for name, value in (
        ("Cookie", "a=1"),
        ("Cookie", "b=2"),
        ("Accept-Language", "zh"),
        ("Accept-Language", "en"),
    ):
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    told = json.loads(answer.read())
    assert told["HTTP_COOKIE"] == "a=1; b=2"
    assert told["HTTP_ACCEPT_LANGUAGE"] == "zh,en"
    assert answer.headers.get_all("set-cookie") == ["a=1", "b=2"]


def test_a_header_with_underscores_cannot_pass_for_another(port):
    _, body = ask(port, "GET", "/", headers={"X_Forwarded_Proto": "https"})
    assert "HTTP_X_FORWARDED_PROTO" not in json.loads(body)


def test_a_header_that_is_not_ascii_harms_nobody(port):
    answer, _ = ask(port, "GET", "/", headers={"X-Name": "李".encode()})
    assert answer.status in (200, 400)
    assert ask(port, "GET", "/")[0].status == 200


@pytest.mark.parametrize("size", [0, 5, 900_000, 3_000_000])
def test_a_body_arrives_whole(port, size):
    told = json.loads(ask(port, "POST", "/", BIG[:size])[1])
    assert told["size"] == size
    assert told["CONTENT_LENGTH"] == (str(size) if size else "")


def test_a_body_without_a_length_arrives_whole(port):
    parts = (BIG[begin : begin + 100_000] for begin in range(0, len(BIG), 100_000))
    told = json.loads(
        ask(port, "POST", "/", parts, encode_chunked=True, headers={"Transfer-Encoding": "chunked"})[1]
    )
    assert (told["size"], told["CONTENT_LENGTH"]) == (len(BIG), str(len(BIG)))
    assert "HTTP_TRANSFER_ENCODING" not in told


def test_a_body_that_is_too_large_is_refused_before_it_was_sent(port):
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        head = f"POST /api/v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST_BODY + 1}\r\n\r\n"
        line.sendall(head.encode() + b"only the beginning")
        answer = http.client.HTTPResponse(line)
        answer.begin()
        told = json.loads(answer.read())
    assert answer.status == 413
    assert told["code"] == "request_too_large"
    assert "25 MB" in told["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_grows_too_large_on_the_way_is_refused(port):
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(b"POST /apply/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        with suppress(OSError):
            for _ in range(LARGEST_BODY // 1_000_000 + 2):
                line.sendall(b"f4240\r\n" + b"x" * 1_000_000 + b"\r\n")
        answer = http.client.HTTPResponse(line)
        answer.begin()
        page = answer.read().decode()
    assert answer.status == 413
    assert "一次最多 25 MB" in page


def test_parts_are_sent_one_by_one(port):
    _, body = ask(port, "GET", "/chunks")
    assert body.decode().splitlines() == [f"part {number}" for number in range(50)]


def test_a_file_is_sent_from_the_disk(port, tmp_path):
    path = tmp_path / "slip.pdf"
    path.write_bytes(BIG)
    answer, body = ask(port, "GET", f"/file?{path}")
    assert body == BIG
    assert answer.headers["content-type"] == "application/pdf"


def test_head_has_no_body(port):
    for path in ("/", "/chunks"):
        answer, body = ask(port, "HEAD", path)
        assert (answer.status, body) == (200, b"")


def test_an_answer_nobody_reads_any_more_is_given_up(port):
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
    assert Endless.closed.wait(5)
    assert ask(port, "GET", "/")[0].status == 200


def test_what_breaks_is_an_answer_in_plain_words(port):
    answer, body = ask(port, "GET", "/broken")
    assert answer.status == 500
    assert "系统出错了" in body.decode()


def read_events(port, path, count, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    events = []
    while len(events) < count:
        if (line := answer.readline().decode().strip()).startswith("id: "):
            events.append(int(line[4:]))
    connection.close()
    return answer, events


def test_a_stream_tells_events_and_goes_on_where_it_was(port):
    answer, events = read_events(port, "/board/stream", 3)
    assert events == [1, 2, 3]
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert read_events(port, "/board/stream", 2, {"Last-Event-ID": "3"})[1] == [4, 5]
    assert read_events(port, "/board/stream?last-event-id=7", 1)[1] == [8]


def test_pages_are_answered_while_many_streams_are_open(port):
    lines = []
    for _ in range(50):
        line = socket.create_connection(("127.0.0.1", port), 10)
        line.sendall(b"GET /quiet/stream HTTP/1.1\r\nHost: x\r\n\r\n")
        lines.append(line)
    assert all(line.recv(100) for line in lines)
    assert ask(port, "GET", "/")[0].status == 200
    ended.clear()
    for line in lines:
        line.close()
    assert ended.wait(5), "a listener that left should end its handler"


def test_an_unknown_stream_is_an_ordinary_page(port):
    assert ask(port, "GET", "/nobody/stream")[0].status == 200  # the echo; Django says 404

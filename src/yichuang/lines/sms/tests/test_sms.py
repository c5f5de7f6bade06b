"""One contract, two lines: the gateway's client against a stub on this machine, and the demo's file."""

import json
import logging
import socket
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from yichuang.ground.clock import TOWN_TIME
from yichuang.lines.sms.client import Gateway
from yichuang.lines.sms.fake import SentFile
from yichuang.lines.sms.line import LONGEST, NotSent, chosen

AT = datetime(2026, 11, 23, 10, 30, tzinfo=TOWN_TIME)
PHONE = "13856012345"
TEXT = "【大圩一窗】办件已受理，最迟12月3日办好。"


class GatewayBench:
    """A stub of the gateway: keeps what it took by id; answers as it is told."""

    def __init__(self):
        bench, self.taken, self.status, self.hangs, self.asked = self, {}, 200, False, []
        self.released = threading.Event()

        class Stub(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                bench.asked.append(dict(self.headers))
                if bench.hangs:
                    bench.released.wait(5)
                    return
                known = body["id"] in bench.taken
                if bench.status == 200:
                    bench.taken.setdefault(body["id"], (body["phone"], body["text"]))
                self.send_response(409 if known else bench.status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.line = Gateway(f"http://127.0.0.1:{self.server.server_port}/v1/sms", "secret", timeout=0.5)

    def reached(self):
        return list(self.taken.values())

    def break_down(self):
        self.status = 500

    def recover(self):
        self.status = 200

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


class FileBench:
    """The demo's file; breaking down is a folder where the file should be."""

    def __init__(self, home):
        self.line = SentFile(home)

    def reached(self):
        return [(sent.phone, sent.text) for sent in reversed(self.line.newest())]

    def break_down(self):
        self.line.path.mkdir(parents=True)

    def recover(self):
        self.line.path.rmdir()

    def close(self):
        pass


@pytest.fixture(params=["gateway", "file"])
def bench(request, tmp_path):
    bench = GatewayBench() if request.param == "gateway" else FileBench(tmp_path)
    yield bench
    bench.close()


@pytest.fixture
def gateway():
    bench = GatewayBench()
    yield bench
    bench.close()


def send(bench, key="m1", phone=PHONE, text=TEXT):
    bench.line.send(phone=phone, text=text, key=key, at=AT)


def test_it_sends(bench):
    send(bench)
    assert bench.reached() == [(PHONE, TEXT)]


def test_the_same_key_reaches_the_person_once(bench):
    send(bench)
    send(bench)
    send(bench, key="m2")
    assert len(bench.reached()) == 2


@pytest.mark.parametrize(
    "phone", ["", "0551-65432100", "1385601234", "138560123456", "1385601234a", " 13856012345"]
)
def test_it_refuses_a_bad_number_for_good(bench, phone):
    with pytest.raises(NotSent) as refused:
        send(bench, phone=phone)
    assert not refused.value.again
    assert bench.reached() == []


@pytest.mark.parametrize("text", ["", "  ", "字" * (LONGEST + 1)])
def test_it_refuses_a_text_that_no_gateway_takes(bench, text):
    with pytest.raises(NotSent) as refused:
        send(bench, text=text)
    assert not refused.value.again


def test_it_refuses_a_key_that_would_break_a_line(bench):
    with pytest.raises(NotSent):
        send(bench, key="m1\nm2")


def test_a_breakdown_may_be_tried_again(bench):
    bench.break_down()
    with pytest.raises(NotSent) as refused:
        send(bench)
    assert refused.value.again
    bench.recover()
    send(bench)
    assert bench.reached() == [(PHONE, TEXT)]


def test_neither_number_nor_text_is_logged(bench, caplog):
    with caplog.at_level(logging.DEBUG):
        send(bench)
        bench_is_file = isinstance(bench, FileBench)
        if not bench_is_file:
            bench.break_down()
        with pytest.raises(NotSent) as refused:
            send(bench, key="m2", phone=PHONE if not bench_is_file else "0551-65432100")
    assert PHONE not in caplog.text + str(refused.value)
    assert TEXT not in caplog.text + str(refused.value)
    assert "0551" not in str(refused.value)


def test_a_gateway_that_hangs_may_be_tried_again(gateway):
    gateway.hangs = True
    with pytest.raises(NotSent) as refused:
        send(gateway)
    assert refused.value.again


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{", b"nonsense\r\n\r\n"]
)
def test_half_an_answer_may_be_tried_again(answer):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_once():
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        threading.Thread(target=answer_once, daemon=True).start()
        line = Gateway(f"http://127.0.0.1:{listening.getsockname()[1]}/", "secret", timeout=2)
        with pytest.raises(NotSent) as refused:
            line.send(phone=PHONE, text=TEXT, key="m1", at=AT)
    assert refused.value.again


@pytest.mark.parametrize(
    ("status", "again"), [(400, False), (401, False), (302, False), (429, True), (503, True)]
)
def test_what_the_gateway_answers_decides_whether_to_try_again(gateway, status, again):
    gateway.status = status
    with pytest.raises(NotSent) as refused:
        send(gateway)
    assert refused.value.again is again


def test_it_shows_its_key_to_the_gateway(gateway):
    send(gateway)
    assert gateway.asked[0]["Authorization"] == "Bearer secret"


@pytest.mark.parametrize("url", ["", "http://sms.example.cn/send", "ftp://127.0.0.1/"])
def test_phone_numbers_never_leave_in_the_clear(url):
    with pytest.raises(NotSent) as refused:
        Gateway(url, "secret").send(phone=PHONE, text=TEXT, key="m1", at=AT)
    assert refused.value.again


def test_the_file_is_read_back_newest_first_and_a_torn_line_is_passed_over(tmp_path):
    line = SentFile(tmp_path)
    assert line.newest() == []
    line.send(phone=PHONE, text="先", key="m1", at=AT)
    with line.path.open("ab") as file:
        file.write(b'{"at": "2026-11-23T10')
    line.send(phone=PHONE, text="后", key="m2", at=AT)
    assert [sent.text for sent in line.newest()] == ["后", "先"]
    assert [sent.text for sent in line.newest(1)] == ["后"]
    assert line.newest()[0].at == AT


def test_the_demo_writes_to_its_file_and_production_uses_the_gateway(settings):
    assert isinstance(chosen(), SentFile)
    settings.DEMO = False
    assert isinstance(chosen(), Gateway)

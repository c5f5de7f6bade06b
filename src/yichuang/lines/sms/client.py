"""The real line: one HTTP JSON gateway.

POST {"id", "phone", "text"} with `Authorization: Bearer KEY`. 2xx: taken. 409: this id was taken before, which is as
good. 408, 425, 429, any 5xx, no answer or half an answer: may be tried again. Any other answer: never.
The log says which message and what became of it, never to whom or what.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from .line import NotSent, check

TIMEOUT = 10.0  # seconds a silent gateway is waited for; an answer that drips is given up as well
TRY_AGAIN = {408, 425, 429}
MOST_BYTES = 64 * 1024
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

log = logging.getLogger(__name__)


class Gateway:
    """A gateway by its address and key. Plain http is allowed to this machine only: the call holds phone numbers."""

    def __init__(self, url: str, key: str, *, timeout: float = TIMEOUT) -> None:
        self._url = urlsplit(url)
        self._key = key
        self._timeout = timeout
        local = self._url.hostname in LOOPBACK
        self._usable = bool(self._url.hostname) and (
            self._url.scheme == "https" or (self._url.scheme == "http" and local)
        )

    def send(self, *, phone: str, text: str, key: str, at: datetime) -> None:
        """Hand one message to the gateway."""
        check(phone=phone, text=text, key=key)
        if not self._usable:
            raise NotSent("没有设置短信网关的地址", again=True)
        body = json.dumps({"id": key, "phone": phone, "text": text}, ensure_ascii=False).encode()
        try:
            status = self._post(body)
        except (OSError, HTTPException) as broken:
            log.warning("sms %s: %s", key, type(broken).__name__)
            raise NotSent("短信网关没有回答", again=True) from None
        log.info("sms %s: gateway answered %d", key, status)
        if 200 <= status < 300 or status == 409:
            return
        raise NotSent(f"短信网关回答 {status}", again=status in TRY_AGAIN or status >= 500)

    def _post(self, body: bytes) -> int:
        until = time.monotonic() + self._timeout
        connection = _connection(self._url, self._timeout)
        try:
            path = (self._url.path or "/") + (f"?{self._url.query}" if self._url.query else "")
            headers = {
                "Content-Type": "application/json; charset=utf-8",
                "Authorization": f"Bearer {self._key}",
            }
            connection.request("POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            _read_out(answer, until)
            return answer.status
        finally:
            connection.close()


def _connection(url: SplitResult, timeout: float) -> HTTPConnection:
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    return kind(url.hostname or "", url.port, timeout=timeout)


def _read_out(answer: HTTPResponse, until: float) -> None:
    """Half an answer is no answer: the gateway may have died before it kept the message."""
    size = 0
    while piece := answer.read1(8192):
        size += len(piece)
        if size > MOST_BYTES or time.monotonic() > until:
            raise TimeoutError
    if answer.length:
        raise HTTPException("half an answer")

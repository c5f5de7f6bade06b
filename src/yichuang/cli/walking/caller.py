"""Calling a running system with the standard library only; a caller with patience repeats until it is answered.

Every POST carries its own Idempotency-Key, so that a repeated one is done once.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

TIMEOUT = 30.0  # seconds one try may take
BETWEEN_TRIES = (0.05, 0.1, 0.2, 0.4, 0.8)


class Unanswered(Exception):
    """Nobody answered within the caller's patience."""


@dataclass(frozen=True)
class File:
    """A file of a multipart form."""

    name: str
    content: bytes
    media_type: str


@dataclass
class Answer:
    """What came back."""

    method: str
    path: str
    status: int
    content: bytes
    key: str = ""
    ms: float = 0.0
    tries: int = 1

    @property
    def json(self) -> Any:
        return json.loads(self.content) if self.content else None

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def told(self) -> str:
        """What a refusal says, for people."""
        try:
            problem = self.json
            fields = "".join(f"（{name}：{wrong}）" for name, wrong in (problem.get("fields") or {}).items())
            return f"{self.status} {problem['detail']}{problem['next']}{fields}"
        except (ValueError, KeyError, TypeError, AttributeError):
            return f"{self.status} {self.content[:200].decode('utf-8', 'replace')}"


@dataclass
class Caller:
    """Calls one system. `patience`: seconds it repeats a request that nobody answers or that is answered 5xx."""

    url: str
    patience: float = 0.0
    timeout: float = TIMEOUT
    heard: Callable[[Answer, Any], None] | None = None  # told of every answer and of the body that was sent
    ms: float = 0.0  # spent waiting for answers so far
    calls: int = 0
    worst_ms: float = 0.0  # the longest a repeated request took
    faults: dict[str, int] = field(default_factory=dict)  # what made it repeat
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str, token: str = "", **query: Any) -> Answer:
        asked = f"?{urlencode(query)}" if query else ""
        return self._call("GET", f"/api/v1{path}{asked}", {}, None, token)

    def post(self, path: str, body: Any = None, token: str = "") -> Answer:
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
        return self._call("POST", f"/api/v1{path}", headers, content, token, body)

    def send(self, path: str, fields: Mapping[str, str], file: File, token: str = "") -> Answer:
        """A multipart form with one file."""
        boundary = f"yichuang-{uuid4().hex}"
        content = _multipart(boundary, fields, file)
        kind = f"multipart/form-data; boundary={boundary}"
        headers = {"Content-Type": kind, "Idempotency-Key": uuid4().hex}
        return self._call("POST", f"/api/v1{path}", headers, content, token, dict(fields))

    def page(self, path: str, token: str = "") -> Answer:
        """A page as a browser gets it, signed in by its cookie."""
        return self._call("GET", path, {"Cookie": f"yichuang_who={token}"} if token else {}, None, "")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _call(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        content: bytes | None,
        token: str,
        body: Any = None,
    ) -> Answer:
        if token:
            headers = {**headers, "Authorization": f"Bearer {token}"}
        begun = time.monotonic()
        tries = 0
        while True:
            answer = self._try(method, path, headers, content)
            tries += 1
            taken = time.monotonic() - begun
            if answer is not None and (answer.status < 500 or taken >= self.patience):
                break
            if taken >= self.patience:
                raise Unanswered(f"{method} {path}：{taken:.0f} 秒没有回应")
            time.sleep(BETWEEN_TRIES[min(tries, len(BETWEEN_TRIES)) - 1])
        answer.ms, answer.tries, answer.key = taken * 1000, tries, headers.get("Idempotency-Key", "")
        self.ms += answer.ms
        self.calls += 1
        if tries > 1:
            self.worst_ms = max(self.worst_ms, answer.ms)
        if self.heard:
            self.heard(answer, body)
        return answer

    def _try(self, method: str, path: str, headers: dict[str, str], content: bytes | None) -> Answer | None:
        fresh = self._connection is None
        try:
            connection = self._connection = self._connection or _connected(self.url, self.timeout)
            connection.request(method, path, body=content, headers=headers)
            response = connection.getresponse()
            answer = Answer(method, path, response.status, response.read())
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            if not fresh and isinstance(problem, http.client.RemoteDisconnected | ConnectionError):
                return self._try(
                    method, path, headers, content
                )  # an idle connection that was closed meanwhile
            self._note(type(problem).__name__)
            return None
        if answer.status >= 500:
            self._note(str(answer.status))
        return answer

    def _note(self, fault: str) -> None:
        self.faults[fault] = self.faults.get(fault, 0) + 1


def _connected(url: str, timeout: float) -> http.client.HTTPConnection:
    place = urlsplit(url)
    host = place.hostname or "127.0.0.1"
    if place.scheme == "https":  # the demo's own certificate authority
        context = ssl._create_unverified_context()  # noqa: S323
        return http.client.HTTPSConnection(host, place.port, timeout=timeout, context=context)
    return http.client.HTTPConnection(host, place.port, timeout=timeout)


def _multipart(boundary: str, fields: Mapping[str, str], file: File) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n'
        f"Content-Type: {file.media_type}\r\n\r\n"
    )
    return b"".join([*parts, head.encode(), file.content, f"\r\n--{boundary}--\r\n".encode()])

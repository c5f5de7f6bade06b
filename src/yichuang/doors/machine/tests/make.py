"""Callers for tests of the machine door: each holds a town's address and a token, and speaks JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from yichuang.doors.shared import sign_in
from yichuang.ground.towns import Town, within
from yichuang.rooms.people import actions
from yichuang.rooms.people.actions import Employment

PASSWORD = "圩上葡萄-2026"
PDF = b"%PDF-1.4\n% a scan\n"


class Caller:
    """Somebody who calls the API of a town."""

    def __init__(self, town: Town, token: str = "") -> None:
        self.client = Client(HTTP_HOST=f"{town.key}.localhost", raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body: Any = None, key: str = "") -> Any:
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        content = "" if body is None else json.dumps(body, ensure_ascii=False)
        return self.client.post(f"/api/v1{path}", content, content_type="application/json", headers=headers)

    def send(self, path: str, key: str = "", **parts: Any) -> Any:
        """A multipart form."""
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return self.client.post(f"/api/v1{path}", parts, headers=headers)


def dawei() -> Town:
    """The demo town, which every test database holds; the hall is open, all windows are closed."""
    return Town.objects.get(key="dawei")


def linhu() -> Town:
    """Another town, whose people must never see anything of the first."""
    return Town.objects.get(key="linhu")


def anybody(town: Town) -> Caller:
    return Caller(town)


def member(town: Town, username: str) -> Caller:
    """A member of the demo town's staff who has signed in: `clerk`, `reviewer-mz`, `head-v04`."""
    with within(town):
        return Caller(town, sign_in.staff_token(cast.staff(username)))


def pin_of(town: Town, username: str) -> str:
    with within(town):
        return cast.pin_of(cast.staff(username))


def employed(town: Town, username: str, *roles: str) -> Caller:
    """Somebody new with these duties."""
    with within(town):
        employment = Employment(username=username, name=f"员工{username}", roles=roles)
        person = actions.employ(employment=employment, password=PASSWORD, pin="246810")
        return Caller(town, sign_in.staff_token(person))


def device(town: Town, kind: str) -> Caller:
    """A device with its token."""
    with within(town):
        return Caller(town, actions.enrol_device(kind=kind, name=kind, by=None)[1])


def a_scan(name: str = "扫描件.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + name.encode(), content_type="application/pdf")

"""Callers for tests of the machine door: each holds a town's address and a token, and speaks JSON."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from yichuang.doors.shared import sign_in
from yichuang.ground.towns import Town, within
from yichuang.rooms.people import actions
from yichuang.rooms.people.actions import Employment

PASSWORD = "圩上葡萄-2026"


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


def staff(town: Town, username: str, *roles: str, **place: Any) -> Caller:
    """A member of staff who has signed in."""
    sign_in.forget()
    with within(town):
        employment = Employment(username=username, name=f"员工{username}", roles=roles, **place)
        person = actions.employ(employment=employment, password=PASSWORD, pin="246810")
        return Caller(town, sign_in.staff_token(person))


def device(town: Town, kind: str) -> Caller:
    """A device with its token."""
    sign_in.forget()
    with within(town):
        return Caller(town, actions.enrol_device(kind=kind, name=kind, by=None)[1])


def anybody(town: Town) -> Caller:
    return Caller(town)

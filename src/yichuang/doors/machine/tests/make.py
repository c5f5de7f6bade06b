"""Callers for tests of the machine door: each holds a town's address and a token, and speaks JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client

from yichuang import cli
from yichuang.doors.shared import sign_in
from yichuang.ground.tests.make import a_town
from yichuang.ground.towns import Town, within
from yichuang.rooms.catalog.loading import TownFolder, load, read_folder
from yichuang.rooms.hall import actions as hall
from yichuang.rooms.hall.actions import WindowRow
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


FOLDER = Path(cli.__file__).parent / "demo" / "dawei"
MATTER = ("MZ-012", "YB-004")  # promised with the village head's signature; on the spot, another office


@cache
def folder() -> TownFolder:
    return read_folder(FOLDER)


def a_hall(*codes: str) -> Town:
    """A town with its offices, villages, windows and these items of the demo catalogue; the hall is open."""
    town = a_town(always_open=True)
    with within(town):
        actions.found_places(offices=folder().offices, villages=folder().villages, by=None)
        chosen = tuple(item for item in folder().items if item.code in codes)
        bundles = tuple(each for each in folder().bundles if set(each.codes) <= set(codes))
        editor, publisher = (
            actions.employ(employment=Employment(username=name, name=name, roles=(name,)), password="x" * 12)
            for name in ("editor", "publisher")
        )
        catalogue = replace(folder(), items=chosen, bundles=bundles)
        load(folder=catalogue, proposed_by=editor, published_by=publisher)
        rows = [WindowRow(number, f"综合窗口{number}号") for number in range(1, 9)]
        hall.load_windows(windows=rows, hours=[], by=None)
    return town

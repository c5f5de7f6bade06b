"""A kiosk in a town of its own, on a Monday morning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest


@dataclass
class Kiosk:
    """The browser at the kiosk, and its town."""

    client: Any
    town: Any

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.content.decode()
        return str(answer.content.decode())

    def take(self, status: int = 302, **form: Any) -> Any:
        answer = self.client.post("/kiosk/take/", {"client_key": "", **form})
        assert answer.status_code == status, answer.content.decode()
        return answer


@pytest.fixture
def kiosk(db):
    from django.test import Client

    from yichuang.doors.shared import sign_in
    from yichuang.ground import clock, towns
    from yichuang.rooms.hall.tests import make
    from yichuang.rooms.people.actions import enrol_device

    with clock.frozen(make.MONDAY):
        town = make.a_town()
        with towns.within(town):
            make.a_hall()
            _, token = enrol_device(kind="kiosk", name="门口取号机", by=None)
        client = Client(headers={"host": f"{town.key}.localhost"})
        client.cookies[sign_in.COOKIE] = token
        yield Kiosk(client, town)
    sign_in.forget()

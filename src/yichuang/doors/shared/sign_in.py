"""Who is asking: a signed cookie or bearer token over kind, town, id and epoch; no session table.

Rights are remembered for five seconds, and forgotten at once in this process when they change (`forget`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from yichuang.ground import towns
from yichuang.ground.towns import Town
from yichuang.rooms.people import queries
from yichuang.rooms.people.models import Device, Resident, Staff

COOKIE = "yichuang_who"
VALID_FOR = timedelta(hours=12)  # one working day with its lunch break
REMEMBERED_SECONDS = 5.0


@dataclass(frozen=True)
class Principal:
    """A person, device or nobody in particular, with the roles they have here."""

    kind: str  # staff, device, resident, public
    town_id: int
    id: int = 0
    roles: frozenset[str] = frozenset()
    row: Staff | Device | Resident | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """How the trail's idempotency scope names them."""
        return f"{self.kind}:{self.id}"

    @property
    def staff(self) -> Staff:
        """The member of staff; only views whose audience is staff may ask."""
        assert isinstance(self.row, Staff)
        return self.row

    def has(self, *roles: str) -> bool:
        """Whether they hold one of these roles."""
        return bool(self.roles & set(roles))


_signer = TimestampSigner(salt="yichuang.who")
_remembered: dict[str, tuple[float, Principal | None]] = {}


def staff_token(staff: Staff) -> str:
    """The token of a member of staff who has just signed in; valid for twelve hours or until the epoch rises."""
    return _signer.sign(f"staff.{staff.town_id}.{staff.pk}.{staff.epoch}")


def resident_token(resident: Resident) -> str:
    """The token of a resident who has just given the code from the message."""
    return _signer.sign(f"resident.{resident.town_id}.{resident.pk}.0")


def token_of(request: HttpRequest) -> str:
    """The token a request brings: the bearer for machines, the cookie for pages, never both."""
    if request.path.startswith("/api/"):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""
    return request.COOKIES.get(COOKIE, "")


def principal(token: str) -> Principal | None:
    """Who a token stands for; None when it is forged, too old, ended or of somebody who has left."""
    now = time.monotonic()
    until, known = _remembered.get(token, (0.0, None))
    if now < until:
        return known
    found = _device(token) if token.count(".") == 2 else _person(token)
    if len(_remembered) > 5_000:
        _remembered.clear()
    _remembered[token] = (now + REMEMBERED_SECONDS, found)
    return found


def forget() -> None:
    """Rights have changed: ask the database again from now on."""
    _remembered.clear()


def _person(token: str) -> Principal | None:
    try:
        kind, town, number, epoch = _signer.unsign(token, max_age=VALID_FOR).split(".")
    except (BadSignature, ValueError):
        return None
    with towns.within(int(town)):
        if kind == "resident":
            resident = Resident.objects.filter(pk=int(number)).first()
            return (
                Principal("resident", int(town), resident.pk, frozenset({"resident"}), resident)
                if resident
                else None
            )
        found = queries.staff_with_duties(int(number))
        if found is None or found[0].epoch != int(epoch):
            return None
        return Principal("staff", int(town), found[0].pk, found[1] | {"staff"}, found[0])


def _device(token: str) -> Principal | None:
    _, key, _ = token.split(".")
    town = Town.objects.filter(key=key).first()
    if town is None:
        return None
    with towns.within(town):
        device = queries.device_by_token(token)
    return Principal("device", town.pk, device.pk, frozenset({device.kind}), device) if device else None


def demo_device(town_id: int, kinds: frozenset[str]) -> Principal | None:
    """In the demo any browser may stand for the town's kiosk or board, so that a newcomer sees them at once."""
    with towns.within(town_id):
        device = Device.objects.filter(kind__in=kinds, is_active=True).order_by("pk").first()
    return Principal("device", town_id, device.pk, frozenset({device.kind}), device) if device else None


def remember(response: HttpResponse, token: str, *, secure: bool) -> None:
    """Give the browser its cookie."""
    cookie: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": secure}
    response.set_cookie(COOKIE, token, max_age=int(VALID_FOR.total_seconds()), **cookie)

"""Reading people."""

from __future__ import annotations

from yichuang.ground.identity import IdNumber
from yichuang.ground.secrets import blind_index

from .actions import token_digest
from .models import Device, Office, Resident, Staff, Village


def resident_by_id_number(number: IdNumber) -> Resident | None:
    """The resident with this id number, found by the blind index."""
    return Resident.objects.filter(id_index=blind_index(str(number), "id_number")).first()


def staff_with_duties(staff_id: int) -> tuple[Staff, frozenset[str]] | None:
    """A member of staff at work, and their roles."""
    staff = Staff.objects.select_related("office", "village").filter(pk=staff_id, is_active=True).first()
    return (staff, frozenset(duty.role for duty in staff.duties.all())) if staff else None


def device_by_token(token: str) -> Device | None:
    """The device that owns this token."""
    return Device.objects.filter(token_digest=token_digest(token), is_active=True).first()


def villages() -> list[Village]:
    """The town's villages by code."""
    return list(Village.objects.order_by("code"))


def offices() -> dict[str, Office]:
    """The town's offices by code, in their order."""
    return {office.code: office for office in Office.objects.order_by("position", "code")}

"""The verbs of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

import pyotp
from django.contrib.auth.hashers import BasePasswordHasher, check_password, make_password
from django.db import transaction

from yichuang.ground import clock, towns, trail
from yichuang.ground.identity import IdNumber, clean_phone
from yichuang.ground.refusals import Refused, about
from yichuang.ground.secrets import blind_index, new_token

from . import rules
from .models import Device, Duty, Office, Resident, Staff, Village


@dataclass(frozen=True)
class OfficeRow:
    """An office as the town's list has it."""

    code: str
    name: str
    kind: str
    duty: str
    phone: str


@dataclass(frozen=True)
class VillageRow:
    """A village as the town's list has it."""

    code: str
    name: str
    population: int
    households: int
    distance_km: Decimal


@transaction.atomic
def found_places(*, offices: Sequence[OfficeRow], villages: Sequence[VillageRow], by: Staff | None) -> None:
    """设立部门和村，按清单的次序；编码已有的，以这次的为准。"""
    now = clock.now()
    for place, office in enumerate(offices):
        told = {**vars(office), "position": place}
        Office.objects.update_or_create(code=told.pop("code"), defaults=told)
    for village in villages:
        told = dict(vars(village))
        Village.objects.update_or_create(code=told.pop("code"), defaults=told)
    trail.record(
        "people.places_founded",
        towns.current(),
        by=by,
        at=now,
        offices=len(offices),
        villages=len(villages),
    )


@dataclass(frozen=True)
class Person:
    """A resident as told at the window or read from the card."""

    name: str
    id_number: str
    phone: str = ""
    address: str = ""
    village: str = ""  # code or name


@transaction.atomic
def register_resident(*, person: Person, by: Staff | Device | Resident | None) -> Resident:
    """登记居民：按身份证号找到本人，没有就新建；电话、住址、村以这次说的为准。

    Refused: name_missing, id_number_*, phone_format, village_unknown.
    """
    now = clock.now()
    if not person.name.strip():
        raise Refused("name_missing", fields={"name": "请填写姓名"})
    with about("id_number"):
        number = IdNumber.parse(person.id_number, today=clock.day_of(now))
    with about("phone"):
        phone = clean_phone(person.phone) if person.phone.strip() else ""
    village = _village(person.village)
    told = {
        "name": person.name.strip(),
        "phone": phone,
        "address": person.address.strip(),
        "village": village,
    }
    resident, is_new = Resident.objects.select_for_update().get_or_create(
        id_index=blind_index(str(number), "id_number"),
        defaults={
            **told,
            "id_number": str(number),
            "phone_index": blind_index(phone, "phone") if phone else "",
            "registered_at": now,
        },
    )
    if is_new:
        trail.record("people.resident_registered", resident, by=by, at=now)
        return resident
    changed = [field for field, value in told.items() if value and getattr(resident, field) != value]
    if changed:
        for field in changed:
            setattr(resident, field, told[field])
        resident.phone_index = blind_index(resident.phone, "phone") if resident.phone else ""
        resident.save()
        names = {"name": "姓名", "phone": "电话", "address": "住址", "village": "所属村"}
        trail.record(
            "people.resident_changed", resident, by=by, at=now, what=[names[field] for field in changed]
        )
    return resident


def _village(told: str) -> Village | None:
    if not told.strip():
        return None
    village = (
        Village.objects.filter(code=told.strip()).first() or Village.objects.filter(name=told.strip()).first()
    )
    if village is None:
        raise Refused("village_unknown", village=told, fields={"village": "请从列表里选"})
    return village


@dataclass(frozen=True)
class Employment:
    """Who is employed and as what."""

    username: str
    name: str
    roles: tuple[str, ...]
    office: Office | None = None
    village: Village | None = None


@transaction.atomic
def employ(
    *,
    employment: Employment,
    password: str,
    pin: str = "",
    by: Staff | None = None,
    hasher: str | BasePasswordHasher = "default",
) -> Staff:
    """新增工作人员，定岗。The second factor's secret is made here; the account page shows it once.

    `hasher` is for many at once whose passwords are long and random (the demo): these need no slow hash.
    """
    now = clock.now()
    staff = Staff.objects.create(
        username=employment.username,
        name=employment.name,
        password=make_password(password, hasher=hasher),
        pin=make_password(pin, hasher=hasher) if pin else "",
        totp_secret=pyotp.random_base32(),
        office=employment.office,
        village=employment.village,
    )
    Duty.objects.bulk_create([Duty(staff=staff, role=role) for role in employment.roles])
    trail.record("people.staff_employed", staff, by=by, at=now, roles=list(employment.roles))
    return staff


def sign_in(*, username: str, password: str, totp: str = "") -> Staff:
    """登录：密码对，给了动态码的动态码也要对。Five wrong tries in a row lock the account for ten minutes.

    The count of tries must survive the refusal, so this verb keeps its own transactions.
    Refused: sign_in_wrong, sign_in_locked. An unknown name takes as long as a wrong password.
    """
    now = clock.now()
    with towns.within(towns.current_id()):
        staff = Staff.objects.select_for_update().filter(username=username, is_active=True).first()
        if staff is None:
            make_password(password)
            raise Refused("sign_in_wrong")
        if staff.locked_until and staff.locked_until > now:
            raise Refused("sign_in_locked")
        passed = check_password(password, staff.password) and (
            not totp or pyotp.TOTP(staff.totp_secret).verify(totp, for_time=now, valid_window=1)
        )
        staff.wrong_tries, staff.locked_until = (
            (0, None) if passed else rules.after_wrong_try(staff.wrong_tries, now)
        )
        staff.save(update_fields=["wrong_tries", "locked_until"])
        trail.record("people.signed_in" if passed else "people.sign_in_refused", staff, by=staff, at=now)
    if not passed:
        raise Refused("sign_in_wrong")
    return staff


def check_pin(*, staff: Staff, pin: str) -> None:
    """签字前再认一次人。Refused: pin_wrong."""
    if not staff.pin or not check_password(pin, staff.pin):
        raise Refused("pin_wrong", fields={"pin": "签字密码不对"})


@transaction.atomic
def end_all_sessions(*, staff: Staff, by: Staff) -> None:
    """退出此人在所有地方的登录。"""
    now = clock.now()
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    staff.epoch += 1
    staff.save(update_fields=["epoch"])
    trail.record("people.sessions_ended", staff, by=by, at=now)


@transaction.atomic
def enrol_device(*, kind: str, name: str, by: Staff | None) -> tuple[Device, str]:
    """登记设备；令牌只在这一次给出。"""
    now = clock.now()
    token = f"{kind}.{towns.current().key}.{new_token(24)}"
    device = Device.objects.create(kind=kind, name=name, token_digest=token_digest(token))
    trail.record("people.device_enrolled", device, by=by, at=now, kind=kind)
    return device, token


def token_digest(token: str) -> str:
    """How a device's token is kept."""
    return sha256(token.encode()).hexdigest()

"""The demo town 大圩镇 of a new home, and a second small town that must never see anything of it.

`up` runs this once as the application's role; `./yichuang seed` runs it by hand on a home that is up. Everything is
one transaction: the towns are there whole or not at all. The passwords exist only here, so they are written beside
the accounts file before the transaction ends and take its name afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.config.settings")

FOLDER = Path(__file__).parent / "demo"
ACCOUNTS = "demo-accounts.json"
HASH_ROUNDS = 20_000  # the passwords are random (59 bits): a slow hash would only make the first start slow


def main(arguments: list[str]) -> int:
    """`./yichuang seed [--home DIR]`: for a home whose `up` is running (it holds the database)."""
    parser = argparse.ArgumentParser(prog="./yichuang seed", description="装入演示镇  load the demo town")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("YICHUANG_HOME", "var")))
    home: Path = parser.parse_args(arguments).home.expanduser().resolve()
    _refuse_production()
    from yichuang.config import postgres
    from yichuang.config.trouble import Trouble

    os.environ |= {"YICHUANG_HOME": str(home), "YICHUANG_DEMO": "1"}
    if "YICHUANG_DATABASE" not in os.environ:
        os.environ["YICHUANG_DATABASE"] = postgres.Embedded(home).app_url()
    import django
    from django.db import OperationalError

    django.setup()
    try:
        load_demo_town()
    except OperationalError as problem:
        raise Trouble(
            f"连不上 {home} 的数据库。请先用 ./yichuang up --home {home} 启动，再运行一次。",
            f"The database of {home} does not answer ({problem}): start it with ./yichuang up first.",
        ) from problem
    return 0


def load_demo_town() -> None:
    """装入演示镇，装过的不再装；writes HOME/demo-accounts.json last."""
    _refuse_production()
    from django.conf import settings
    from django.db import transaction

    from yichuang.ground.towns import Town

    home: Path = settings.HOME
    pending = home / f"{ACCOUNTS}.new"
    if Town.objects.filter(key="dawei").exists():
        if pending.exists():  # the last load was cut off between its transaction and this rename
            pending.replace(home / ACCOUNTS)
        print("演示镇已经在了，没有改动。  The demo town is there already; nothing was changed.")
        return
    with transaction.atomic():
        accounts = _load_all()
        _write(pending, accounts)
    pending.replace(home / ACCOUNTS)
    print(f"演示镇已装入，账号在 {home / ACCOUNTS}。  The demo town is loaded.")


def _refuse_production() -> None:
    from yichuang.config.trouble import Trouble

    if os.environ.get("YICHUANG_MODE") == "production":
        raise Trouble("正式运行的系统里不装演示镇。", "The demo town is never loaded in production.")


@dataclass
class _Accounts:
    """What goes into the accounts file."""

    staff: dict[str, Any] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    residents: dict[str, Any] = field(default_factory=dict)

    def put(self, place: tuple[str, ...], account: dict[str, str]) -> None:
        shelf = self.staff
        for name in place[:-1]:
            shelf = shelf.setdefault(name, {})
        shelf[place[-1]] = account


def _load_all() -> _Accounts:
    from yichuang.ground import towns
    from yichuang.ground.workdays import seed_calendar

    seed_calendar()
    accounts = _Accounts()
    dawei = towns.Town.objects.create(
        key="dawei",
        name="大圩镇",
        hall_name="大圩镇为民服务中心",
        address="金葡萄家园南门，从小区步行 70 米",
        phone="0551-63000100",
        is_demo=True,
        always_open=True,
    )
    linhu = towns.Town.objects.create(
        key="linhu",
        name="临湖镇（演示）",
        hall_name="临湖镇为民服务中心",
        address="临湖路 1 号",
        phone="0551-64000100",
        is_demo=True,
        always_open=True,
    )
    with towns.within(dawei):
        _load_dawei(accounts)
    with towns.within(linhu):
        _load_linhu(accounts)
    return accounts


def _load_dawei(accounts: _Accounts) -> None:
    from yichuang.cli.demo import people as demo
    from yichuang.rooms.people import actions

    folder = _places("dawei")
    named = {office for item in folder.items for stage in item.route for office in stage}
    offices = [office.code for office in folder.offices if office.code in named]
    staff = {
        hire.role: _employ(hire, accounts) for hire in demo.hires(offices, [v.code for v in folder.villages])
    }
    _catalogue(folder, editor=staff["editor"], publisher=staff["publisher"])
    for kind, name in demo.DEVICES.items():
        _, accounts.devices[kind] = actions.enrol_device(kind=kind, name=name, by=staff["admin"])
    actions.register_resident(person=demo.LI, by=None)
    accounts.residents["li"] = {"phone": demo.LI.phone}


def _load_linhu(accounts: _Accounts) -> None:
    from yichuang.cli.demo.people import Hire

    folder = _places("linhu")
    unlisted = _Accounts()  # they only make the catalogue; nobody needs to sign in as them
    editor = _employ(Hire(("editor",), "editor", "田野", "editor"), unlisted)
    publisher = _employ(Hire(("publisher",), "publisher", "石磊", "publisher"), unlisted)
    _catalogue(folder, editor=editor, publisher=publisher)
    _employ(Hire(("other_town_clerk",), "clerk", "江岸", "clerk"), accounts, town="linhu")


def _places(key: str) -> Any:
    """The town's folder, read and checked; offices, villages, windows and hours loaded."""
    from yichuang.config.trouble import Trouble
    from yichuang.rooms.catalog.loading import read_folder
    from yichuang.rooms.hall import actions as hall
    from yichuang.rooms.hall.rules import Hours
    from yichuang.rooms.people import actions as people

    folder = read_folder(FOLDER / key)
    if folder.faults:
        told = "\n".join(map(str, folder.faults))
        raise Trouble(f"演示镇的文件有错：\n{told}", f"The files of {FOLDER / key} have faults.")
    people.found_places(offices=folder.offices, villages=folder.villages, by=None)
    hall.load_windows(
        windows=[hall.WindowRow(**vars(row)) for row in folder.windows],
        hours=[Hours(**vars(row)) for row in folder.hours],
        by=None,
    )
    return folder


def _catalogue(folder: Any, *, editor: Any, publisher: Any) -> None:
    from yichuang.rooms.catalog.loading import load

    load(folder=folder, proposed_by=editor, published_by=publisher)


def _employ(hire: Any, accounts: _Accounts, town: str = "") -> Any:
    """Employ one person and note their account; in another town the sign-in name carries the town's key."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    from yichuang.cli.demo.people import new_password, new_pin
    from yichuang.rooms.people import queries
    from yichuang.rooms.people.actions import Employment, employ
    from yichuang.rooms.people.models import Village

    hasher = PBKDF2PasswordHasher()
    hasher.iterations = HASH_ROUNDS
    password, pin = new_password(), new_pin() if hire.village else ""
    employment = Employment(
        username=hire.username,
        name=hire.name,
        roles=(hire.role,),
        office=queries.offices()[hire.office] if hire.office else None,
        village=Village.objects.get(code=hire.village) if hire.village else None,
    )
    staff = employ(employment=employment, password=password, pin=pin, hasher=hasher)
    account = {
        "username": f"{hire.username}@{town}" if town else hire.username,
        "password": password,
        "totp_secret": str(staff.totp_secret),
        "name": hire.name,
    }
    accounts.put(hire.place, account | ({"pin": pin} if pin else {}))
    return staff


def _write(path: Path, accounts: _Accounts) -> None:
    """Readable by the owner only, on the disk before the transaction ends."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(vars(accounts), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


if __name__ == "__main__":
    import django

    from yichuang.config.trouble import Trouble

    django.setup()
    try:
        load_demo_town()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(1)

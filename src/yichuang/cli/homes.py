"""A home whose `up` is running, seen by a command beside it: its database, its towns, their staff."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yichuang.config.trouble import Trouble


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--home and --town."""
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("YICHUANG_HOME", "var")))
    parser.add_argument(
        "--town", default="", metavar="KEY", help="镇的代号，不写就是第一个镇  the town's key"
    )


@contextmanager
def in_town(arguments: argparse.Namespace) -> Iterator[Any]:
    """Connected as the application's role, inside the town's one transaction."""
    home: Path = arguments.home.expanduser().resolve()
    _connect(home)
    from django.db import OperationalError

    from yichuang.ground import towns

    try:
        town = _town(arguments.town)
        with towns.within(town):
            yield town
    except OperationalError as problem:
        raise Trouble(
            f"连不上 {home} 的数据库。请先用 ./yichuang up --home {home} 启动，再运行一次。",
            f"The database of {home} does not answer ({problem}): start it with ./yichuang up first.",
        ) from problem


def _connect(home: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.config.settings")
    from django.apps import apps

    if apps.ready:
        return
    from yichuang.config import postgres

    os.environ["YICHUANG_HOME"] = str(home)
    if "YICHUANG_DATABASE" not in os.environ:
        os.environ["YICHUANG_DATABASE"] = postgres.Embedded(home).app_url()
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise Trouble(
            f"{home} 里还没有系统。请先用 ./yichuang up --home {home} 启动。",
            f"There is no installation in {home} ({problem}): start it with ./yichuang up first.",
        ) from problem


def _town(key: str) -> Any:
    from yichuang.ground.towns import Town

    found = Town.objects.filter(key=key) if key else Town.objects.order_by("pk")
    if (town := found.first()) is None:
        have = "、".join(Town.objects.order_by("pk").values_list("key", flat=True)) or "一个也没有"
        raise Trouble(
            f"没有代号为“{key}”的镇，现有：{have}。" if key else "这个系统里还没有镇。",
            f"There is no town {key}." if key else "This installation has no town yet.",
        )
    return town


def member_of_staff(username: str, role: str, option: str) -> Any:
    """Who has this role: the one named, or the only one there is for the whole town."""
    from yichuang.rooms.people.models import Role, Staff

    word = str(Role(role).label)
    having = Staff.objects.select_related("office").filter(is_active=True, duties__role=role)
    if username:
        if (staff := having.filter(username=username).first()) is None:
            raise Trouble(
                f"镇上没有叫 {username} 的“{word}”。",
                f"Nobody called {username} has the role {role} in this town.",
            )
        return staff
    of_town = having.filter(
        office=None
    )  # who answers for the whole catalogue comes before an office's own editor
    found = list((of_town if of_town.exists() else having).order_by("username")[:10])
    if len(found) == 1:
        return found[0]
    if not found:
        raise Trouble(
            f"镇上还没有“{word}”。请系统管理员先登记编辑和发布两个不同的人，并给他们定岗位，再运行一次。",
            f"Nobody in this town has the role {role}. Employ an editor and a publisher (two persons) first.",
        )
    names = "、".join(staff.username for staff in found)
    raise Trouble(
        f"镇上有几位“{word}”：{names}。请用 {option} 写明是谁。",
        f"Several persons have the role {role} ({names}): name one with {option}.",
    )

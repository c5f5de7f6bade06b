"""Who takes part: an invented resident of 72, and the demo's staff and devices with their tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import SystemRandom
from typing import Any

from yichuang.config.trouble import Trouble
from yichuang.ground.identity import make_id_number

from .caller import Caller

_chance = SystemRandom()
SURNAMES = "李王张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁"
OF_WOMEN = ("桂芳", "秀英", "桂兰", "玉珍", "凤英", "秀兰", "金花", "素珍", "玉兰", "月英")
OF_MEN = ("德福", "长根", "有才", "家贵")
AREA = "349900"  # never given to anyone
VILLAGE = "V04"
AGE = 72


@dataclass(frozen=True)
class Resident:
    """李阿姨, or another invented person of her age."""

    name: str
    id_number: str
    phone: str
    address: str
    village: str

    @property
    def told(self) -> dict[str, str]:
        return dict(vars(self))


def a_resident(today: date) -> Resident:
    """An invented resident of 72; each walk has another one, so that many may walk at once."""
    born = date(today.year - AGE, today.month, min(today.day, 28)) - timedelta(days=_chance.randrange(1, 300))
    given = _chance.choice(OF_WOMEN + OF_MEN)
    serial = _chance.randrange(2, 998, 2) + (given in OF_MEN)  # odd for men
    return Resident(
        name=_chance.choice(SURNAMES) + given,
        id_number=str(make_id_number(AREA, born, serial)),
        phone=f"1390000{_chance.randrange(10_000):04}",
        address=f"金葡萄家园{_chance.randrange(1, 40)}栋{_chance.randrange(101, 999)}",
        village=VILLAGE,
    )


@dataclass
class Cast:
    """The accounts of HOME/demo-accounts.json; a token is asked for when its owner first acts."""

    accounts: dict[str, Any]
    caller: Caller
    _tokens: dict[str, str] = field(default_factory=dict)

    def staff(self, *place: str) -> str:
        """The token of a member of staff: `staff("reviewers", "MZ")`."""
        account = self.account(*place)
        if account["username"] not in self._tokens:
            asked = {"username": account["username"], "password": account["password"]}
            answer = self.caller.post("/sessions", asked)
            if answer.status != 201:
                raise Trouble(
                    f"{account['username']} 没有登录成功：{answer.told}",
                    f"{account['username']} could not sign in. Are these the accounts of this system?",
                )
            self._tokens[account["username"]] = answer.json["token"]
        return self._tokens[account["username"]]

    def account(self, *place: str) -> dict[str, str]:
        found = self.accounts["staff"]
        for name in place:
            found = found[name]
        return dict(found)

    def device(self, kind: str) -> str:
        return str(self.accounts["devices"][kind])

    def clerks(self, first: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Windows and who sits there, beginning with this window."""
        seats: dict[int, tuple[str, ...]] = {
            int(number): ("clerks", number) for number in self.accounts["staff"].get("clerks", {})
        }
        seats[4] = ("clerk",)
        for number in sorted(seats, key=lambda number: ((number - first) % 100, number)):
            yield number, seats[number]

    def has_reviewers(self, offices: Iterator[str] | list[str]) -> bool:
        return all(office in self.accounts["staff"]["reviewers"] for office in offices)


def accounts(home: Path) -> dict[str, Any]:
    """What demo-accounts.json of a home says."""
    path = home / "demo-accounts.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as problem:
        raise Trouble(
            f"读不到演示账号 {path}。请先用 ./yichuang up 启动一个带演示镇的系统，或用 --home 指出它的文件夹。",
            f"No demo accounts at {path} ({problem}): start ./yichuang up, or name its folder with --home.",
        ) from problem

"""What the resident comes for: two items of two offices, from the catalogue itself, and what she answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .caller import Caller
from .people import Cast, Resident
from .steps import Fallen, given

PROMISED, ON_THE_SPOT = "MZ-012", "SB-005"  # home care for the old; confirming the pension
ALONE = "alone"  # the question whose answer brings one more paper


@dataclass(frozen=True)
class Choice:
    """One item promised with the village head's signature, one on the spot of another office."""

    promised: dict[str, Any]
    on_the_spot: dict[str, Any]

    @property
    def items(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.promised, self.on_the_spot

    @property
    def codes(self) -> tuple[str, str]:
        return self.promised["code"], self.on_the_spot["code"]


def choose(caller: Caller, cast: Cast) -> Choice:
    """The usual two if the catalogue has them, else the first two that will do."""
    listed = [PROMISED, ON_THE_SPOT, *_codes(caller)]
    promised = on_the_spot = None
    for code in listed:
        answer = caller.get(f"/catalog/items/{code}")
        item = answer.json if answer.ok else {}
        if item.get("audience") == "organisation":
            continue
        if promised is None and _is_signed(item, cast):
            promised = item
        elif on_the_spot is None and item.get("mode") == "on_the_spot":
            on_the_spot = item
        if promised and on_the_spot and promised["office"] != on_the_spot["office"]:
            return Choice(promised, on_the_spot)
    raise Fallen("目录里没有能走一遍的两个事项：一个承诺件要村主任签字，一个别的部门的即办件")


def _is_signed(item: dict[str, Any], cast: Cast) -> bool:
    offices = [office for stage in item.get("route", []) for office in stage]
    return item.get("village_step") == "signature" and cast.has_reviewers(offices)


def _codes(caller: Caller) -> list[str]:
    page, pages, codes = 1, 1, []
    while page <= pages:
        told = given(caller.get("/catalog/items", page=page), 200)
        codes += [item["code"] for item in told["items"] if item["code"] not in (PROMISED, ON_THE_SPOT)]
        page, pages = page + 1, told["pages"]
    return codes


def answers_to(chosen: Choice) -> dict[str, str]:
    """She lives alone and comes herself; to all other questions the plainest answer."""
    answers = {}
    for item in chosen.items:
        for question in item["questions"]:
            plain = [answer for answer in question["answers"] if answer not in question["triggers"]]
            wanted = question["triggers"] if question["key"] == ALONE else plain
            answers[question["key"]] = (wanted or question["answers"])[0]
    return answers


def filled(fields: list[dict[str, Any]], resident: Resident, today: str) -> dict[str, str]:
    """Every field that is asked for, with a value of its kind; what the card says stays as it is."""
    soon = (date.fromisoformat(today) + timedelta(days=30)).isoformat()
    hers = {"phone": resident.phone, "id_number": resident.id_number, "address": resident.address}
    plain = {
        "date": soon,
        "number": "2",
        "money": "600",
        "bank_account": "6222020000000000",
    }
    from_card = ("birth_date", "gender", "village")
    return {
        field["key"]: _option(field["options"])
        if field["options"]
        else hers.get(field["type"]) or field["example"] or plain.get(field["type"], _words(field["label"]))
        for field in fields
        if field["required"] and field["key"] not in from_card
    }


def _option(options: list[str]) -> str:
    """She lives alone; else the first."""
    return next((option for option in options if "独居" in option), options[0])


def _words(label: str) -> str:
    """What she says where the form has a free line."""
    if "时间" in label:
        return "上午"
    return "张小红" if "人" in label or "姓名" in label else "没有别的"

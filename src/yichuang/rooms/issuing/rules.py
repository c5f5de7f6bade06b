"""Pure decisions of issuing: the check code, and who may take a result home."""

from __future__ import annotations

import re
from dataclasses import dataclass

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is mistaken for another on paper
GROUPS, SIGNS_A_GROUP = 4, 4  # 31^16, about 79 bits


def plain_check_code(written: str) -> str:
    """A check code as a person typed it, in its own writing."""
    signs = re.sub(r"[^0-9A-Z]", "", written.upper())
    return "-".join(signs[at : at + SIGNS_A_GROUP] for at in range(0, len(signs), SIGNS_A_GROUP))


@dataclass(frozen=True)
class Receiver:
    """Who comes for a result. `last_four`: of their id number, as their card shows it."""

    name: str
    last_four: str = ""
    is_proxy: bool = False


@dataclass(frozen=True)
class Expected:
    """Who may be expected: a name and the last four signs of the id number."""

    name: str
    last_four: str


def objection_to(receiver: Receiver, applicant: Expected, proxy: Expected | None) -> str | None:
    """Why a result is not given to this person: a refusal code, or None.

    The applicant and the proxy of the case show their card; anybody else comes as a proxy and is noted as one.
    """
    if not receiver.name:
        return "receiver_missing"
    known = next((each for each in (applicant, proxy) if each and each.name == receiver.name), None)
    if known is not None and receiver.last_four:
        return None if receiver.last_four == known.last_four else "receiver_differs"
    if known is applicant and not receiver.is_proxy:
        return "receiver_unchecked"
    return None if receiver.is_proxy or known else "receiver_unknown"

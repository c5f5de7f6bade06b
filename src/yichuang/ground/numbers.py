"""Gapless daily numbers (ticket, case, receipt) of the current town, and what a case number looks like."""

from __future__ import annotations

from datetime import date

from django.db import connection

from . import towns


def next_number(name: str, day: date) -> int:
    """取下一个号：1, 2, 3 … by name and day, without gap or double.

    The number belongs to the transaction that takes it: rolled back, the next one gets it. The counter's row
    stays locked until then, so take the number late in an action. Outside a transaction a later failure would
    leave a gap, therefore that is refused.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a gapless number is taken inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("select ground_next_number(%s, %s, %s)", [towns.current_id(), name, day])
        (number,) = cursor.fetchone()
    return int(number)


def case_number(day: date, serial: int) -> str:
    """办件编号：the day and its serial number, `20261123-0231`; over 9,999 the serial grows by a digit."""
    if serial < 1:
        raise ValueError("serial numbers begin with 1")
    return f"{day:%Y%m%d}-{serial:04d}"

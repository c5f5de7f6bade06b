"""The background worker: runs every room's sweeps when their time has come, one town after the other. `up` starts it.

A sweep is registered where it is written: `SWEEPS = [(name, every_seconds, function)]` in the `sweeps.py` of ground, of
a room or of a door. `function(now=…)` runs once a round for each town, in a transaction of its own; one that calls the
outside says `function.own_transactions = True` and opens its own short ones.
"""

import importlib
import importlib.util
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pkgutil import iter_modules
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.config.settings")

Sweep = Callable[..., Any]
log = logging.getLogger("yichuang.worker")


@dataclass
class Round:
    """One registered sweep and when it is due again (monotonic seconds)."""

    name: str
    every_seconds: float
    function: Sweep
    due_at: float = 0.0


def main(arguments: list[str]) -> int:
    import django

    django.setup()
    ending = threading.Event()
    for order in (signal.SIGTERM, signal.SIGINT):
        signal.signal(order, lambda *_: ending.set())
    work(registered(), ending)
    return 0


def registered() -> list[Round]:
    """Every sweep of the house."""
    found = []
    for package in ("yichuang.ground", *_inside("yichuang.rooms"), *_inside("yichuang.doors")):
        if importlib.util.find_spec(f"{package}.sweeps"):
            sweeps = importlib.import_module(f"{package}.sweeps").SWEEPS
            found += [Round(name, every, function) for name, every, function in sweeps]
    return found


def work(rounds: list[Round], ending: threading.Event) -> None:
    """Until told to end: run what is due, show that we are alive, wait for the next."""
    from yichuang.config.health import heartbeat_file

    while not ending.is_set():
        for each in sorted(rounds, key=lambda each: each.due_at):
            if ending.is_set():
                return
            if each.due_at <= time.monotonic():
                run(each)
                each.due_at = time.monotonic() + each.every_seconds
                heartbeat_file().touch()
        heartbeat_file().touch()
        next_due = min((each.due_at for each in rounds), default=time.monotonic() + 5)
        ending.wait(max(0.05, min(next_due - time.monotonic(), 5)))


def run(each: Round) -> int:
    """One sweep for each town; how many towns it worked for. What fails is logged and tried again in the next round."""
    from django.db import Error, close_old_connections

    from yichuang.config.rsgi import drop_broken_connections
    from yichuang.ground import clock, towns

    done = 0
    close_old_connections()
    try:
        everyone = list(towns.Town.objects.order_by("pk"))
    except Error as problem:
        log.warning("%s: no database: %s", each.name, problem)
        drop_broken_connections()
        return 0
    for town in everyone:
        done += _run_for(town, each, clock.now())
    return done


def _run_for(town: Any, each: Round, now: datetime) -> int:
    from yichuang.config.rsgi import drop_broken_connections
    from yichuang.ground import towns

    entered = towns.acting_for if getattr(each.function, "own_transactions", False) else towns.within
    try:
        with entered(town):
            each.function(now=now)
        return 1
    except Exception:
        log.exception("sweep %s failed for town %s", each.name, town.key)
        drop_broken_connections()
        return 0


def _inside(package: str) -> list[str]:
    return sorted(
        f"{package}.{found.name}" for found in iter_modules(importlib.import_module(package).__path__)
    )

"""`./yichuang drill kill`: people go on working while web, worker and database are killed at random (kill -9).

Walks run through callers that repeat a request with the same key until it is answered; each acknowledged change goes
into a ledger outside the system. Afterwards the ledger is held against the system: 0 lost, 0 doubled, no number
missing, the trail holds. Figures go to drills/results/kill.json. The drill strikes only a system of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, Queue
from random import Random
from typing import Any

from yichuang import __version__
from yichuang.cli.walking.caller import Caller, Unanswered
from yichuang.cli.walking.matter import Walk
from yichuang.cli.walking.steps import Fallen

from .ledger import Judge, Ledger
from .own_system import VICTIMS, OwnSystem, start

RESULTS = Path(__file__).parent / "results"
PATIENCE = 30.0  # seconds a request may wait for its answer, repeated all the while
BACK_WITHIN = 60.0


@dataclass
class Run:
    """What happened."""

    strikes: list[tuple[str, float]] = field(default_factory=list)  # victim, seconds until well again
    walked: list[float] = field(default_factory=list)
    fallen: list[str] = field(default_factory=list)
    unanswered: int = 0
    callers: list[Caller] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    print("正在启动演练用的系统。  Starting a system for the drill.")
    system = start()
    begun = time.monotonic()
    keep = options.keep
    try:
        run, ledger = _drill(system, options)
        result = _result(system, options, run, ledger, time.monotonic() - begun)
        keep = keep or not result["ok"]
    finally:
        system.stop(keep=keep)
    if keep:
        print(f"系统的文件夹留着：{system.folder}  The home is kept for a look.")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "kill.json").write_text(
        json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    _tell(result)
    return 0 if result["ok"] else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./yichuang drill kill", description="边办件边 kill -9")
    parser.add_argument("--walks", type=int, default=50, help="走几遍  how many walks")
    parser.add_argument("--at-once", type=int, default=3, help="同时几个人  how many at once")
    parser.add_argument("--every", type=float, default=4.0, help="好了以后隔几秒再打  seconds between kills")
    parser.add_argument("--minutes", type=float, default=20.0, help="最多几分钟  no new walk after that")
    parser.add_argument(
        "--seed", type=int, default=None, help="打击的次序  makes the order of kills the same"
    )
    parser.add_argument("--keep", action="store_true", help="留下系统的文件夹  keep the system's home")
    return parser.parse_args(arguments)


def _drill(system: OwnSystem, options: argparse.Namespace) -> tuple[Run, Ledger]:
    run, ledger = Run(), Ledger(system.folder / "ledger.jsonl")  # beside the system's home, not in it
    waiting: Queue[int] = Queue()
    for number in range(1, options.walks + 1):
        waiting.put(number)
    until = time.monotonic() + options.minutes * 60
    accounts = system.accounts
    walkers = [
        threading.Thread(
            target=_walk_on, args=(system, accounts, run, ledger, waiting, place, until), daemon=True
        )
        for place in range(options.at_once)
    ]
    striker = threading.Thread(target=_strike, args=(system, run, options), daemon=True)
    for thread in (*walkers, striker):
        thread.start()
    for thread in walkers:
        thread.join()
    run.ended.set()
    striker.join()
    system.wait_until_well(BACK_WITHIN)
    return run, ledger


def _walk_on(
    system: OwnSystem,
    accounts: dict[str, Any],
    run: Run,
    ledger: Ledger,
    waiting: Queue[int],
    place: int,
    until: float,
) -> None:
    """One line of people: one walk after another, beginning at a window of its own."""
    while time.monotonic() < until:
        try:
            number = waiting.get_nowait()
        except Empty:
            return
        caller = Caller(system.url, patience=PATIENCE, timeout=10, heard=ledger.hears(number))
        run.callers.append(caller)
        begun, at = time.monotonic(), "开头"
        try:
            for step in Walk(caller, accounts, window=4 + place).steps():
                at = step.title
            run.walked.append(time.monotonic() - begun)
            print(f"第 {number} 遍走完，{run.walked[-1]:.1f} 秒，已经打了 {len(run.strikes)} 次")
        except Fallen as fallen:
            run.fallen.append(f"第 {number} 遍在“{at}”之后：{fallen}")
        except Unanswered as silence:
            run.unanswered += 1
            run.fallen.append(f"第 {number} 遍在“{at}”之后没有回应：{silence}")
        finally:
            caller.close()


def _strike(system: OwnSystem, run: Run, options: argparse.Namespace) -> None:
    """Kill one of the three, wait until all is well again and a little longer, and once more."""
    chance = Random(options.seed)
    while not run.ended.wait(chance.uniform(0.5, 1.5) * options.every):
        victim = chance.choice(sorted(VICTIMS))
        killed = system.kill(victim)
        if not killed:
            continue
        run.strikes.append((victim, system.wait_until_back(victim, killed, BACK_WITHIN)))


def _result(
    system: OwnSystem, options: argparse.Namespace, run: Run, ledger: Ledger, seconds: float
) -> dict[str, Any]:
    """The figures, and everything that is not as it must be."""
    judge = Judge(
        ledger, Caller(system.url, patience=PATIENCE), system.accounts, system.first_day, run.unanswered
    )
    found = judge.judge()
    repeated = sorted(line["ms"] for line in ledger.lines if line["tries"] > 1)
    back = {
        victim: [taken for struck, taken in run.strikes if struck == victim] for victim in sorted(VICTIMS)
    }
    messages = Counter(system.messages())
    problems = [*run.fallen, *found.problems]
    problems += [f"没有好起来：{victim}" for victim, taken in run.strikes if taken >= BACK_WITHIN]
    if len(run.walked) < options.walks and not run.fallen:
        problems.append(f"时间到了，只走完 {len(run.walked)} 遍")
    return {
        "drill": "kill",
        "ok": not problems,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "machine": {"cpus": os.cpu_count(), "system": platform.system(), "python": platform.python_version()},
        "seconds": round(seconds, 1),
        "walks": {"asked": options.walks, "done": len(run.walked), "at_once": options.at_once},
        "kills": {victim: len(taken) for victim, taken in back.items()},
        "back_seconds": {
            victim: {"median": round(sorted(taken)[len(taken) // 2], 2), "worst": round(max(taken), 2)}
            for victim, taken in back.items()
            if taken
        },
        "acknowledged": len(ledger.lines),
        "acknowledged_by_verb": dict(sorted(Counter(line["verb"] for line in ledger.lines).items())),
        "repeated": {
            "requests": len(repeated),
            "p50_ms": _at(repeated, 0.5),
            "p99_ms": _at(repeated, 0.99),
            "worst_ms": _at(repeated, 1.0),
        },
        "what_made_it_repeat": dict(sum((Counter(caller.faults) for caller in run.callers), Counter())),
        "lost": len(found.lost),
        "doubled": len(found.doubled),
        "trail": {"events": judge.events, "seals": judge.seals, "holds": not found.broken},
        "messages": {"sent": sum(messages.values()), "sent_twice": sum(n > 1 for n in messages.values())},
        "unanswered": run.unanswered,
        "problems": problems,
    }


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _tell(result: dict[str, Any]) -> None:
    kills, repeated = result["kills"], result["repeated"]
    print(
        f"走完 {result['walks']['done']} 遍，打了 {sum(kills.values())} 次（{kills}）",
        f"答应过的 {result['acknowledged']} 次：丢 {result['lost']}，重 {result['doubled']}",
        f"重发 {repeated['requests']} 次，最慢 {repeated['worst_ms'] / 1000:.1f} 秒；恢复 {result['back_seconds']}",
        f"留痕 {result['trail']['events']} 条，{'处处对得上' if result['trail']['holds'] else '有问题'}",
        f"数字在 {RESULTS / 'kill.json'}",
        sep="\n",
    )
    for problem in result["problems"]:
        print(f"  {problem}", file=sys.stderr)

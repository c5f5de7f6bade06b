"""What a process has used so far: unlike the time on the clock, it hardly depends on what else the machine does."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def seconds(pid: int) -> float:
    """Processor time of a process, user and system, in steps of about 10 ms."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    command = ["ps", "-o", "cputime=", "-p", str(pid)]
    told = subprocess.run(command, capture_output=True, text=True).stdout.strip()  # noqa: S603
    return float(sum(60**place * float(each) for place, each in enumerate(reversed(told.split(":")))))


def milliseconds(processes: Iterable[int]) -> float:
    """Processor time of all threads of these processes, to the microsecond; 0 where the system does not tell (Linux does)."""
    used = 0
    for pid in processes:
        for told in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):  # a thread that just ended
                used += int(told.read_text().split()[0])
    return used / 1e6


def started_by(parent: int) -> list[int]:
    """The processes that this one started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def resident() -> int:
    """Bytes of memory this process holds now (where there is no /proc: at most so far)."""
    held = Path("/proc/self/statm")
    if held.exists():
        return int(held.read_text().split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024

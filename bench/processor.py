"""What a process has used so far: unlike the time on the clock, it hardly depends on what else the machine does."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
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


def resident() -> int:
    """Bytes of memory this process holds now (where there is no /proc: at most so far)."""
    held = Path("/proc/self/statm")
    if held.exists():
        return int(held.read_text().split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024

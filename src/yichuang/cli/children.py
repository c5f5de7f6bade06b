"""Processes that the supervisor starts: each in a process group of its own, gone when the supervisor is gone."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from yichuang.config.postgres import end_with_parent

STOOD_FOR = 10.0  # seconds; what ran that long did start, so its next start need not wait
LARGEST_LOG = 20_000_000  # bytes; then the file begins anew and the old part is kept once


class Child:
    """One long-running process that is started again when it ends, sooner at first and later with more patience."""

    def __init__(self, name: str, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self.name = name
        self.arguments = arguments
        self.environment = environment
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.failures = 0
        self.next_try_at = 0.0

    def start(self) -> None:
        """Must be called from the main thread: the kernel ties the child's life to the calling thread."""
        self.started_at = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "yichuang.cli", *self.arguments],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=end_with_parent(signal.SIGKILL),
            )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def watch(self) -> bool:
        """Start it again if it ended; True if it just was started again."""
        if self.is_running():
            return False
        now = time.monotonic()
        if self.process is not None:
            self.process = None
            self.failures = 1 if now - self.started_at > STOOD_FOR else self.failures + 1
            self.next_try_at = now + min(0.1 * 2 ** (self.failures - 1), 10)
        if now < self.next_try_at:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def make_stop(self, seconds: float) -> None:
        """Wait for the end; what is still there then is killed, the whole group with it."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(seconds, 0.05))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def trim_log(self) -> None:
        trim(self.log)


def trim(log: Path) -> None:
    """Keep a log that is appended to from growing without end: copy it aside once, then empty it."""
    with contextlib.suppress(OSError):
        if log.stat().st_size > LARGEST_LOG:
            log.with_suffix(".log.1").write_bytes(log.read_bytes())
            os.truncate(log, 0)


def run(module: str, environment: dict[str, str], arguments: list[str] | None = None) -> str:
    """Run one step to its end in a process of its own; its output, or RuntimeError with its last lines."""
    step = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", module, *(arguments or [])],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
        preexec_fn=end_with_parent(signal.SIGKILL),
    )
    try:
        out, wrong = step.communicate()
    except BaseException:  # Ctrl-C or SIGTERM in the middle of a step
        with contextlib.suppress(ProcessLookupError):
            os.killpg(step.pid, signal.SIGKILL)
        step.wait()
        raise
    if step.returncode:
        raise RuntimeError("\n".join((wrong or out).strip().splitlines()[-12:]))
    return out

"""`./yichuang bench NAME`: speed measurements. Each is a file in bench/ with `main(arguments) -> exit code`."""

from __future__ import annotations

import importlib
import signal
import sys
from pathlib import Path

from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = PROJECT / "bench"


def main(arguments: list[str]) -> int:
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # also where a shell in the background left it ignored
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    measurements = sorted(
        path.stem for path in FOLDER.glob("*.py") if "def main(" in path.read_text(encoding="utf-8")
    )
    if name not in measurements:
        raise Trouble(
            f"没有“{name}”这项测速，现有：{'、'.join(measurements)}。",
            f"There is no measurement {name!r}; there are: {', '.join(measurements)}.",
        )
    sys.path.insert(0, str(PROJECT))
    code: int = importlib.import_module(f"bench.{name}").main(rest)
    return code

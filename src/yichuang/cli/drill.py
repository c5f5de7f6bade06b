"""`./yichuang drill NAME`: fault drills. Each is a file in drills/ with `main(arguments) -> exit code`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = PROJECT / "drills"


def main(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    drills = sorted(
        path.stem for path in FOLDER.glob("*.py") if "def main(" in path.read_text(encoding="utf-8")
    )
    if name not in drills:
        raise Trouble(
            f"没有“{name}”这个演练，现有：{'、'.join(drills)}。",
            f"There is no drill {name!r}; there are: {', '.join(drills)}.",
        )
    sys.path.insert(0, str(PROJECT))
    code: int = importlib.import_module(f"drills.{name}").main(rest)
    return code

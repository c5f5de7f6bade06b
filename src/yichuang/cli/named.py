"""A verb whose argument names a file of a folder: `drill kill` is drills/kill.py, `bench catalog` is bench/catalog.py."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]


def run(folder: str, chinese: str, english: str, arguments: list[str]) -> int:
    """Run `main(arguments) -> exit code` of the named file; an unknown name is told which there are."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    known = sorted(
        path.stem
        for path in (PROJECT / folder).glob("*.py")
        if "def main(" in path.read_text(encoding="utf-8")
    )
    if name not in known:
        raise Trouble(
            f"没有“{name}”这{chinese}，现有：{'、'.join(known)}。",
            f"There is no {english} {name!r}; there are: {', '.join(known)}.",
        )
    sys.path.insert(0, str(PROJECT))
    code: int = importlib.import_module(f"{folder}.{name}").main(rest)
    return code

"""`./yichuang drill NAME`: fault drills. Each is a file in drills/ with `main(arguments) -> exit code`."""

from __future__ import annotations

from . import named


def main(arguments: list[str]) -> int:
    return named.run("drills", "个演练", "drill", arguments)

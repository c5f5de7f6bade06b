"""`./yichuang bench NAME`: speed measurements. Each is a file in bench/ with `main(arguments) -> exit code`."""

from __future__ import annotations

import signal

from . import named


def main(arguments: list[str]) -> int:
    # Ctrl-C ends a measurement also where a shell in the background left the signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return named.run("bench", "项测速", "measurement", arguments)

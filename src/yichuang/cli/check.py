"""`./yichuang check`: everything that can be said without running the system."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from yichuang.config import keys

PROJECT = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent
CHECKS = [  # what is looked at, the command
    ("写法  style", ["ruff", "check", "--quiet", "src", "tests", "conftest.py"]),
    ("排版  format", ["ruff", "format", "--check", "--quiet", "src", "tests", "conftest.py"]),
    ("类型  types", ["mypy", "--no-error-summary", "src/yichuang"]),
    ("层次  layers", ["lint-imports", "--no-cache"]),
    (
        "数据表  migrations",
        ["django-admin", "makemigrations", "--check", "--dry-run", "--settings=yichuang.config.settings"],
    ),
]


def main(arguments: list[str]) -> int:
    return 0 if run() else 1


def run() -> bool:
    """All of them, also after one has failed; True if all are good."""
    good = True
    with tempfile.TemporaryDirectory(prefix="yichuang-check-") as home:
        keys.ensure(Path(home))
        environment = {**os.environ, "YICHUANG_HOME": home, "YICHUANG_PLAIN_STATIC": "1"}
        environment["PYTHONPATH"] = os.pathsep.join([str(PROJECT / "src"), str(PROJECT)])
        for words, command in CHECKS:
            done = subprocess.run(  # noqa: S603
                [str(BIN / command[0]), *command[1:]],
                cwd=PROJECT,
                env=environment,
                capture_output=True,
                text=True,
            )
            print(f"{words}: {'好 good' if done.returncode == 0 else '有问题 wrong'}")
            if done.returncode:
                print(done.stdout.strip(), done.stderr.strip(), sep="\n")
                good = False
    return good

"""The house as files and trees, for the tests of its conventions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HOUSE = PROJECT / "src" / "yichuang"
ROOMS = sorted(each.name for each in (HOUSE / "rooms").iterdir() if (each / "__init__.py").exists())


def sources(*, tests: bool = False) -> Iterator[Path]:
    """Every Python file of the house, without migrations."""
    for path in sorted(HOUSE.rglob("*.py")):
        if "migrations" in path.parts or ("tests" in path.parts) != tests:
            continue
        yield path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def shown(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function of this name (`record`, `Refused`) outside tests."""
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = node.func
                if (isinstance(called, ast.Name) and called.id == name) or (
                    isinstance(called, ast.Attribute) and called.attr == name
                ):
                    yield path, node


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The public functions at the top of a file."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node

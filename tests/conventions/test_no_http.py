"""Rooms and ground know no HTTP: import-linter can forbid a whole package, not parts of one, so this reads the files."""

import ast
from pathlib import Path

import yichuang

PACKAGE = Path(yichuang.__file__).parent
HTTP = ("django.http", "django.shortcuts", "django.urls", "django.views", "django.test")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_rooms_and_ground_import_nothing_of_http():
    sources = [path for part in ("rooms", "ground") for path in (PACKAGE / part).rglob("*.py")]
    found = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in sources
        if "tests" not in path.parts
        for name in imported(path)
        if any(name == http or name.startswith(f"{http}.") for http in HTTP)
    ]
    assert sources
    assert found == []

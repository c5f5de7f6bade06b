"""The shape of the house: what style.md promises, held by tests."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conventions.house import HOUSE, PROJECT, ROOMS, functions, shown, sources, tree

BANNED = {"manager", "helper", "helpers", "utils", "common", "handler", "process", "data", "info"}
SHELVES = {
    "__init__.py", "models.py", "states.py", "actions.py", "queries.py", "rules.py", "sweeps.py", "words.py",
    "verbs.sql", "tests", "migrations", "papers",
}  # fmt: skip
MORE_SHELVES = {
    "hall": {"founding.py"},
    "catalog": {"loading", "search", "standing.py", "terms.py"},
    "notices": {"publicity"},
    "supervision": {"figures.py"},
}
DOORS_OWN_WORDS = {"base_", "do_"}


@pytest.mark.parametrize("path", [*sources(), *sources(tests=True)], ids=shown)
def test_a_file_stays_small_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", list(sources()), ids=shown)
def test_a_file_says_first_what_it_holds(path):
    assert ast.get_docstring(tree(path)), "no docstring"


@pytest.mark.parametrize("path", list(sources()), ids=shown)
def test_no_name_is_banned(path):
    assert path.stem not in BANNED
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            assert node.name.lower() not in BANNED, node.name
            assert not node.name.startswith(("do_", "get_", "base_")) or _is_a_library_hook(node.name), (
                node.name
            )


def _is_a_library_hook(name: str) -> bool:
    return name in {
        "get_queryset",
        "get_prep_value",
        "get_internal_type",
        "get_lookup",
        "get_response",
        "do_GET",
        "do_POST",
    }


@pytest.mark.parametrize("path", list(sources()), ids=shown)
def test_nobody_pushes(path):
    """No Django signals and no overridden save: what happened is told by the trail, once."""
    text = path.read_text(encoding="utf-8")
    assert "django.dispatch" not in text and "db.models.signals" not in text
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef):
            assert "save" not in [each.name for each in node.body if isinstance(each, ast.FunctionDef)], (
                node.name
            )


@pytest.mark.parametrize("path", list(sources()), ids=shown)
def test_a_status_changes_only_by_its_move(path):
    if path.name == "moves.py":
        return
    for node in ast.walk(tree(path)):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            assert not (
                isinstance(target, ast.Attribute) and target.attr == "status" and _is_a_row(target)
            ), f"line {node.lineno}"


def _is_a_row(target: ast.Attribute) -> bool:
    return not (isinstance(target.value, ast.Name) and target.value.id in {"self", "response", "answer"})


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_only_the_known_shelves(room):
    found = {each.name for each in (HOUSE / "rooms" / room).iterdir() if each.name != "__pycache__"}
    known = SHELVES | MORE_SHELVES.get(room, set()) | {shelf.removesuffix(".py") for shelf in SHELVES}
    assert found <= known, found - known


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_keeps_and_holds_no_code_in_its_name(room):
    module = tree(HOUSE / "rooms" / room / "__init__.py")
    assert ast.get_docstring(module) and len(module.body) == 1


@pytest.mark.parametrize("room", ROOMS)
def test_a_verb_takes_at_most_five_named_things(room):
    path = HOUSE / "rooms" / room / "actions.py"
    if not path.exists():
        return
    for function in functions(path):
        arguments = function.args
        positional = [each.arg for each in arguments.posonlyargs + arguments.args]
        assert positional == [] or function.name in {"token_digest"}, (
            f"{function.name}({', '.join(positional)})"
        )
        assert len(arguments.kwonlyargs) <= 5, function.name
        assert ast.get_docstring(function), function.name


@pytest.mark.parametrize("room", ROOMS)
def test_rules_know_neither_database_nor_clock(room):
    path = HOUSE / "rooms" / room / "rules.py"
    if not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^(from|import) django", text, re.M)
    assert not re.search(r"\b(clock|queries|models|connection|transaction|trail)\b", _imports(path)), (
        _imports(path)
    )
    assert "now()" not in text and "today()" not in text


def _imports(path) -> str:
    return "\n".join(
        ast.unparse(node) for node in tree(path).body if isinstance(node, ast.Import | ast.ImportFrom)
    )


@pytest.mark.parametrize("path", list(sources()), ids=shown)
def test_time_is_read_in_one_place(path):
    if path.name in {"clock.py"} or {"cli", "config", "lines"} & set(path.parts):
        return
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"datetime\.now\(|timezone\.now\(|date\.today\(|localtime\(\)|time\.time\(", text)


def test_every_model_name_is_in_the_glossary():
    glossary = (PROJECT / "GLOSSARY.md").read_text(encoding="utf-8")
    from django.apps import apps

    for model in apps.get_models():
        if model.__module__.startswith("yichuang."):
            assert re.search(rf"\b{model.__name__}\b", glossary), f"{model._meta.label} is not in GLOSSARY.md"

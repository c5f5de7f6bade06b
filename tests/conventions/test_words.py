"""What the code says is in words.py, and what is in words.py is said by the code."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conventions.house import HOUSE, PROJECT, calls, shown, sources
from yichuang.ground.refusals import event_sentences, sentences

SQL = "\n".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("verbs.sql"))


def _texts(node: ast.expr) -> set[str]:
    """The texts an argument may be: a constant, or either arm of an if."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    return set()


def _said(function: str) -> set[str]:
    return {text for _, call in calls(function) if call.args for text in _texts(call.args[0])}


def test_every_refusal_raised_has_its_sentence():
    in_sql = set(re.findall(r"ground_refuse\(\s*'([a-z_]+)'", SQL))
    assert (_said("Refused") | in_sql) - set(sentences()) == set()


def test_every_sentence_of_a_refusal_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources() if path.name != "words.py") + SQL
    assert [each for each in sentences() if f'"{each}"' not in code and f"'{each}'" not in code] == []


def test_every_event_recorded_has_its_sentence():
    in_sql = set(re.findall(r"ground_record\(\s*town,\s*'([a-z_.]+)'", SQL))
    assert (_said("record") | in_sql) - set(event_sentences()) == set()


def test_every_sentence_of_an_event_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources() if path.name != "words.py") + SQL
    assert [each for each in event_sentences() if f'"{each}"' not in code and f"'{each}'" not in code] == []


TEMPLATES = sorted(HOUSE.rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_a_page_asks_no_other_host_and_holds_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(src|href|action)=[\"']https?://", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*(\bsrc=|type=\"application/json\"))", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_a_page_does_not_shout(path):
    assert "！" not in path.read_text(encoding="utf-8")


def test_the_project_names_no_registry_and_no_path_of_a_machine():
    hosts = re.compile(
        "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "npmjs" + r"\.com"])
    )
    for path in [*PROJECT.glob("*"), *(PROJECT / "docs").rglob("*"), *HOUSE.rglob("*")]:
        if path.is_file() and path.suffix in {
            ".py",
            ".md",
            ".toml",
            ".lock",
            ".json",
            ".in",
            ".sql",
            ".html",
            "",
        }:
            assert not hosts.search(path.read_text(encoding="utf-8", errors="ignore")), shown(path)

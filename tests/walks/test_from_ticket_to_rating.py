"""The walk, on a running system and on paper."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.harness.system import System
from yichuang.cli.walk import main
from yichuang.cli.walking.caller import Caller
from yichuang.cli.walking.matter import Walk
from yichuang.cli.walking.steps import Fallen

PROJECT = Path(__file__).resolve().parents[2]
HOUSE = PROJECT / "src" / "yichuang"
PLACES = re.findall(
    r"`([\w/]+\.(?:py|sql)):(\w+)`", (PROJECT / "docs" / "walk.md").read_text(encoding="utf-8")
)


def test_from_ticket_to_rating(system: System, tmp_path, capsys):
    report = tmp_path / "walk.html"
    code = main(["--url", system.url, "--home", str(system.home), "--report", str(report)])
    said = capsys.readouterr()
    assert code == 0, said.out + said.err
    page = report.read_text(encoding="utf-8")
    for title in ("取号", "一次性告知", "村主任签字", "出件", "短信", "评价", "核对留痕"):
        assert f"<h2>{title}</h2>" in page and title in said.out
    assert 'src="http' not in page and 'href="http' not in page
    assert page.count("data:application/pdf") >= 5


def test_many_may_walk_at_once(system: System):
    """Another person waits, and a second walk begins at the same window before the first has been called."""
    kiosk = system.accounts["devices"]["kiosk"]
    stranger = Caller(system.url).post("/tickets", {}, kiosk).json
    one, other = (iter(Walk(Caller(system.url), system.accounts).steps()) for _ in range(2))
    for steps in (one, other):
        next(steps), next(steps)
    for steps in (other, one):
        titles = [step.title for step in steps]
        assert (titles[0], titles[-1]) == ("叫号", "核对留痕")
    assert Caller(system.url).get(f"/tickets/{stranger['id']}", kiosk).json["status"] in ("waiting", "missed")


def test_a_step_that_does_not_show_what_it_must_stops_the_walk(system: System, monkeypatch, capsys):
    def never(self):
        raise Fallen("看不到大厅")

    monkeypatch.setattr(Walk, "open_case", never)
    assert main(["--url", system.url, "--home", str(system.home)]) == 1
    assert "停在第 5 步：看不到大厅" in capsys.readouterr().err


def test_without_a_system_it_says_what_to_do(system: System, capsys):
    assert main(["--url", "http://127.0.0.1:9", "--home", str(system.home)]) == 1
    assert "请先用 ./yichuang up 启动" in capsys.readouterr().err


@pytest.mark.parametrize(("path", "name"), PLACES, ids=lambda part: part)
def test_a_place_that_the_walk_names_exists(path, name):
    assert name in names_in(HOUSE / path), f"docs/walk.md: {path} has no {name}"


def test_the_walk_names_its_places():
    assert len(PLACES) > 70


@cache
def names_in(path: Path) -> set[str]:
    """Functions and classes at the top of a file; of an SQL file its functions."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        return set(re.findall(r"function (\w+)\(", text))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in ast.parse(text).body if isinstance(node, kinds)}

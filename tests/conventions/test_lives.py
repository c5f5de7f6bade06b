"""One table a life: every status can be reached, every verb has an action and a test."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest
from django.apps import apps

from tests.conventions.house import HOUSE
from yichuang.ground.moves import Living

LIVING = [model for model in apps.get_models() if issubclass(model, Living)]


def _name(model) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", LIVING, ids=_name)
def test_every_status_can_be_reached_from_the_first(model):
    statuses = set(dict(model._meta.get_field("status").choices))
    first = model._meta.get_field("status").default
    reached, grown = {str(first)}, True
    while grown:
        more = {str(to) for origins, to in model.MOVES.values() if {str(each) for each in origins} & reached}
        grown = not more <= reached
        reached |= more
    assert reached == {str(status) for status in statuses}


@pytest.mark.parametrize("model", LIVING, ids=_name)
def test_every_move_is_made_by_an_action_and_tried_by_a_test(model):
    room = model._meta.app_label
    actions = inspect.getsource(import_module(f"yichuang.rooms.{room}.actions"))
    folder = HOUSE / "rooms" / room
    if not (folder / "actions.py").exists():
        actions = "\n".join(path.read_text(encoding="utf-8") for path in (folder / "actions").glob("*.py"))
    sql = folder / "verbs.sql"
    code = actions + (sql.read_text(encoding="utf-8") if sql.exists() else "")
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (folder / "tests").glob("test_*.py"))
    for verb in model.MOVES:
        assert verb in code, f"{_name(model)}: no action makes the move {verb!r}"
        assert verb in tests, f"{_name(model)}: no test tries the move {verb!r}"

"""Refusals: the one kind of error a room may raise, written for the person at the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Sentence:
    """What a refusal says: `wrong` (what is wrong) and `next` (what to do); both may hold {facts}."""

    status: int
    wrong: str
    next: str


class Refused(Exception):
    """办不了：说清哪里不对、下一步怎么办。

    `code` names a sentence in the room's words.py; `facts` fill its blanks. A door turns it into a page or into
    application/problem+json with the sentence's HTTP status. `fields` (optional fact) maps input names to sentences.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def status(self) -> int:
        return sentence(self.code).status

    @property
    def wrong(self) -> str:
        return _filled(sentence(self.code).wrong, self.facts)

    @property
    def next(self) -> str:
        return _filled(sentence(self.code).next, self.facts)

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.facts.get("fields", {}))

    def __str__(self) -> str:
        return f"{self.code}: {self.wrong}{self.next}"


@contextmanager
def about(field: str) -> Iterator[None]:
    """A refusal raised inside is about this input: the form shows it beside the field."""
    try:
        yield
    except Refused as refused:
        refused.facts.setdefault("fields", {field: refused.wrong})
        raise


def _filled(text: str, facts: dict[str, Any]) -> str:
    return text.format(**{name: _listed(fact) for name, fact in facts.items()})


def _listed(fact: Any) -> str:
    """A list is read out as a clerk would: 居民户口簿、结婚证."""
    if isinstance(fact, list | tuple | set | frozenset):
        return "、".join(str(each) for each in fact)
    return str(fact)


def sentence(code: str) -> Sentence:
    """The sentence of a refusal code; an unknown code is a programming error and says so."""
    return sentences()[code]


@cache
def sentences() -> dict[str, Sentence]:
    """Every refusal of ground and all rooms, collected from their words.py."""
    found: dict[str, Sentence] = {}
    for words in _words_of_all_apps():
        for code, each in getattr(words, "REFUSALS", {}).items():
            if code in found:
                raise ValueError(f"refusal {code!r} is defined twice")
            found[code] = each
    return found


@cache
def event_sentences() -> dict[str, str]:
    """The Chinese sentence of every trail kind, collected from the words.py of ground and all rooms."""
    return {
        kind: text for words in _words_of_all_apps() for kind, text in getattr(words, "EVENTS", {}).items()
    }


def _words_of_all_apps() -> list[Any]:
    modules = []
    for app in apps.get_app_configs():
        if not app.name.startswith("yichuang."):
            continue
        try:
            modules.append(import_module(f"{app.name}.words"))
        except ModuleNotFoundError as missing:
            if missing.name != f"{app.name}.words":
                raise
    return modules

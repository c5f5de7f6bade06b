"""One field of the editor's forms: a value of an item as typed text, and typed text as a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

Typed = Mapping[str, Sequence[str]]  # what stands in a form: each name with all its values
Wrong = dict[str, str]  # the name of a field -> what is wrong with it

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd\ud800-\udfff]")
_BETWEEN = re.compile(r"[\n;；]|、(?![^(（]*[)）])")  # a 、 inside brackets belongs to its entry
ON = "on"


class NotStorable(ValueError):
    """What was typed cannot be kept; says why."""


@dataclass(frozen=True)
class Cell:
    """A field: `kind` is line, words, list, sentences, whole, choice, choices or flag."""

    name: str
    label: str
    kind: str = "line"
    most: int = 100  # signs of a text, of each entry of a list; the highest number
    low: int = 0
    words: type[TextChoices] | None = None
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    size: str = "full"  # full, long, half or third of a line
    tall: int = 3

    def told(self, value: Any) -> list[str]:
        """The value as it stands in the form."""
        if self.kind == "flag":
            return [ON] if value else []
        if self.kind == "choices":
            return [str(code) for code in value]
        if self.kind in ("list", "sentences"):
            return ["\n".join(value)] if value else []
        return [str(value)] if str(value) else []

    def read(self, typed: Sequence[str], before: Any = None) -> Any:
        """The value of what was typed. `before` keeps the order of ticked words. Raises NotStorable."""
        if self.kind == "flag":
            return ON in typed
        if self.kind == "choices":
            return _in_order(typed, before or (), self._codes())
        text = typed[0] if typed else ""
        if self.kind == "whole":
            return self._whole(text)
        if self.kind == "choice":
            if text not in self._codes():
                raise NotStorable("请选一个")
            return text
        if self.kind == "list":
            return self._list(entries_of(text))
        if self.kind == "sentences":
            lines = (line.strip() for line in plain(text).split("\n"))
            return self._list(tuple(dict.fromkeys(line for line in lines if line)))
        return self._text(text)

    def drawn(self, typed: Typed, wrong: Wrong, name: str = "") -> dict[str, Any]:
        """What the part `field` needs. `name` is the whole name of a row's cell."""
        name = name or self.name
        values = typed.get(name, ())
        kinds = {"line": "text", "words": "textarea", "list": "textarea", "sentences": "textarea"}
        kinds |= {"whole": "number", "choice": "select", "choices": "checkboxes", "flag": "checkbox"}
        return {
            "name": name,
            "id": id_of(name),
            "label": "" if self.kind == "flag" else self.label,
            "kind": kinds[self.kind],
            "value": list(values) if self.kind in ("choices", "flag") else values[0] if values else "",
            "options": [(ON, self.label)] if self.kind == "flag" else self._options(),
            "hint": self.hint,
            "error": wrong.get(name, ""),
            "tall": self.tall,
            "size": self.size,
        }

    def _options(self) -> list[tuple[str, str]]:
        return [(str(c), str(label)) for c, label in self.words.choices] if self.words else list(self.options)

    def _codes(self) -> list[str]:
        return [code for code, _ in self._options()]

    def _text(self, text: str) -> str:
        text = plain(text)
        if self.kind == "line":
            text = re.sub(r"[\n\t]+", " ", text)
        if len(text) > self.most:
            raise NotStorable(f"最多 {self.most} 个字，现在是 {len(text)} 个")
        return text

    def _list(self, entries: tuple[str, ...]) -> tuple[str, ...]:
        if long := next((entry for entry in entries if len(entry) > self.most), ""):
            raise NotStorable(f"“{long[:8]}…”太长，每一个最多 {self.most} 个字")
        return entries

    def _whole(self, text: str) -> int:
        digits = unicodedata.normalize("NFKC", plain(text))
        if not re.fullmatch(r"[0-9]{1,9}", digits):
            said = f"，现在是“{digits[:12]}”" if digits else ""
            raise NotStorable(f"要填 {self.low} 到 {self.most} 的整数{said}")
        if not self.low <= int(digits) <= self.most:
            raise NotStorable(f"要在 {self.low} 到 {self.most} 之间，现在是 {digits}")
        return int(digits)


def plain(text: str) -> str:
    """Without signs nobody sees and without space around it."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def entries_of(text: str) -> tuple[str, ...]:
    """One entry a line; 、 and ； divide as well. None is empty, none stands twice."""
    return tuple(dict.fromkeys(entry for part in _BETWEEN.split(plain(text)) if (entry := part.strip())))


def one_entry(text: str) -> str:
    """An entry of a list in a field of its own: it must not fall into two later."""
    return re.sub(r"[\n\t]+", " ", plain(text)).replace(";", "；")


def id_of(name: str) -> str:
    """The id of the field of this name: `materials.0.name` -> `f-materials-0-name`."""
    return f"f-{name.replace('.', '-')}"


def told(cells: Iterable[Cell], value: Any) -> dict[str, list[str]]:
    """The attributes of `value` these cells are called after, as they stand in the form."""
    return {cell.name: cell.told(getattr(value, cell.name)) for cell in cells}


def read(
    cells: Iterable[Cell], typed: Typed, wrong: Wrong, before: Any = None, prefix: str = ""
) -> dict[str, Any]:
    """The values of these cells; what cannot be kept is named in `wrong` and left out."""
    values = {}
    for cell in cells:
        name = f"{prefix}{cell.name}"
        try:
            values[cell.name] = cell.read(typed.get(name, ()), getattr(before, cell.name, None))
        except NotStorable as problem:
            wrong[name] = str(problem)
    return values


def _in_order(chosen: Iterable[str], before: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """What was ticked before stays in its order; what is new follows. Unknown words are nobody's choice."""
    ticked = set(chosen)
    kept = [word for word in before if word in ticked]
    return tuple(dict.fromkeys([*kept, *(word for word in known if word in ticked)]))

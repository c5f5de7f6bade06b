"""Columns that hold one of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class Choice(Text):
    """A word from a list. The labels stay out of migrations: rewording one changes no table."""

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        options.pop("choices", None)
        return name, path, args, options

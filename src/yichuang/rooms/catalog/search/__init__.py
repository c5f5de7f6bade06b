"""Finding an item by what people type. How it works: docs/search.md."""

from .index import WEAK, Entry, Hit, Index, Suggestion

__all__ = ["WEAK", "Entry", "Hit", "Index", "Suggestion"]

"""Finding an item by what people type. How it works: docs/search.md."""

from .index import Hit, Index

__all__ = ["Hit", "Index"]

"""Who may change what in the catalogue."""

from __future__ import annotations


def may_edit(own_office: str, item_office: str) -> bool:
    """An editor of an office edits that office's items only; an editor of the town (no office) all of them."""
    return not own_office or own_office == item_office

"""The verbs of the catalogue: writing a version, publishing it, and what residents leave behind without a name."""

from __future__ import annotations

from .drafts import add_item, begin_draft, discard, save_draft
from .keeping import answer_guide, check_basis, save_list
from .listening import dismiss_unfound, note_unfound, settle_unfound
from .versions import propose, publish, retire, send_back, take_effect

__all__ = [
    "add_item",
    "answer_guide",
    "begin_draft",
    "check_basis",
    "discard",
    "dismiss_unfound",
    "note_unfound",
    "propose",
    "publish",
    "retire",
    "save_draft",
    "save_list",
    "send_back",
    "settle_unfound",
    "take_effect",
]

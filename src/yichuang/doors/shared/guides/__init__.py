"""The guide of an item, as every door draws it: page and phone, A4 paper, kiosk, and an editor's unfinished draft.

`facts` makes the context of `guides/body.html` from plain values; it asks no database and lives with empty texts.
The page links `guides/guide.css`; a page where the answers are to be followed at once also `guides/guide.js`.
"""

from .facts import facts
from .situation import Situation, situation

__all__ = ["Situation", "facts", "situation"]

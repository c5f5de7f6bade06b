"""让大家知道：posters, board sheets, broadcasts, articles and videos, all composed from the published versions.

Everything here is pure: items, offices and hours are passed in; nothing is typed by hand or kept.
"""

from .article import Article, article
from .sheets import board_facts, poster_facts
from .subject import Hall, Paper, Subject, of_bundle, of_item
from .talk import broadcast, seconds, signs
from .video import Scene, video

__all__ = [
    "Article",
    "Hall",
    "Paper",
    "Scene",
    "Subject",
    "article",
    "board_facts",
    "broadcast",
    "of_bundle",
    "of_item",
    "poster_facts",
    "seconds",
    "signs",
    "video",
]

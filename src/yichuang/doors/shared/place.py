"""What every page knows about where it is: town, person, elder mode, language, demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from yichuang.ground import clock, towns
from yichuang.ground.secrets import new_token

ELDER_SIZES = range(18, 31)
LANGUAGES = ("zh", "en")
CHINESE_ONLY = ("/office/", "/desk/", "/board/", "/screen/")  # doors where those who work here stand


def language(request: HttpRequest) -> str:
    """zh, or en where somebody chose it on a page of the portal or the kiosk."""
    if request.path.startswith(CHINESE_ONLY):
        return "zh"
    chosen = request.COOKIES.get("lang", "")
    return chosen if chosen in LANGUAGES else "zh"


def place(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. `client_key` makes a form's second press the same request."""
    who = getattr(request, "who", None)
    elder = request.COOKIES.get("elder", "")
    return {
        "town": _town(request),
        "who": who,
        "now": clock.now(),
        "demo": settings.DEMO,
        "elder": int(elder) if elder.isdigit() and int(elder) in ELDER_SIZES else 0,
        "lang": language(request),
        "client_key": new_token(),
    }


def _town(request: HttpRequest) -> towns.Town | None:
    """The town of who asks; the gate has read it already, unless they stand at the address of another."""
    who, read = getattr(request, "who", None), getattr(request, "town", None)
    if who is None:
        return read or towns.Town.objects.first()
    return read if read and read.pk == who.town_id else towns.Town.objects.filter(pk=who.town_id).first()

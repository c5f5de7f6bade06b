"""What every page knows about where it is: town, person, elder mode, demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from yichuang.ground import clock, towns
from yichuang.ground.secrets import new_token

ELDER_SIZES = range(18, 31)


def place(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. `client_key` makes a form's second press the same request."""
    who = getattr(request, "who", None)
    elder = request.COOKIES.get("elder", "")
    return {
        "town": towns.Town.objects.filter(pk=who.town_id).first() if who else towns.Town.objects.first(),
        "who": who,
        "now": clock.now(),
        "demo": settings.DEMO,
        "elder": int(elder) if elder.isdigit() and int(elder) in ELDER_SIZES else 0,
        "client_key": new_token(),
    }

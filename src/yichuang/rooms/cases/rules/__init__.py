"""Pure decisions about cases: what is still owed, what a form may hold, the promise, the route, and who may decide."""

from __future__ import annotations

from .forms import (
    Known,
    answered_before,
    checked_answers,
    checked_fields,
    known_fields,
    proxy_answers,
    unfilled,
)
from .papers import Brought, named, owed, recognised, said
from .promises import Light, Promise, is_deemed_accepted, light, promise
from .route import Acting, PlannedTask, objection, route

__all__ = [
    "Acting",
    "Brought",
    "Known",
    "Light",
    "PlannedTask",
    "Promise",
    "answered_before",
    "checked_answers",
    "checked_fields",
    "is_deemed_accepted",
    "known_fields",
    "light",
    "named",
    "objection",
    "owed",
    "promise",
    "proxy_answers",
    "recognised",
    "route",
    "said",
    "unfilled",
]

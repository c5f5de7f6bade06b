"""Every route of the house, read from the router: what the authorisation matrix must know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from yichuang.doors.shared.gate import Audience, audience_of


@dataclass(frozen=True)
class Route:
    """One address and one method."""

    method: str
    path: str  # /guide/<str:code>
    audience: Audience | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes() -> list[Route]:
    """Every route, machine operations by their own methods, pages by the methods they declare."""
    return sorted(_below(get_resolver(), "/"), key=lambda route: (route.path, route.method))


def _below(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, path)
        elif isinstance(pattern, URLPattern):
            for method in _methods(pattern.callback):
                yield Route(method, path, audience_of(pattern.callback, method))


def _methods(view: Any) -> list[str]:
    operations = getattr(getattr(view, "__self__", None), "operations", None)
    if operations:
        return sorted({method for operation in operations for method in operation.methods})
    return list(getattr(view, "methods", ("GET", "POST")))

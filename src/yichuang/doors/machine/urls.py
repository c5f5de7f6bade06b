"""Addresses of the machine door: every path of the API, its description, and a 404 in JSON for all the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import path, re_path, register_converter

from . import views
from .api import api


class Row:
    """The number of a row."""

    regex = "[0-9]{1,18}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


class Place:
    """The number of a window."""

    regex = "[0-9]{1,4}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


class Word:
    """A case number, a code or a token."""

    regex = "[-._~0-9A-Za-z]{1,100}"
    to_python = staticmethod(str)
    to_url = staticmethod(str)


register_converter(Row, "row")
register_converter(Place, "place")
register_converter(Word, "word")

from . import (  # noqa: E402  each registers its calls
    calendar,  # noqa: F401
    cases,  # noqa: F401
    catalog,  # noqa: F401
    feedback,  # noqa: F401
    figures,  # noqa: F401
    hall,  # noqa: F401
    issuing,  # noqa: F401
    reviews,  # noqa: F401
    sessions,  # noqa: F401
    signing,  # noqa: F401
    tracking,  # noqa: F401
    trail,  # noqa: F401
)


def _operations() -> Iterator[Any]:
    """The paths of the API. Each view shows its operations, so that the Gate sees whom they are for."""
    for group in api._get_bound_routers():
        for route, path_view in group.path_operations.items():
            view: Any = path_view.get_view()
            view.operations = path_view.operations
            yield path("api/v1" + route.replace("{", "<").replace("}", ">"), view)


urlpatterns = [
    *_operations(),
    path("api/v1/openapi.json", views.openapi),
    re_path(r"^api/", views.unknown),
]

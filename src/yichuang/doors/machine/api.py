"""The API as a whole: its routers, and how what goes wrong is told (RFC 9457).

Who may call, the town, idempotency and refusals are the Gate's work (doors/shared/gate.py); an operation says whom it
is for with `audience`, below the router's own decorator.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from yichuang import __version__
from yichuang.doors.shared.gate import problem
from yichuang.ground.refusals import Refused

from .mistakes import fields_of

ABOUT = (
    "一窗的机器接口。时间一律带时区（RFC 3339）；出错时给 application/problem+json，`detail` 说哪里不对，"
    "`next` 说怎么办，`fields` 逐项说哪个输入不对。每个 POST 都可以带 `Idempotency-Key`：同一个键、同样的内容"
    "得到同样的回答，内容不同则 422。别的镇的东西一律 404。"
)


class PlainParser(Parser):
    """JSON as RFC 8259 has it, without signs that no text column can keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            told = json.loads(request.body.decode("utf-8"), parse_constant=_not_json)
        except (ValueError, RecursionError) as broken:
            raise Refused("bad_json") from broken
        _refuse_odd_signs(told)
        return told

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        told = super().parse_querydict(data, list_fields, request)
        _refuse_odd_signs({name: value for name, value in told.items() if isinstance(value, str | list)})
        return told


def _not_json(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _refuse_odd_signs(told: Any) -> None:
    """NUL and half characters (lone surrogates) are nobody's writing and would break the database's text columns."""
    if isinstance(told, str):
        if "\x00" in told or any("\ud800" <= sign <= "\udfff" for sign in told):
            raise Refused("odd_signs")
    elif isinstance(told, dict):
        for name, value in told.items():
            _refuse_odd_signs(name)
            _refuse_odd_signs(value)
    elif isinstance(told, list):
        for each in told:
            _refuse_odd_signs(each)


api = NinjaAPI(
    title="一窗 Yichuang",
    version=__version__,
    description=ABOUT,
    urls_namespace="machine",
    openapi_url=None,
    docs_url=None,
    parser=PlainParser(),
)


def router(tag: str) -> Router:
    """A group's router; the group registers itself under its Chinese name."""
    made = Router(tags=[tag])
    api.add_router("", made)
    return made


@api.exception_handler(ValidationError)
def _input_is_wrong(request: HttpRequest, wrong: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(wrong, ValidationError)
    fields = fields_of(wrong.errors)
    return problem(Refused("bad_input", what="、".join(fields), fields=fields))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, missing: Http404 | type[Http404]) -> HttpResponse:
    return problem(Refused("not_found"))


@api.exception_handler(HttpError)
def _not_readable(request: HttpRequest, wrong: HttpError | type[HttpError]) -> HttpResponse:
    if isinstance(wrong.__cause__, Refused):
        raise wrong.__cause__
    return problem(Refused("bad_json"))


@api.exception_handler(RawPostDataException)
def _not_json_at_all(request: HttpRequest, wrong: Any) -> HttpResponse:
    return problem(Refused("bad_json"))

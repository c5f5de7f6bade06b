"""What the API says about itself: its OpenAPI 3.1 document; and that a path is unknown."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja.openapi.schema import get_schema

from yichuang.doors.shared.gate import Audience, audience
from yichuang.ground.refusals import Refused

from .api import api

PROBLEM = {
    "type": "object",
    "description": "哪里不对、怎么办（RFC 9457）。",
    "required": ["type", "title", "status", "code", "detail", "next"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:yichuang:refusal:materials_missing"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "固定不变的代号，程序按它判断"},
        "detail": {"type": "string", "description": "哪里不对，一句话"},
        "next": {"type": "string", "description": "下一步怎么办"},
        "fields": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "逐项：输入名和哪里不对",
        },
    },
}
BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "工作人员用 POST /sessions 得到的令牌，或设备登记时给的令牌。",
}
ONCE_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
    "description": "重发同一个请求时用同一个键：只办一次，回答相同。",
}


@audience("public")
def openapi(request: HttpRequest) -> HttpResponse:
    """接口说明（OpenAPI 3.1）。"""
    return HttpResponse(document(), content_type="application/json; charset=utf-8")


@csrf_exempt
@audience("public")
def unknown(request: HttpRequest) -> HttpResponse:
    """Any other path under /api."""
    raise Refused("path_unknown")


@cache
def document() -> str:
    """The OpenAPI document as text; it is the same until the program changes."""
    told: dict[str, Any] = dict(get_schema(api, path_prefix="/api/v1"))
    components = told["components"]
    components["schemas"]["Problem"] = PROBLEM
    components["securitySchemes"] = {"bearer": BEARER}
    components["responses"] = {
        "Problem": {
            "description": "办不了：`detail` 说哪里不对，`next` 说怎么办",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    }
    for group in api._get_bound_routers():
        for view in group.path_operations.values():
            for operation in view.operations:
                for method in operation.methods:
                    _complete(told, operation, method)
    return json.dumps(told, ensure_ascii=False, default=str)


def _complete(told: dict[str, Any], operation: Any, method: str) -> None:
    """Whom an operation is for, its key, and its refusals: what ninja does not know."""
    allowed: Audience = operation.view_func.audience
    name = api.get_openapi_operation_id(operation)
    shown = next(
        each[method.lower()]
        for each in told["paths"].values()
        if method.lower() in each and each[method.lower()]["operationId"] == name
    )
    shown["x-audience"] = sorted(allowed.roles)
    if "public" not in allowed.roles:
        shown["security"] = [{"bearer": []}]
    if method == "POST" and allowed.keep_answer:
        shown["parameters"] = [*shown.get("parameters", []), ONCE_KEY]
    shown["responses"]["default"] = {"$ref": "#/components/responses/Problem"}

"""Whatever goes wrong is told as problem+json; the description is complete."""

from __future__ import annotations

import json

import pytest

from .make import anybody


@pytest.fixture
def caller(town):
    return anybody(town)


def told(answer, status, code):
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    body = answer.json()
    assert body["code"] == code and body["status"] == status
    assert body["detail"] and body["next"] and body["type"].endswith(code)
    return body


def test_an_unknown_path(caller):
    told(caller.get("/nothing/here"), 404, "path_unknown")
    told(caller.post("/nothing/here", {}), 404, "path_unknown")
    told(caller.client.get("/api/v1/"), 404, "path_unknown")
    told(caller.client.get("/api/v1/docs"), 404, "path_unknown")


def test_a_method_the_path_does_not_have(caller):
    answer = caller.post("/workdays/add", {})
    told(answer, 405, "method_unknown")
    assert answer["Allow"] == "GET"


@pytest.mark.parametrize("body", ["{", "", "nul", '{"username": NaN}', "[" * 100_000, "\udce4"])
def test_json_that_is_none(caller, body):
    answer = caller.client.post(
        "/api/v1/sessions", body.encode("utf-8", "surrogateescape"), content_type="application/json"
    )
    if body:
        told(answer, 400, "bad_json")
    else:
        assert told(answer, 422, "bad_input")["fields"] == {"body": "请填写"}


def test_a_form_where_json_belongs(caller):
    told(caller.send("/sessions", username="xiaowang"), 400, "bad_json")
    told(caller.send("/sessions", key="a-key", username="xiaowang"), 400, "bad_json")


def test_a_broken_multipart(caller):
    answer = caller.client.post(
        "/api/v1/sessions",
        b"--x",
        content_type="multipart/form-data; boundary=",
        headers={"Idempotency-Key": "k"},
    )
    told(answer, 400, "bad_request")


@pytest.mark.parametrize("sign", ["\x00", "\ud800"])
def test_signs_that_no_table_keeps(caller, sign):
    body = json.dumps({"username": f"小{sign}王", "password": "x"})
    answer = caller.client.post("/api/v1/sessions", body, content_type="application/json")
    told(answer, 422, "odd_signs")


def test_a_body_that_is_too_large(caller):
    told(caller.post("/sessions", {"username": "大" * 2_000_000, "password": "x"}), 413, "request_too_large")


def test_every_call_says_whom_it_is_for_and_how_it_refuses(caller):
    document = caller.get("/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    for path, methods in document["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in methods.values():
            assert operation["x-audience"], path
            assert operation["responses"]["default"]["$ref"].endswith("/Problem")
            assert ("security" in operation) == ("public" not in operation["x-audience"])
            assert any("\u4e00" <= sign <= "\u9fff" for sign in operation["summary"]), path

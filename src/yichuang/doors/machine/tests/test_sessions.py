"""登录：令牌、锁定、别的镇。"""

from __future__ import annotations

import datetime

import pyotp

from yichuang.ground import clock
from yichuang.ground.towns import within
from yichuang.rooms.people.models import Staff

from .make import PASSWORD, Caller, anybody, employed, linhu


def enter(town, **told):
    return anybody(town).post("/sessions", {"username": "xiaowang", "password": PASSWORD, **told})


def test_the_token_opens_what_the_duty_opens(town):
    employed(town, "xiaowang", "auditor")
    answer = enter(town)
    assert answer.status_code == 201
    told = answer.json()
    assert told["roles"] == ["auditor"]
    expires = datetime.datetime.fromisoformat(told["expires_at"])
    assert expires.utcoffset() == datetime.timedelta(hours=8) and expires > clock.now()
    assert Caller(town, told["token"]).get("/trail/check").status_code == 200


def test_without_a_token_a_closed_call_asks_to_sign_in(town):
    answer = anybody(town).get("/trail/check")
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_first")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_forged_token_is_nobody(town):
    assert Caller(town, "staff.1.1.1:forged").get("/trail/check").status_code == 401


def test_another_duty_has_no_right(town):
    answer = employed(town, "xiaowang", "clerk").get("/trail/check")
    assert (answer.status_code, answer.json()["code"]) == (403, "no_right")


def test_five_wrong_tries_lock_even_though_each_was_refused(town):
    employed(town, "xiaowang", "clerk")
    for _ in range(5):
        assert enter(town, password="不对").status_code == 401
    assert enter(town).status_code == 429


def test_the_second_factor_counts_when_it_is_given(town):
    employed(town, "xiaowang", "clerk")
    with within(town):
        secret = Staff.objects.get(username="xiaowang").totp_secret
    right = pyotp.TOTP(secret).at(clock.now())
    wrong = f"{(int(right) + 1) % 1000000:06}"
    assert enter(town, totp=right).status_code == 201
    assert enter(town, totp=wrong).status_code == 401


def test_a_name_of_another_town_is_unknown_here_unless_its_town_is_named(town):
    other = linhu()
    employed(other, "xiaowang", "clerk")
    assert enter(town).status_code == 401
    assert enter(town, username=f"xiaowang@{other.key}").status_code == 201


def test_an_answer_with_a_token_is_never_kept(town):
    employed(town, "xiaowang", "clerk")
    body = {"username": "xiaowang", "password": PASSWORD}
    first = anybody(town).post("/sessions", body, key="a-key")
    again = anybody(town).post("/sessions", body, key="a-key")
    assert (first.status_code, again.status_code) == (201, 201)
    assert "Idempotent-Replay" not in again


def test_what_is_missing_is_named_in_chinese(town):
    answer = anybody(town).post("/sessions", {"username": ""})
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"username": "请填写", "password": "请填写"}

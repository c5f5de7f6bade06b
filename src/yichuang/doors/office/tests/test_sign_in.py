"""登录、退出、工作台。"""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
import pytest
from django.test import Client

from yichuang.doors.shared import sign_in
from yichuang.ground import clock, towns
from yichuang.ground.tests.make import a_town
from yichuang.rooms.people import actions
from yichuang.rooms.people.actions import Employment
from yichuang.rooms.people.tests.make import PASSWORD, a_clerk

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=clock.TOWN_TIME)
PAGE = "/office/sign-in/"


@pytest.fixture
def town(db):
    sign_in.forget()
    with clock.frozen(NINE):
        yield a_town()
    sign_in.forget()


@pytest.fixture
def browser(town):
    return Client(HTTP_HOST=f"{town.key}.localhost")


@pytest.fixture
def clerk(town):
    with towns.within(town):
        return a_clerk()


def enter(browser, **typed):
    return browser.post(PAGE, {"username": "xiaowang", "password": PASSWORD, **typed})


def test_xiaowang_signs_in_and_comes_to_her_home(browser, clerk):
    answer = enter(browser)
    assert (answer.status_code, answer["Location"]) == (302, "/office/")
    page = browser.get("/office/").content.decode()
    assert "王晓梅，您好" in page and 'href="/desk/"' in page and 'href="/office/figures/"' not in page


def test_the_cookie_is_hidden_from_scripts_and_ends_with_the_day(browser, clerk):
    cookie = enter(browser).cookies[sign_in.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 12 * 3600


def test_a_wrong_password_keeps_the_name_and_not_the_password(browser, clerk):
    answer = enter(browser, password="错的密码", next="/desk/")
    page = answer.content.decode()
    assert answer.status_code == 401 and sign_in.COOKIE not in answer.cookies
    assert 'value="xiaowang"' in page and "错的密码" not in page and 'value="/desk/"' in page
    assert "用户名、密码或动态码不对" in page and "连续错 5 次" in page


def test_wrong_tries_survive_their_refusal_and_lock_the_account(browser, clerk):
    for _ in range(5):
        assert enter(browser, password="x").status_code == 401
    answer = enter(browser)
    assert answer.status_code == 429 and "10 分钟" in answer.content.decode()
    with clock.frozen(NINE + timedelta(minutes=10)):
        assert enter(browser).status_code == 302


def test_a_code_that_is_given_must_be_right(browser, clerk):
    right = pyotp.TOTP(clerk.totp_secret).at(NINE)
    wrong = "000000" if right != "000000" else "111111"
    assert enter(browser, totp=wrong).status_code == 401
    assert enter(browser, totp=right).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"username": ""}, "请填用户名"),
        ({"password": ""}, "请填密码"),
        ({"totp": "12a"}, "动态码是 6 位数字"),
    ],
)
def test_what_is_left_out_is_named(browser, clerk, typed, sentence):
    answer = enter(browser, **typed)
    assert answer.status_code == 422 and sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("wanted", "gone_to"),
    [
        ("/desk/?a=1", "/desk/?a=1"),
        ("https://evil.example/", "/office/"),
        ("//evil.example/", "/office/"),
        ("/\\evil.example/", "/office/"),
        ("desk/", "/office/"),
        ("/office/sign-in/", "/office/"),
        ("javascript:alert(1)", "/office/"),
        ("", "/office/"),
    ],
)
def test_it_goes_on_to_a_page_of_ours_only(browser, clerk, wanted, gone_to):
    assert enter(browser, next=wanted)["Location"] == gone_to


def test_who_is_turned_away_comes_back_after_signing_in(browser, clerk):
    turned = browser.get("/office/?a=1")
    assert turned.status_code == 302 and turned["Location"] == "/office/sign-in/?next=%2Foffice%2F%3Fa%3D1"
    page = browser.get(turned["Location"]).content.decode()
    assert 'name="next" value="/office/?a=1"' in page


def test_a_name_with_a_town_signs_in_there(browser, town):
    elsewhere = a_town()
    with towns.within(elsewhere):
        outsider = a_clerk("wairen")
    assert enter(browser, username="wairen").status_code == 401
    answer = enter(browser, username=f"wairen@{elsewhere.key}")
    assert answer.status_code == 302
    who = sign_in.principal(answer.cookies[sign_in.COOKIE].value)
    assert (who.town_id, who.id) == (elsewhere.pk, outsider.pk)


def test_a_name_with_an_unknown_town_is_only_wrong(browser, clerk):
    assert enter(browser, username="xiaowang@nowhere").status_code == 401


def test_signing_out_ends_it_and_a_plain_link_only_asks(browser, clerk):
    enter(browser)
    assert browser.get("/office/sign-out/").status_code == 200
    assert browser.get("/office/").status_code == 200
    assert browser.post("/office/sign-out/")["Location"] == "/office/sign-in/?out=1"
    assert browser.get("/office/").status_code == 302
    assert "已经退出登录" in browser.get("/office/sign-in/?out=1").content.decode()


def test_the_sign_in_page_says_who_is_signed_in(browser, clerk):
    enter(browser)
    assert "现在登录着：王晓梅" in browser.get(PAGE).content.decode()


def test_a_form_of_another_site_is_refused(town, clerk):
    strict = Client(enforce_csrf_checks=True, HTTP_HOST=f"{town.key}.localhost")
    assert enter(strict).status_code == 403


@pytest.mark.parametrize(
    ("role", "link", "hidden"),
    [
        ("reviewer", "/desk/review/", "/desk/sign/"),
        ("village_head", "/desk/sign/", "/desk/review/"),
        ("supervisor", "/office/figures/", "/desk/review/"),
        ("admin", "/office/letters/", "/office/figures/"),
    ],
)
def test_home_shows_what_the_duty_needs(browser, town, role, link, hidden):
    with towns.within(town):
        actions.employ(employment=Employment("someone", "陈志远", (role,)), password=PASSWORD)
    enter(browser, username="someone")
    page = browser.get("/office/").content.decode()
    assert f'href="{link}"' in page and f'href="{hidden}"' not in page
    for shown in ("/kiosk/", "/board/", "/office/components/", "/sent/"):
        assert f'href="{shown}"' in page


def test_outside_the_demo_nothing_points_to_the_fakes(browser, clerk, settings):
    settings.DEMO = False
    enter(browser)
    page = browser.get("/office/").content.decode()
    assert "/sent/" not in page and "这是演示" not in page

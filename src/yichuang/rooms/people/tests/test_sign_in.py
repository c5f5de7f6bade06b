"""登录。"""

from __future__ import annotations

import datetime

import pyotp
import pytest

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.ground.tests.make import a_town
from yichuang.rooms.people import actions
from yichuang.rooms.people.tests.make import PASSWORD, a_clerk

NINE = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=clock.now().tzinfo)


@pytest.fixture
def clerk(db):
    with towns.within(a_town()), clock.frozen(NINE):
        yield a_clerk()


def refused(**tried) -> Refused:
    with pytest.raises(Refused) as caught:
        actions.sign_in(**{"username": "xiaowang", "password": PASSWORD, **tried})
    return caught.value


def test_the_right_password_signs_in(clerk):
    assert actions.sign_in(username="xiaowang", password=PASSWORD) == clerk


def test_a_wrong_password_and_an_unknown_name_say_the_same(clerk):
    assert refused(password="x").code == refused(username="nobody").code == "sign_in_wrong"


def test_a_code_that_is_given_must_be_right(clerk):
    right = pyotp.TOTP(clerk.totp_secret).at(NINE)
    assert actions.sign_in(username="xiaowang", password=PASSWORD, totp=right) == clerk
    assert refused(totp="000000" if right != "000000" else "111111").code == "sign_in_wrong"


def test_five_wrong_tries_lock_the_account_for_ten_minutes(clerk):
    for _ in range(5):
        assert refused(password="x").code == "sign_in_wrong"
    assert refused().code == "sign_in_locked"
    with clock.frozen(NINE + datetime.timedelta(minutes=11)):
        assert actions.sign_in(username="xiaowang", password=PASSWORD) == clerk


def test_a_good_sign_in_forgets_the_wrong_tries(clerk):
    for _ in range(3):
        for _ in range(4):
            refused(password="x")
        assert actions.sign_in(username="xiaowang", password=PASSWORD) == clerk


def test_somebody_who_has_left_cannot_sign_in(clerk):
    clerk.is_active = False
    clerk.save()
    assert refused().code == "sign_in_wrong"


def test_each_try_leaves_a_trace(clerk):
    refused(password="x")
    actions.sign_in(username="xiaowang", password=PASSWORD)
    kinds = [event.kind for event in trail.told_of(clerk)]
    assert kinds == ["people.staff_employed", "people.sign_in_refused", "people.signed_in"]


def test_check_pin_knows_the_right_pin_only(clerk):
    actions.check_pin(staff=clerk, pin="246810")
    with pytest.raises(Refused, match="pin_wrong"):
        actions.check_pin(staff=clerk, pin="000000")


def test_end_all_sessions_raises_the_epoch(clerk):
    before = clerk.epoch
    actions.end_all_sessions(staff=clerk, by=clerk)
    clerk.refresh_from_db()
    assert clerk.epoch == before + 1

"""评价页。"""

from __future__ import annotations

from datetime import timedelta

import pytest

from yichuang.doors.shared import sign_in
from yichuang.ground import clock
from yichuang.rooms.cases.tests import make
from yichuang.rooms.feedback.models import Rating
from yichuang.rooms.feedback.queries import invitation_of
from yichuang.rooms.hall.tests.make import a_kiosk
from yichuang.rooms.people.actions import enrol_device

from .after import a_closed_case, a_visit, nobody, shown


@pytest.fixture
def town(db):
    with make.in_a_town(always_open=True) as town:
        yield town


@pytest.fixture
def address(town):
    return f"/rate/{invitation_of(a_visit())}"


def test_five_faces_with_words_and_no_name_asked(town, address):
    page = shown(nobody(town), address)
    words = ("非常<wbr>满意", "满意", "基本<wbr>满意", "不满意", "非常<wbr>不满意")
    places = [page.index(f"<span>{word}</span>") for word in words]
    assert places == sorted(places) and "不记名" in page and "不评了" in page
    assert 'name="name"' not in page and 'name="phone"' not in page


def test_a_plain_rating_is_one_face_and_one_button(town, address):
    browser = nobody(town)
    answer = browser.post(address, {"grade": "5"})
    assert answer["Location"] == f"{address}?thanks=1"
    assert "谢谢您，记下了" in shown(browser, answer["Location"])
    assert (Rating.objects.get().grade, Rating.objects.get().channel) == (5, "link")


def test_reasons_and_words_go_along(town, address):
    nobody(town).post(
        f"{address}?by=sms", {"grade": "1", "reasons": ["waited", "kind"], "words": "等了一上午\x00"}
    )
    rating = Rating.objects.get()
    assert (rating.reasons, rating.words, rating.channel) == (["waited"], "等了一上午", "sms")


def test_one_service_is_rated_once(town, address):
    nobody(town).post(address, {"grade": "2"})
    page = shown(nobody(town), address)
    assert "这次服务已经评过了" in page and "不满意" not in page
    assert "已经评过了" in nobody(town).post(address, {"grade": "5"}).content.decode()
    assert Rating.objects.get().grade == 2


def test_a_second_press_is_the_same_rating(town, address):
    browser = nobody(town)
    for _ in range(2):
        answer = browser.post(address, {"grade": "4", "client_key": "one-form"})
        assert answer["Location"] == f"{address}?thanks=1"
    assert Rating.objects.count() == 1


@pytest.mark.parametrize("grade", ["", "0", "6", "五"])
def test_without_a_face_nothing_is_lost(town, address, grade):
    answer = nobody(town).post(address, {"grade": grade, "words": "人很好"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "还没有选满意不满意" in page and "人很好" in page
    assert Rating.objects.count() == 0


def test_words_that_are_too_long_stay_on_the_page(town, address):
    answer = nobody(town).post(address, {"grade": "3", "reasons": "waited", "words": "很" * 501})
    page = answer.content.decode()
    assert answer.status_code == 422 and "最多500个字" in page and 'value="3" checked' in page
    assert 'value="waited" checked' in page


def test_skipping_leaves_nothing_behind(town, address):
    assert "不评也没关系" in shown(nobody(town), f"{address}?skip=1")
    assert Rating.objects.count() == 0


def test_a_case_is_rated_by_its_own_invitation(town):
    case = a_closed_case()
    page = shown(nobody(town), f"/rate/{invitation_of(case)}")
    assert case.number in page and "李" not in page


def test_a_service_that_goes_on_and_one_long_ago_are_refused_in_words(town, address):
    with clock.frozen(make.MONDAY + timedelta(days=31)):
        assert "已经过了30天" in shown(nobody(town), address, 410)
    going_on = invitation_of(a_visit(until="serving"))
    assert "还没有办完" in shown(nobody(town), f"/rate/{going_on}", 409)


def test_an_invented_invitation_is_not_there(town):
    assert "没有找到这次服务" in shown(nobody(town), "/rate/t1-000000000000000000000000", 404)


def test_staff_may_not_rate_for_a_resident(town, address):
    browser = nobody(town)
    browser.cookies[sign_in.COOKIE] = sign_in.staff_token(make.a_clerk())
    assert "请办事人自己评" in shown(browser, address, 403)
    assert browser.post(address, {"grade": "5"}).status_code == 403
    assert Rating.objects.count() == 0


def test_the_rating_device_is_noted_as_such(town, address):
    device, token = enrol_device(kind="rater", name="4号窗口评价器", by=None)
    browser = nobody(town)
    browser.cookies[sign_in.COOKIE] = token
    browser.post(address, {"grade": "5"})
    assert Rating.objects.get().channel == "rater"
    assert device.pk and a_kiosk().pk

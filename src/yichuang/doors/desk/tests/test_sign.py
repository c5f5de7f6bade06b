"""The village head's signature: a link, a look, a signature."""

from __future__ import annotations

import gzip
import json

import pytest

from tests import cast
from yichuang.doors.desk.tests import make
from yichuang.rooms.cases.models import RouteTask
from yichuang.rooms.signing.models import SigningTask

STROKES = json.dumps({"width": 326, "height": 110, "strokes": [[[60, 40, 1], [160, 80, 2]], [[90, 20, 3]]]})


@pytest.fixture
def task(dawei, xiaowang) -> RouteTask:
    case = make.accepted(xiaowang, make.ALLOWANCE)
    return RouteTask.objects.get(item__case=case, status="open")


@pytest.fixture
def phone(task, zhao_shuji):
    return make.desk_of(zhao_shuji)


def opened(phone, task) -> SigningTask:
    assert phone.get(f"/desk/sign/{task.pk}/").status_code == 200
    return SigningTask.objects.get(task=task)


def told(signing: SigningTask, pin: str, **changes: str) -> dict[str, str]:
    return {"digest": signing.digest, "strokes": STROKES, "pin": pin, **changes}


def test_the_tray_names_what_waits(phone, task):
    shown = make.words(phone.get("/desk/sign/"))
    assert "1 份等您看" in shown and "高龄津贴，村初审" in shown and f"/desk/sign/{task.pk}/" in shown


def test_an_empty_tray_says_so(dawei, zhao_shuji):
    assert "没有要您签的" in make.words(make.desk_of(zhao_shuji).get("/desk/sign/"))


def test_opening_fixes_the_paper_and_shows_its_words(phone, task):
    shown = make.words(phone.get(f"/desk/sign/{task.pk}/"))
    signing = SigningTask.objects.get(task=task)
    assert signing.words in shown and f'value="{signing.digest}"' in shown
    assert "张守义，男，80 岁" in shown and "情况属实，同意上报" in shown
    sheet = phone.get(f"/desk/sign/{task.pk}/sheet.pdf")
    assert sheet.headers["Content-Type"] == "application/pdf" and sheet.content.startswith(b"%PDF-")


def test_signing_takes_strokes_and_pin(phone, task, zhao_shuji):
    signing = opened(phone, task)
    answer = phone.post(f"/desk/sign/{task.pk}/sign", told(signing, cast.pin_of(zhao_shuji)), follow=True)
    signing.refresh_from_db()
    assert signing.status == "signed" and signing.strokes.media_type == "image/png"
    assert "签好了：张守义" in make.words(answer) and "没有要您签的" in make.words(answer)
    assert "已签字" in make.words(phone.get(f"/desk/sign/{task.pk}/"))


def test_without_script_the_pin_alone_stands_under_the_statement(phone, task, zhao_shuji):
    signing = opened(phone, task)
    phone.post(f"/desk/sign/{task.pk}/sign", told(signing, cast.pin_of(zhao_shuji), strokes=""))
    signing.refresh_from_db()
    assert signing.status == "signed" and signing.strokes is None


def test_a_wrong_pin_is_refused_and_the_strokes_stay(phone, task):
    signing = opened(phone, task)
    answer = phone.post(f"/desk/sign/{task.pk}/sign", told(signing, "000000"))
    shown = make.words(answer)
    assert answer.status_code == 403 and "签字密码不对" in shown
    assert "[[60, 40, 1], [160, 80, 2]]" in shown and 'value="000000"' not in shown


def test_another_digest_and_a_replay_are_refused(phone, task, zhao_shuji):
    signing, pin = opened(phone, task), cast.pin_of(zhao_shuji)
    other = phone.post(f"/desk/sign/{task.pk}/sign", told(signing, pin, digest="0" * 64))
    assert other.status_code == 409 and "不是同一份文件" in make.words(other)
    assert phone.post(f"/desk/sign/{task.pk}/sign", told(signing, pin)).status_code == 302
    replay = phone.post(f"/desk/sign/{task.pk}/sign", told(signing, pin))
    assert replay.status_code == 409 and "已经签过了" in make.words(replay)


def test_strokes_that_cannot_be_drawn_are_refused(phone, task, zhao_shuji):
    signing = opened(phone, task)
    answer = phone.post(f"/desk/sign/{task.pk}/sign", told(signing, cast.pin_of(zhao_shuji), strokes="{}"))
    assert answer.status_code == 422 and "请重新写一遍名字" in make.words(answer)


def test_returning_needs_a_reason(phone, task):
    signing = opened(phone, task)
    answer = phone.post(f"/desk/sign/{task.pk}/return", {"reason": ""})
    assert answer.status_code == 422 and "退回没有写理由" in make.words(answer)
    assert "退回了：张守义" in make.words(
        phone.post(f"/desk/sign/{task.pk}/return", {"reason": "人不在本村。"}, follow=True)
    )
    signing.refresh_from_db()
    assert (signing.status, signing.reason) == ("returned", "人不在本村。")


def test_another_village_and_another_duty_find_nothing(task, xiaowang):
    other = make.desk_of(cast.staff("head-v05"))
    assert other.get(f"/desk/sign/{task.pk}/").status_code == 404
    assert other.post(f"/desk/sign/{task.pk}/sign", {}).status_code == 404
    assert other.get(f"/desk/sign/{task.pk}/sheet.pdf").status_code == 404
    assert make.desk_of(xiaowang).get("/desk/sign/").status_code == 403


def test_the_page_is_light_enough_for_a_village_road(phone, task):
    from django.conf import settings

    from yichuang.doors.shared.assets import collected

    files = collected()
    library = (settings.ASSETS / "static" / "vendor" / "signature_pad.umd.min.js").read_bytes()
    sent = [phone.get(f"/desk/sign/{task.pk}/").content, files["yichuang.css"], files["yichuang.js"]]
    sent += [files["desk/sign.css"], files["mark.svg"], library]
    assert sum(len(gzip.compress(each)) for each in sent) <= 50 * 1024

"""写短信。"""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

import pytest
from django.db import connection

from yichuang.ground import clock, files, towns, trail
from yichuang.ground.tests.make import a_town
from yichuang.lines.sms.line import LONGEST
from yichuang.rooms.feedback.queries import invitation_of
from yichuang.rooms.feedback.tests.make import a_case, a_clerk, an_item
from yichuang.rooms.issuing.models import Result
from yichuang.rooms.notices import actions, sweeps
from yichuang.rooms.notices.models import About, Message
from yichuang.rooms.notices.words import TEXTS

from .make import accepted, told

AT = datetime(2026, 11, 23, 10, 30, tzinfo=clock.TOWN_TIME)
LINK = "http://127.0.0.1:8000/track/"


@pytest.fixture
def case(db):
    with towns.within(a_town()), clock.frozen(AT):
        yield a_case(opened_at=AT)


def written(event, now=AT):
    return actions.compose(event=event, now=now)


def text_of(event) -> str:
    (message,) = written(event)
    return message.text


def a_result(case, item, status="ready"):
    paper = files.keep(b"%PDF-1.7", media_type="application/pdf", at=AT)
    return Result.objects.create(
        item=item,
        number=f"R{item.pk}",
        check_code=f"C{item.pk}",
        title="高龄津贴",
        document=paper,
        digest=paper.digest,
        issued_at=AT,
        issued_by=a_clerk(),
    )


def test_an_acceptance_tells_the_latest_promise(case):
    assert text_of(accepted(case, at=AT)) == (
        f"【试验镇一窗】您的办件{case.number}已受理，最迟12月3日办好。查进度：{LINK}{case.track_token}"
    )


def test_a_promise_that_may_still_move_is_called_expected(case):
    event = accepted(case, at=AT, promises={"MZ-001": "2027-01-06"}, provisional=True)
    assert "预计2027年1月6日办好" in text_of(event)


def test_an_acceptance_by_the_law_itself_is_told_and_so_is_a_promise_that_is_settled(case):
    event = told("cases.deemed_accepted", case, at=AT, names=["高龄津贴申领"], promised_by="12月3日")
    assert "已受理，最迟12月3日办好" in text_of(event)
    event = told("cases.promise_settled", case, at=AT, name="高龄津贴申领", promised_by="12月8日")
    assert "日子定了，最迟12月8日" in text_of(event)


def test_what_was_granted_at_the_window_needs_no_message(case):
    assert written(accepted(case, at=AT, granted=["MZ-001", "TY-002"])) == []


def test_a_correction_tells_how_many_papers_and_where_to_look(case):
    event = told("cases.correction_requested", case, at=AT, count=2, missing=["居民户口簿", "结婚证"])
    text = text_of(event)
    assert "还缺2份材料" in text and case.track_token in text and "户口簿" not in text


def test_a_refusal_is_told_and_an_agreeing_opinion_is_not(case):
    assert "没有办成" in text_of(told("cases.opinion_given", case, at=AT, refused=True))
    assert written(told("cases.opinion_given", case, at=AT, refused=False)) == []


def test_a_result_that_waits_is_told(case):
    a_result(case, an_item(case, "issued", at=AT))
    assert "结果出来了" in text_of(told("issuing.issued", case, at=AT))


def test_a_result_made_on_the_spot_is_handed_over_at_once(case):
    a_result(case, an_item(case, "issued", at=AT, mode="on_the_spot"))
    assert written(told("issuing.issued", case, at=AT)) == []


def handed_over(result, at):
    """The result in her hands, its item closed."""
    result.item.move("close")
    result.item.closed_at = at
    result.item.save()
    result.move("hand_over")
    result.delivered_at, result.delivered_by = at, a_clerk()
    result.receiver, result.receiver_last_four = "李桂芳", "1022"
    result.save()
    return told("issuing.handed_over", result, at=at)


def test_the_last_hand_over_invites_to_rate(case):
    first, last = (a_result(case, an_item(case, "issued", at=AT)) for _ in range(2))
    assert written(handed_over(first, AT)) == []
    assert f"/rate/{invitation_of(case)}?by=sms" in text_of(handed_over(last, AT))


def test_results_handed_over_together_invite_once(case):
    first, last = (a_result(case, an_item(case, "issued", at=AT)) for _ in range(2))
    events = [handed_over(first, AT), handed_over(last, AT)]
    assert [len(written(event)) for event in events] == [0, 1]


def test_nothing_else_is_written_about(case):
    assert written(told("cases.opened", case, at=AT)) == []


def test_one_event_is_told_to_one_person_once(case):
    event = accepted(case, at=AT)
    written(event)
    written(event)
    assert Message.objects.count() == 1


def test_who_acts_for_her_is_told_too(case):
    proxied = a_case(opened_at=AT, proxy_phone="13900000009", phone="13900000001")
    messages = written(accepted(proxied, at=AT))
    assert [(m.recipient, m.phone) for m in messages] == [
        ("applicant", "13900000001"),
        ("proxy", "13900000009"),
    ]


def test_one_phone_rings_once(case):
    proxied = a_case(opened_at=AT, proxy_phone="139 0000 0001", phone="13900000001")
    assert [message.recipient for message in written(accepted(proxied, at=AT))] == ["applicant"]


@pytest.mark.parametrize("phone", ["", "0551-65432100"])
def test_nobody_without_a_mobile_is_written_to(case, phone):
    assert written(accepted(a_case(opened_at=AT, phone=phone), at=AT)) == []


def test_old_news_is_no_news(case):
    event = accepted(case, at=AT)
    assert written(event, now=AT + timedelta(days=3, seconds=1)) == []
    assert len(written(event, now=AT + timedelta(days=3))) == 1


def test_a_message_names_no_person_and_no_item_and_is_short_enough():
    for text in TEXTS.values():
        assert set(re.findall(r"{(\w+)}", text)) <= {"number", "count", "limit", "date", "link"}
        assert len(text) < LONGEST - 150
    assert set(TEXTS) == set(About)


def test_the_phone_is_not_stored_in_the_clear(case):
    written(accepted(case, at=AT))
    with connection.cursor() as database:
        database.execute("select phone from notices_message")
        assert "13900000001" not in database.fetchone()[0]


def composed(town) -> int:
    """What the sweep writes once the trail is settled: other tests' transactions may hold the horizon for a moment."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with towns.within(town):
            if written := sweeps.compose(now=AT):
                return written
        time.sleep(0.05)
    return 0


def test_the_sweep_reads_on_where_it_stopped(committed):
    with towns.within(town := a_town()), clock.frozen(AT):
        case = a_case(opened_at=AT)
        accepted(case, at=AT)
    assert composed(town) == 1
    with towns.within(town):
        assert sweeps.compose(now=AT) == 0
        told("cases.opinion_given", case, at=AT, refused=True)
        assert sweeps.compose(now=AT) == 0, "not settled before it is committed"
    assert composed(town) == 1
    with towns.within(town):
        assert [message.about for message in Message.objects.order_by("pk")] == ["accepted", "refused"]


def test_an_event_that_cannot_be_told_does_not_silence_the_next(committed, caplog):
    with towns.within(town := a_town()), clock.frozen(AT):
        case = a_case(opened_at=AT)
        trail.record("cases.accepted", case, by=None, at=AT)  # without its promises
        accepted(case, at=AT)
    assert composed(town) == 1
    assert "could not be put into a message" in caplog.text

"""同意并签字：bound to what was shown, to the person, and to this once."""

from __future__ import annotations

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from yichuang.ground import clock, files, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.cases import actions as cases
from yichuang.rooms.cases.tests.make import (
    ELDER,
    MONDAY,
    PIN,
    a_head,
    a_reviewer,
    a_staff,
    bring_everything,
    in_a_town,
    open_task,
    open_tasks,
    submitted,
)
from yichuang.rooms.signing import actions, queries
from yichuang.rooms.signing.tests import make
from yichuang.rooms.signing.tests.make import text_of


def sign(task, signing, by, **changes):
    told = {"digest": signing.digest, "strokes": make.drawn(), "pin": PIN, **changes}
    return actions.sign(task=task, by=by, **told)


def test_it_agrees_in_the_name_of_the_village_and_the_route_goes_on(hall):
    task, signing, head = make.shown()
    signing = sign(task, signing, head)
    task.refresh_from_db()
    assert (signing.status, signing.signer, signing.signed_at) == ("signed", head, MONDAY)
    assert (task.status, task.verdict, task.by) == ("done", "agree", head)
    assert [each.place for each in open_tasks(task.item.case)] == ["农业农村", "民政和养老"]


def test_the_drawn_name_and_a_signed_copy_are_kept(hall):
    task, signing, head = make.shown()
    shown = files.content_of(signing.document)
    signing = sign(task, signing, head)
    assert files.content_of(signing.strokes) == make.drawn()
    assert files.content_of(signing.document) == shown, "what was shown stays as it was"
    assert files.content_of(signing.signed_document) not in (shown, b"")


def test_the_signed_copy_says_what_was_shown_whatever_came_since(hall):
    task, signing, head = make.shown()
    cases.add_document(case=task.item.case, paper=cases.Paper("租赁合同"), by=task.item.case.opened_by)
    signing = sign(task, signing, head)
    shown, copy = text_of(signing.document), text_of(signing.signed_document)
    assert "租赁合同" not in copy
    before_the_box = shown.index("请磨滩村核对以上情况。")
    assert copy[:before_the_box] == shown[:before_the_box]
    for said in (signing.digest, "签批人：赵德明", "情况属实，同意。", signing.words.replace("　", "")):
        assert said in copy, said


def test_a_name_drawn_on_a_page_comes_as_its_data_address(hall):
    task, signing, head = make.shown()
    address = "data:image/png;base64," + b64encode(make.drawn()).decode()
    assert files.content_of(sign(task, signing, head, strokes=address).strokes) == make.drawn()


def test_without_a_pad_the_pin_alone_signs(hall):
    assert sign(*make.shown(), strokes=None).strokes is None


def test_another_digest_than_the_one_shown_is_refused(hall):
    task, signing, head = make.shown()
    for digest in (sha256(b"another paper").hexdigest(), "", "葡萄", make.shown()[1].digest):
        with pytest.raises(Refused) as refused:
            sign(task, signing, head, digest=digest)
        assert (refused.value.code, refused.value.status) == ("digest_differs", 409)
    task.refresh_from_db()
    assert task.status == "open"


def test_a_paper_that_was_altered_on_the_disk_is_refused(hall):
    task, signing, head = make.shown()
    path = files.path_of(signing.document.digest)
    path.write_bytes(path.read_bytes() + b" ")
    try:
        with pytest.raises(Refused, match="document_altered"):
            sign(task, signing, head)
    finally:
        path.unlink()


def test_a_wrong_pin_is_refused(hall):
    task, signing, head = make.shown()
    with pytest.raises(Refused, match="pin_wrong"):
        sign(task, signing, head, pin="000000")
    assert queries.signing_of(task).status == "shown"


@pytest.mark.parametrize(
    "strokes",
    [
        b"GIF89a",
        "data:image/png;base64,@@@",
        "data:text/plain;base64,aGk=",
        b"\x89PNG\r\n\x1a\n" + b"0" * 600_000,
    ],
)
def test_strokes_that_are_no_picture_are_refused(hall, strokes):
    with pytest.raises(Refused, match="strokes_unreadable"):
        sign(*make.shown(), strokes=strokes)


def test_a_second_signature_is_refused(hall):
    task, signing, head = make.shown()
    sign(task, signing, head)
    for again in (head, a_head()):
        with pytest.raises(Refused) as refused:
            sign(task, signing, again)
        assert (refused.value.code, refused.value.status) == ("already_signed", 409)


def test_what_was_never_opened_cannot_be_signed(hall):
    task = make.a_task()
    with pytest.raises(Refused, match="not_shown"):
        actions.sign(task=task, digest="0" * 64, strokes=None, pin=PIN, by=a_head())


def test_the_head_of_another_village_cannot_sign_even_with_the_digest(hall):
    task, signing, _ = make.shown()
    with pytest.raises(Refused) as refused:
        sign(task, signing, a_head("V05"))
    assert (refused.value.code, refused.value.status) == ("task_unknown", 404)


def test_nobody_signs_for_a_case_they_took_in_themselves(hall):
    both = a_staff("clerk", "village_head", village="V04")
    case = submitted(ELDER, by=both)
    bring_everything(case)
    cases.accept(case=case, by=both)
    with pytest.raises(Refused, match="own_work"):
        actions.open_task(task=open_task(case, "V04"), by=both)


def test_nobody_signs_their_own_review_of_an_earlier_round(hall):
    task = make.a_task(ELDER)
    both = a_staff("village_head", "reviewer", village="V04", office="MZ")
    make.signed(task)
    case = task.item.case
    cases.give_opinion(task=open_task(case, "MZ"), verdict="send_back", opinion="请再入户。", by=both)
    with pytest.raises(Refused, match="own_work"):
        actions.open_task(task=open_task(case, "V04"), by=both)


def test_a_paper_sent_back_is_a_new_paper_with_new_words(hall):
    task = make.a_task(ELDER)
    first = make.signed(task)
    case = task.item.case
    cases.give_opinion(
        task=open_task(case, "MZ"), verdict="send_back", opinion="请再入户。", by=a_reviewer("MZ")
    )
    second = make.shown(open_task(case, "V04"))[1]
    assert second.digest != first.digest and second.words != first.words


def test_it_is_told_once_with_digest_and_what_it_led_to(hall):
    task, signing, head = make.shown()
    before = len(trail.told_of(task.item.case))
    sign(task, signing, head)
    (event,) = trail.told_of(task.item.case)[before:]
    assert (event.kind, event.facts["digest"], event.facts["granted"]) == (
        "signing.signed",
        signing.digest,
        False,
    )
    assert event.facts["opened"] == ["农业农村", "民政和养老"]


def test_two_presses_at_once_sign_once(committed):
    from django.db import connections

    with in_a_town(holidays=False) as town:
        task, signing, head = make.shown()

    def press(_) -> str:
        try:
            with clock.frozen(MONDAY), towns.within(town):
                sign(task, signing, head)
            return "done"
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == ["already_signed", "done"]

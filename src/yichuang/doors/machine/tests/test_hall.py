"""大厅：取号、开窗、叫号、办理；重发；别的镇。"""

from __future__ import annotations

import datetime

import pytest

from yichuang.ground.identity import make_id_number

from .make import anybody, device, linhu, member


@pytest.fixture
def kiosk(town):
    return device(town, "kiosk")


@pytest.fixture
def clerk(town):
    caller = member(town, "clerk")
    assert caller.post("/windows/4/open").status_code == 200
    return caller


def age(years, serial=1):
    born = datetime.date.today() - datetime.timedelta(days=366 * years)
    return str(make_id_number("349900", born, serial))


def test_a_ticket_from_the_kiosk_to_the_invitation(kiosk, clerk):
    taken = kiosk.post("/tickets", {"id_number": age(72)})
    assert taken.status_code == 201
    told = taken.json()
    assert told["number"] == "A001" and told["queue"] == "general" and "/ticket/" in told["track_url"]
    called = clerk.post("/windows/4/call-next").json()
    assert (called["id"], called["window"], called["priority"]) == (told["id"], 4, 1)
    assert clerk.post(f"/tickets/{told['id']}/recall").json()["calls"] == 2
    assert clerk.post(f"/tickets/{told['id']}/start").json()["status"] == "serving"
    assert clerk.get("/windows/4").json()["ticket"]["number"] == "A001"
    now = kiosk.get(f"/tickets/{told['id']}").json()
    assert now["status"] == "serving"
    assert [(row["kind"], row["by"]) for row in now["trail"]] == [
        ("hall.ticket_taken", "kiosk"),
        ("hall.ticket_called", "王晓梅"),
        ("hall.ticket_recalled", "王晓梅"),
        ("hall.serving_started", "王晓梅"),
    ]
    finished = clerk.post(f"/tickets/{told['id']}/finish").json()
    assert finished["status"] == "finished"
    invitation = anybody_of(kiosk).get(f"/ratings/{finished['invitation']}").json()
    assert invitation["service"].startswith("A001") and invitation["is_over"]


def anybody_of(caller):
    caller.headers = {}
    return caller


def test_nothing_of_the_body_is_needed(kiosk):
    assert kiosk.post("/tickets").status_code == 201
    assert kiosk.post("/tickets", {"items": None, "queue": None}).status_code == 201


def test_nobody_waits(clerk):
    answer = clerk.post("/windows/4/call-next")
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_repeated_press_gives_the_same_ticket(kiosk):
    first = kiosk.post("/tickets", {"queue": "quick"}, key="press-1")
    again = kiosk.post("/tickets", {"queue": "quick"}, key="press-1")
    assert first.json() == again.json() and again.status_code == 201
    other = kiosk.post("/tickets", {"queue": "general"}, key="press-1")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert kiosk.post("/tickets", {"queue": "quick"}, key="press-2").json()["number"] == "B002"


def test_a_repeated_call_calls_nobody_else(kiosk, clerk):
    kiosk.post("/tickets")
    kiosk.post("/tickets")
    first = clerk.post("/windows/4/call-next", key="call-1")
    assert clerk.post("/windows/4/call-next", key="call-1").json() == first.json()
    assert clerk.post("/windows/4/call-next", key="call-2").json()["code"] == "window_busy"


def test_a_repeated_pause_gets_the_first_answer(clerk):
    first = clerk.post("/windows/4/pause", {"reason": "培训"}, key="pause-1")
    again = clerk.post("/windows/4/pause", {"reason": "培训"}, key="pause-1")
    assert first.json() == again.json() and again["Idempotent-Replay"] == "true"
    assert clerk.post("/windows/4/pause", {"reason": "开会"}, key="pause-1").json()["code"] == "key_reused"


def test_a_window_pauses_with_a_reason_that_the_board_shows(clerk, town):
    assert clerk.post("/windows/4/pause", {"reason": ""}).json()["fields"] == {"reason": "请填写"}
    clerk.post("/windows/4/pause", {"reason": "培训，10:30 恢复"})
    (window,) = [each for each in anybody(town).get("/board").json()["windows"] if each["number"] == 4]
    assert (window["status"], window["reason"]) == ("paused", "培训，10:30 恢复")
    assert clerk.post("/windows/4/resume").json()["status"] == "open"
    assert clerk.post("/windows/4/close").json()["status"] == "closed"


def test_who_does_not_come_is_passed_over(kiosk, clerk):
    ticket = kiosk.post("/tickets").json()["id"]
    clerk.post("/windows/4/call-next")
    assert clerk.post(f"/tickets/{ticket}/miss").json()["status"] == "missed"
    refused = clerk.post(f"/tickets/{ticket}/start")
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_moment")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"queue": "nobody"}, 422, "queue_unknown"),
        ({"items": ["XX-1"]}, 422, None),
        ({"id_number": "349900195403080012"}, 422, None),
        ({"phone": "12"}, 422, "phone_format"),
        ({"priority": "vip"}, 422, "bad_input"),
        ({"id_number": 5}, 422, "bad_input"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(kiosk, body, status, code):
    answer = kiosk.post("/tickets", body)
    assert answer.status_code in (status, 404) and answer.json()["next"]
    if code:
        assert answer.json()["code"] == code


def test_an_outsider_finds_nothing_here(town, kiosk, clerk):
    ticket = kiosk.post("/tickets").json()["id"]
    clerk.post("/windows/4/call-next")
    outsider = member(linhu(), "clerk")
    assert outsider.get(f"/tickets/{ticket}").status_code == 404
    for verb in ("start", "finish", "recall", "miss"):
        assert outsider.post(f"/tickets/{ticket}/{verb}").status_code == 404
    assert kiosk.get(f"/tickets/{ticket}").json()["status"] == "called"


def test_a_window_that_is_not_there(clerk):
    for verb in ("open", "resume", "close", "call-next"):
        assert clerk.post(f"/windows/99/{verb}").status_code == 404
        assert clerk.post(f"/windows/99999999/{verb}").status_code == 404


def test_only_those_concerned_may(town, kiosk, clerk):
    assert kiosk.post("/windows/4/call-next").status_code == 403
    assert anybody(town).post("/tickets").status_code == 401
    assert member(town, "reviewer-mz").post("/windows/3/open").status_code == 403


def test_a_ticket_keeps_the_list_it_was_taken_with_and_the_case_its_answers(town, kiosk, clerk):
    from yichuang.ground import towns
    from yichuang.rooms.catalog.actions import save_list

    with towns.within(town):
        listed = save_list(codes=["MZ-010", "SB-001", "YB-002", "SB-018"], answers={"proxy": "我自己办"})
    taken = kiosk.post("/tickets", {"list_code": listed.code.lower()}).json()
    told = kiosk.get(f"/tickets/{taken['id']}").json()
    assert (told["list_code"], told["items"]) == (listed.code, ["MZ-010", "SB-001", "YB-002"])
    assert kiosk.post("/tickets", {"list_code": "22222222"}).json()["type"].endswith("list_unknown")
    applicant = {"name": "张守义", "id_number": age(80), "phone": "13900000001"}
    body = {"items": ["MZ-010"], "applicant": applicant, "ticket": taken["id"]}
    case = clerk.post("/cases", body)
    assert case.status_code == 201 and case.json()["answers"]["proxy"] == "我自己办"

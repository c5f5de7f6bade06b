"""A Monday morning in the hall, played through the machine door, so that every page has something to show."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from yichuang.cli.walking import people
from yichuang.cli.walking.caller import Caller
from yichuang.cli.walking.choice import filled
from yichuang.cli.walking.matter import Walk
from yichuang.cli.walking.papers import a_picture
from yichuang.cli.walking.people import Cast, a_resident
from yichuang.cli.walking.steps import given
from yichuang.config.trouble import Trouble

from .views import DESK, KIOSK, OFFICE, PHONE, PORTAL, WALL, View

VILLAGE = "V04"
REVIEWED = ("MZ-015", "MZ-010", "MZ-005", "MZ-001")  # 5, 8, 10 and 15 workdays: a tray by remaining time
REFUSAL = "家庭人均收入超过低保标准，不符合条件。可以申请临时救助，请到任意窗口咨询。"


class Morning:
    """What has happened so far, and the views it gives."""

    def __init__(self, caller: Caller, home: Path) -> None:
        self.caller, self.accounts = caller, people.accounts(home)
        self.cast = Cast(self.accounts, caller)
        self.today = given(caller.get("/board"), 200)["at"][:10]

    def play(self) -> None:
        """Matters at every point of their way; people waiting, called, served, gone."""
        self.ended = self.walked("核对留痕", window=4)
        self.rated_later = self.walked("窗口办完", window=1)
        self.told = self.walked("一次性告知", window=5)
        self.reviewed = [self.accepted(code) for code in REVIEWED]
        self.refused = self.accepted("MZ-001")
        self.agree_in_village()
        self.refuse(self.refused)
        self.waiting_for_office = self.walked("村主任签字", window=2)
        self.to_collect = self.walked("出件", window=6)
        self.to_sign = [self.walked("窗口办完", window=number) for number in (7, 7)]
        self.in_draft = self.opened("YB-008", "CL-001")
        self.pause(3, "培训，10:30 恢复")
        for wish in ({}, {"queue": "quick"}, {"queue": "enterprise"}, {"items": ["SB-003"]}):
            self.take_number(wish)
        self.at_desk = self.walked("提交", window=4)
        for wish in ({"items": ["MZ-010"]}, {"queue": "quick"}, {}):
            self.take_number(wish)
        self.waiting = self.take_number(
            {"items": ["MZ-010", "SB-002"], "id_number": self.resident().id_number}
        )

    def leave(self) -> None:
        """Nobody keeps a window busy."""
        for walk in (self.at_desk, self.told):
            walk.leave()

    # What is played

    def walked(self, until: str, window: int) -> Walk:
        """A matter from the ticket up to a step, by its title."""
        walk = Walk(self.caller, self.accounts, window=window)
        for step in walk.steps():
            if step.title == until:
                return walk
        raise Trouble(f"走一遍里没有“{until}”这一步。", f"The walk has no step {until}.")

    def resident(self) -> people.Resident:
        return a_resident(date.fromisoformat(self.today))

    def take_number(self, wish: dict[str, Any]) -> dict[str, Any]:
        return dict(given(self.caller.post("/tickets", wish, self.cast.device("kiosk")), 201))

    def pause(self, window: int, reason: str) -> None:
        clerk = self.cast.staff("clerks", str(window))
        given(self.caller.post(f"/windows/{window}/open", token=clerk))
        given(self.caller.post(f"/windows/{window}/pause", {"reason": reason}, clerk))

    def opened(self, *codes: str) -> dict[str, Any]:
        """收件，还没问情形。"""
        body = {"items": list(codes), "applicant": self.resident().told}
        return dict(given(self.caller.post("/cases", body, self.cast.staff("clerk")), 201))

    def accepted(self, *codes: str) -> dict[str, Any]:
        """收件、收齐材料、受理。"""
        clerk, resident = self.cast.staff("clerk"), self.resident()
        listed = given(self.caller.post("/catalog/checklist", {"items": list(codes)}), 200)
        answers = {asked["key"]: asked["answers"][0] for asked in listed["questions"]}
        listed = given(
            self.caller.post("/catalog/checklist", {"items": list(codes), "answers": answers}), 200
        )
        fields = filled(listed["fields"], resident, self.today)
        body = {"items": list(codes), "applicant": resident.told, "answers": answers, "fields": fields}
        case = given(self.caller.post("/cases", body, clerk), 201)
        for paper in case["missing"]:
            sent = {"material": paper["name"], "person": paper["person"]}
            place = f"/cases/{case['number']}/documents"
            given(self.caller.send(place, sent, a_picture(paper["name"]), clerk), 201)
        given(self.caller.post(f"/cases/{case['number']}/submit", token=clerk), 200)
        return dict(given(self.caller.post(f"/cases/{case['number']}/accept", token=clerk), 200))

    def agree_in_village(self) -> None:
        """赵书记初审，同意。"""
        head = self.cast.staff("village_heads", VILLAGE)
        said = {"verdict": "agree", "reason": "家里情况属实，同意。"}
        for task in given(self.caller.get("/reviews/tray", head), 200)["tasks"]:
            given(self.caller.post(f"/reviews/{task['id']}/opinion", said, head), 200)

    def refuse(self, case: dict[str, Any]) -> None:
        """陈工写不同意，写清理由。"""
        reviewer = self.cast.staff("reviewers", "MZ")
        said = {"verdict": "refuse", "reason": REFUSAL}
        task = next(task for task in self.tray(reviewer) if task["case"] == case["number"])
        given(self.caller.post(f"/reviews/{task['id']}/opinion", said, reviewer), 200)

    def tray(self, token: str, room: str = "reviews") -> list[dict[str, Any]]:
        return list(given(self.caller.get(f"/{room}/tray", token), 200)["tasks"])


def views(morning: Morning) -> list[View]:
    """Every page of the house, as somebody who has reason to look at it."""
    return [*_portal(morning), *_hall(morning), *_desk(morning), *_behind(morning), *_office(morning)]


def _portal(morning: Morning) -> list[View]:
    return [
        View("home", "/", PORTAL),
        View("items", "/items/", PORTAL),
        View("search", "/search?q=农村医保怎么交", PORTAL),
        View("search-nothing", "/search?q=造火箭", PHONE),
        View("guide", "/guide/MZ-010", PORTAL),
        View("event", "/event/newborn", PORTAL),
        View("track-find", "/track/", PHONE),
        View("track", f"/track/{_token(morning.waiting_for_office.case['track_url'])}", PORTAL),
        View("track-missing", f"/track/{_token(morning.told.case['track_url'])}", PHONE),
        View("track-refused", f"/track/{_token(morning.refused['track_url'])}", PHONE),
        View("track-done", f"/track/{_token(morning.ended.case['track_url'])}", PHONE),
        View("track-ticket", f"/track/{_token(morning.waiting['track_url'])}", PHONE),
        View("verify-ask", "/verify/", PHONE),
        View("verify", f"/verify/{morning.ended.results[0]['check_code']}", PORTAL),
        View("verify-unknown", "/verify/AAAA-BBBB-CCCC-DDDD", PHONE),
        View("rate", f"/rate/{morning.rated_later.invitations['ticket']}", PHONE),
        View("rate-done", f"/rate/{morning.ended.invitations['case']}", PHONE),
        View("rate-skipped", f"/rate/{morning.rated_later.invitations['ticket']}?skip=1", PHONE),
        View("ticket", f"/ticket/{_token(morning.waiting['track_url'])}", PHONE),
        View("ticket-done", f"/ticket/{_token(morning.rated_later.ticket['track_url'])}", PHONE),
        View("elder", "/elder?next=/", PHONE),
        View("sent", "/sent/?still=1", PORTAL),
        View("lost", "/guide/XX-999", PORTAL),
    ]


def _hall(morning: Morning) -> list[View]:
    return [
        View("kiosk", "/kiosk/", KIOSK),
        View("kiosk-items", "/kiosk/items/", KIOSK),
        View("kiosk-office", "/kiosk/items/?office=MZ", KIOSK),
        View("kiosk-letters", "/kiosk/items/?q=", KIOSK),
        View("kiosk-number", "/kiosk/number/?queue=general&way=id", KIOSK),
        View("kiosk-phone", "/kiosk/number/?queue=general&way=phone", KIOSK),
        View("kiosk-ticket", f"/kiosk/ticket/{_token(morning.waiting['track_url'])}", KIOSK),
        View("kiosk-pair", "/kiosk/pair/", KIOSK),
        View("board", "/board/", WALL),
        View("screen", "/screen/", WALL),
    ]


def _desk(morning: Morning) -> list[View]:
    at_desk, other = morning.at_desk, morning.waiting_for_office.clerk
    finished = morning.waiting_for_office.ticket["id"]
    return [
        View("windows", "/desk/", DESK, morning.cast.staff("clerks", "8")),
        View("desk-idle", "/desk/", DESK, other),
        View("desk-rate", f"/desk/?rate={finished}", DESK, other),
        View("desk-pause", "/desk/", DESK, other, opens="pause"),
        View("desk-find-box", "/desk/", DESK, other, opens="find"),
        View("desk-open", "/desk/open/?items=MZ-010,SB-002", DESK, other),
        View("desk-draft", f"/desk/case/{morning.in_draft['number']}/", DESK, at_desk.clerk),
        View("desk", f"/desk/case/{at_desk.number}/", DESK, at_desk.clerk),
        View("desk-told", f"/desk/case/{morning.told.number}/", DESK, morning.told.clerk),
        View("desk-underway", f"/desk/case/{morning.waiting_for_office.number}/", DESK, at_desk.clerk),
        View("desk-collect", f"/desk/case/{morning.to_collect.number}/", DESK, at_desk.clerk),
        View("desk-refused", f"/desk/case/{morning.refused['number']}/", DESK, at_desk.clerk),
        View("desk-find", "/desk/find/", DESK, other),
        View("desk-invitation", f"/desk/invitation/{finished}/", DESK, other),
    ]


def _behind(morning: Morning) -> list[View]:
    reviewer = morning.cast.staff("reviewers", "MZ")
    idle = morning.cast.staff("reviewers", "YB")
    head = morning.cast.staff("village_heads", VILLAGE)
    tray = morning.tray(reviewer)
    signed = next(task for task in tray if task["case"] == morning.waiting_for_office.number)
    sheets = [sheet["id"] for sheet in morning.tray(head, "signing")]
    return [
        View("review", "/desk/review/", DESK, reviewer),
        View("review-signed", f"/desk/review/{signed['id']}/", DESK, reviewer),
        View("review-empty", "/desk/review/", DESK, idle),
        View("sign", "/desk/sign/", PHONE, head),
        View("sign-sheet", f"/desk/sign/{sheets[0]}/", PHONE, head),
        View("sign-return", f"/desk/sign/{sheets[0]}/", PHONE, head, opens="return"),
    ]


def _office(morning: Morning) -> list[View]:
    supervisor, manager = morning.cast.staff("supervisor"), morning.cast.staff("hall_manager")
    return [
        View("sign-in", "/office/sign-in/", PORTAL),
        View("sign-out", "/office/sign-out/", PHONE, supervisor),
        View("office", "/office/", PORTAL, manager),
        View("figures", "/office/figures/", OFFICE, supervisor),
        View("figures-recounted", "/office/figures/?recount=1", OFFICE, supervisor),
        View("records", "/office/figures/accepted_cases/", OFFICE, supervisor),
        View("records-ratings", "/office/figures/satisfaction/", OFFICE, supervisor),
        View("letters", "/office/letters/", OFFICE, manager),
        View("components", "/office/components/", OFFICE),
        View("no-right", "/office/figures/", PORTAL, morning.cast.staff("clerk")),
    ]


def _token(url: str) -> str:
    return url.rpartition("/")[2]

"""A Monday morning in the hall, played through the machine door, so that every page has something to show."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from yichuang.cli.walking import people
from yichuang.cli.walking.caller import Caller
from yichuang.cli.walking.choice import filled
from yichuang.cli.walking.matter import Walk
from yichuang.cli.walking.papers import a_picture
from yichuang.cli.walking.people import Cast, a_resident
from yichuang.cli.walking.steps import given
from yichuang.config.trouble import Trouble

from . import office
from .views import View

VILLAGE = "V04"
PAUSED = 3  # the window whose clerk is away
REVIEWED = ("MZ-015", "MZ-010", "MZ-005", "MZ-001")  # 5, 8, 10 and 15 workdays: a tray by remaining time
REFUSAL = "家庭人均收入超过低保标准，不符合条件。可以申请临时救助，请到任意窗口咨询。"


class Morning:
    """What has happened so far, and the views it gives."""

    def __init__(self, caller: Caller, home: Path) -> None:
        self.caller, self.accounts = caller, people.accounts(home)
        self.cast = Cast(self.accounts, caller)
        self.today = given(caller.get("/board"), 200)["at"][:10]
        self.places: dict[str, str] = {}  # what fills the blanks of views

    def play(self) -> None:
        """Matters at every point of their way; people waiting, called, served, gone."""
        ended = self.walked("核对留痕", window=4)
        served = self.walked("窗口办完", window=1)
        self.told = self.walked("一次性告知", window=5)
        for code in REVIEWED:
            self.accepted(code)
        refused = self.accepted("MZ-001")
        self.agree_in_village()
        self.refuse(refused)
        underway = self.walked("村主任签字", window=2)
        to_collect = self.walked("出件", window=6)
        for _ in range(2):
            self.walked("窗口办完", window=7)  # to sign in the village
        draft = self.opened("YB-008", "CL-001")
        self.pause(PAUSED, "培训，10:30 恢复")
        for wish in ({}, {"queue": "quick"}, {"queue": "enterprise"}, {"items": ["SB-003"]}):
            self.take_number(wish)
        self.at_desk = self.walked("提交", window=4)
        for wish in ({"items": ["MZ-010"]}, {"queue": "quick"}, {}):
            self.take_number(wish)
        old = {"items": ["MZ-010", "SB-002"], "id_number": self.resident().id_number}
        waiting = self.take_number(old)
        self.places = {
            "ended": _token(ended.case["track_url"]),
            "rated": ended.invitations["case"],
            "check_code": ended.results[0]["check_code"],
            "served": _token(served.ticket["track_url"]),
            "invitation": served.invitations["ticket"],
            "told": _token(self.told.case["track_url"]),
            "case_told": self.told.number,
            "seat_told": "/".join(self.told.seat),
            "refused": _token(refused["track_url"]),
            "case_refused": refused["number"],
            "underway": _token(underway.case["track_url"]),
            "case_underway": underway.number,
            "ticket_served": str(underway.ticket["id"]),
            "seat_free": "/".join(underway.seat),
            "case_to_collect": to_collect.number,
            "case_draft": draft["number"],
            "case_at_desk": self.at_desk.number,
            "seat_busy": "/".join(self.at_desk.seat),
            "waiting": _token(waiting["track_url"]),
            "changed": office.prepare(self.caller.url, self.cast.staff("editor")),
            "handed_in": office.hand_in(self.caller.url, self.cast.staff("editor")),
            "task": self.task_of(underway.number),
            "sheet": self.sheet(),
            "saved_list": saved_list(self.caller.url, "/guide/MZ-010"),
        }

    def path(self, view: View) -> str:
        """The address of a view, its blanks filled."""
        return view.path.format_map(self.places)

    def token(self, view: View) -> str:
        """Whose sign-in a view is looked at with."""
        who = view.who.format_map(self.places)
        return self.cast.staff(*who.split("/")) if who else ""

    def leave(self) -> None:
        """Nobody keeps a window busy."""
        for walk in (self.at_desk, self.told):
            walk.leave()
        self.caller.post(f"/windows/{PAUSED}/resume", token=self.cast.staff("clerks", str(PAUSED)))

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
        """暂停，写明原因；a window somebody else holds or paused is left as it is."""
        clerk = self.cast.staff("clerks", str(window))
        place = f"/windows/{window}"
        if given(self.caller.get(place, clerk), 200)["status"] == "closed":
            given(self.caller.post(f"{place}/open", token=clerk))
        if given(self.caller.get(place, clerk), 200)["status"] == "open":
            self.caller.post(f"{place}/pause", {"reason": reason}, clerk)

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
        said = {"verdict": "refuse", "reason": REFUSAL}
        place = f"/reviews/{self.task_of(case['number'])}/opinion"
        given(self.caller.post(place, said, self.cast.staff("reviewers", "MZ")), 200)

    def task_of(self, case: str) -> str:
        """The task of this case in 陈工's tray."""
        tasks = given(self.caller.get("/reviews/tray", self.cast.staff("reviewers", "MZ")), 200)["tasks"]
        return str(next(task["id"] for task in tasks if task["case"] == case))

    def sheet(self) -> str:
        """The most urgent sheet in 赵书记's tray."""
        head = self.cast.staff("village_heads", VILLAGE)
        return str(given(self.caller.get("/signing/tray", head), 200)["tasks"][0]["id"])


def _token(url: str) -> str:
    return url.rpartition("/")[2]


def saved_list(url: str, guide: str) -> str:
    """存下这份清单: pressed on a guide as a browser would; the number of the list."""
    browser = build_opener(HTTPCookieProcessor())
    with browser.open(url + guide) as page:
        form = page.read().decode().split(f'action="{guide}/save"')[1].split("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    with browser.open(f"{url}{guide}/save", urlencode(fields).encode()) as saved:
        return str(saved.url).rsplit("/", 1)[1]

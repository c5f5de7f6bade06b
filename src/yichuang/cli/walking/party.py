"""What a walk knows while it goes on, and what its steps share."""

from __future__ import annotations

from typing import Any

from .caller import Caller
from .choice import Choice
from .hall import Calling
from .people import Cast, Resident
from .steps import Page, Slip, given, must


class Party:
    """The resident with ticket and case, and those who serve them."""

    def __init__(
        self, caller: Caller, accounts: dict[str, Any], *, window: int = 4, with_papers: bool = False
    ) -> None:
        self.caller = caller
        self.cast = Cast(accounts, caller)
        self.calling = Calling(caller, self.cast, window)
        self.with_papers = with_papers  # also fetch slips and trail rows, for the report
        self.told_rows: set[int] = set()
        self.ticket: dict[str, Any] = {}
        self.case: dict[str, Any] = {}
        self.results: list[dict[str, Any]] = []
        self.invitations: dict[str, str] = {}
        self.before: dict[str, dict[str, Any]] = {}
        self.resident: Resident
        self.chosen: Choice
        self.clerk = ""
        self.today = ""
        self.window = 0
        self.seat: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        return str(self.case["number"])

    def leave(self) -> None:
        """After a fall: do not keep the window busy."""
        if self.ticket and self.clerk:
            for verb in ("start", "finish"):
                self.caller.post(f"/tickets/{self.ticket['id']}/{verb}", token=self.clerk)

    def _figures(self) -> dict[str, dict[str, Any]]:
        told = given(self.caller.get("/figures", self.cast.staff("supervisor"), **{"from": self.today}), 200)
        names = ("visitors", "accepted_cases", "satisfaction")
        return {each["name"]: each for each in told["figures"] if each["name"] in names}

    def _is_recorded(self, figure: str, what: str) -> bool:
        page, pages = 1, 1
        while page <= pages:
            asked = {"from": self.today, "page": page}
            told = given(
                self.caller.get(f"/figures/{figure}/records", self.cast.staff("supervisor"), **asked), 200
            )
            if any(what in row["what"] for row in told["rows"]):
                return True
            page, pages = page + 1, told["pages"]
        return False

    def _item(self, code: str) -> dict[str, Any]:
        return next(item for item in self.case["items"] if item["code"] == code)

    def _desk_page(self) -> Page:
        return Page(f"/desk/case/{self.number}/", self.clerk)

    def _document(self, path: str, token: str) -> bytes:
        answer = self.caller.get(path.removeprefix("/api/v1"), token)
        given_pdf = answer.ok and answer.content.startswith(b"%PDF")
        must(given_pdf, f"{path}：没有给出 PDF（{answer.status}）")
        return answer.content

    def _slips(self, *papers: tuple[str, str, str]) -> list[Slip]:
        """The papers that the desk prints at this step."""
        if not self.with_papers:
            return []
        printed = [(name, self.caller.page(path, token)) for name, path, token in papers]
        return [Slip(name, answer.content) for name, answer in printed if answer.content.startswith(b"%PDF")]

    def _new_rows(self) -> list[dict[str, Any]]:
        """The trail rows of ticket and case that the last step wrote."""
        rows: list[dict[str, Any]] = []
        if self.ticket:
            kiosk = self.cast.device("kiosk")
            rows += given(self.caller.get(f"/tickets/{self.ticket['id']}", kiosk), 200)["trail"]
        if self.case:
            rows += given(self.caller.get(f"/cases/{self.number}", self.clerk), 200)["trail"]
        for invitation in self.invitations.values():
            rating = given(self.caller.get(f"/ratings/{invitation}"), 200)["rating"]
            rows += rating["trail"] if rating else []
        fresh = sorted((row for row in rows if row["id"] not in self.told_rows), key=lambda row: row["id"])
        self.told_rows |= {row["id"] for row in rows}
        return fresh

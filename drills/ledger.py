"""The ledger: every acknowledged change, written to a file outside the system before the walk goes on.

Afterwards the ledger judges the system: nothing acknowledged may be lost, nothing may have been done twice.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from yichuang.cli.walking.caller import Answer, Caller
from yichuang.cli.walking.people import Cast

# The last part of a call's path, and what the trail must tell for it: once for each acknowledged call.
OF_CASES = {
    "cases": "cases.opened",
    "draft": "cases.draft_saved",
    "documents": "cases.document_added",
    "submit": "cases.submitted",
    "request-correction": "cases.correction_requested",
    "resubmit": "cases.resubmitted",
    "accept": "cases.accepted",
    "decide": "cases.decided_on_the_spot",
    "claim": "cases.task_claimed",
    "opinion": "cases.opinion_given",
    "sign": "signing.signed",
    "issue": "issuing.issued",
    "hand-over": "issuing.handed_over",
}
OF_TICKETS = {
    "tickets": "hall.ticket_taken",
    "call-next": "hall.ticket_called",
    "start": "hall.serving_started",
    "finish": "hall.serving_finished",
    "recall": "hall.ticket_recalled",
    "miss": "hall.ticket_missed",
}


class Ledger:
    """A file of acknowledged changes; each line is on disk before the next request goes out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[dict[str, Any]] = []
        self._file = path.open("a", encoding="utf-8")
        self._lock = Lock()

    def hears(self, walk: int) -> Callable[[Answer, Any], None]:
        """What a walk's caller tells of every answer."""

        def heard(answer: Answer, body: Any) -> None:
            if answer.method == "POST" and answer.ok:
                self.write(walk, answer, body)

        return heard

    def write(self, walk: int, answer: Answer, body: Any) -> None:
        verb = answer.path.rstrip("/").rpartition("/")[2]
        told = answer.json if answer.content else {}
        line = {
            "walk": walk,
            "verb": "ratings" if answer.path.startswith("/api/v1/ratings/") else verb,
            "path": answer.path,
            "key": answer.key,
            "tries": answer.tries,
            "ms": round(answer.ms, 1),
            "told": _facts(told, answer.path),
        }
        with self._lock:
            self.lines.append(line)
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())


def _facts(told: Any, path: str) -> dict[str, Any]:
    """What of an answer must still hold at the end."""
    facts = {name: told[name] for name in ("id", "number", "case") if isinstance(told, dict) and name in told}
    if found := re.match(r"/api/v1/cases/([0-9]{8}-[0-9]+)/", path):
        facts["case"] = found[1]
    if isinstance(told, dict):
        if "task" in told:
            facts["case"] = told["task"]["case"]
        if "document" in told:
            facts["document"] = told["document"]["id"]
        if path.endswith("/issue"):
            facts["results"] = {each["number"]: each["check_code"] for each in told.get("results", [])}
    return facts


@dataclass
class Judgement:
    """What the ledger finds in the system."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # gaps, a trail that does not hold

    @property
    def problems(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.broken]


@dataclass
class Judge:
    """Reads the system through its API as clerk, kiosk, supervisor and auditor."""

    ledger: Ledger
    caller: Caller
    accounts: dict[str, Any]
    first_day: str
    unanswered: int = 0  # requests that nobody answered: each may or may not have been done

    def __post_init__(self) -> None:
        self.cast = Cast(self.accounts, self.caller)
        self.found = Judgement()
        self.case_of_result: dict[str, str] = {}
        for line in self.ledger.lines:
            for number in line["told"].get("results", {}):
                self.case_of_result[number] = line["told"]["case"]

    def judge(self) -> Judgement:
        self._tickets_themselves()
        self._all_tickets()
        self._cases_themselves()
        self._all_cases()
        self._results()
        self._ratings()
        self._trail()
        return self.found

    def _lines(self, *verbs: str) -> list[dict[str, Any]]:
        return [line for line in self.ledger.lines if line["verb"] in verbs]

    def _tickets_themselves(self) -> None:
        """Each ticket is there, and its trail tells what was acknowledged, once each."""
        kiosk = self.cast.device("kiosk")
        taken = {line["told"]["id"]: line["told"]["number"] for line in self._lines("tickets")}
        if len(taken) != len(self._lines("tickets")):
            self.found.doubled.append("两次取号得到同一个号")
        said: dict[int, Counter[str]] = defaultdict(Counter)
        for line in self._lines(*OF_TICKETS):
            if line["told"]:
                said[_ticket_of(line)][OF_TICKETS[line["verb"]]] += 1
        for ticket, number in taken.items():
            answer = self.caller.get(f"/tickets/{ticket}", kiosk)
            if not answer.ok or answer.json["number"] != number:
                self.found.lost.append(f"取到的号 {number} 不见了")
                continue
            self._compare(f"号 {number}", said[ticket], answer.json["trail"], OF_TICKETS)

    def _all_tickets(self) -> None:
        """No ticket more, and no number missing."""
        taken = {line["told"]["id"] for line in self._lines("tickets")}
        numbers = [what.split(" ")[0] for what in self._records("visitors")]
        self._gapless(numbers)
        self._count("来访", len(numbers), len(taken))

    def _gapless(self, numbers: list[str]) -> None:
        """Each queue's numbers of the day are 1, 2, 3 … (a drill over midnight has two days)."""
        if self._today() != self.first_day:
            return
        queues: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            queues[number[0]].append(int(number[1:]))
        for letter, serials in queues.items():
            if sorted(serials) != list(range(1, len(serials) + 1)):
                self.found.broken.append(f"{letter} 队的号不连续：{sorted(serials)}")

    def _today(self) -> str:
        return str(self.caller.get("/board").json["at"][:10])

    def _cases_themselves(self) -> None:
        """Each case is there, its trail tells what was acknowledged, once each, and its papers are those taken in."""
        clerk = self.cast.staff("clerk")
        opened = [line["told"]["number"] for line in self._lines("cases")]
        if len(set(opened)) != len(opened):
            self.found.doubled.append("两次收件得到同一个编号")
        said: dict[str, Counter[str]] = defaultdict(Counter)
        documents: dict[str, set[int]] = defaultdict(set)
        for line in self._lines(*OF_CASES):
            case = self._case_of(line)
            said[case][OF_CASES[line["verb"]]] += 1
            if line["verb"] == "documents":
                documents[case].add(line["told"]["document"])
        for number in sorted(set(opened)):
            answer = self.caller.get(f"/cases/{number}", clerk)
            if not answer.ok:
                self.found.lost.append(f"收下的办件 {number} 不见了")
                continue
            self._compare(f"办件 {number}", said[number], answer.json["trail"], OF_CASES)
            if {each["id"] for each in answer.json["documents"]} != documents[number] and not self.unanswered:
                self.found.doubled.append(f"办件 {number} 的材料和收下的不一样")

    def _all_cases(self) -> None:
        """No case more, and no number missing."""
        clerk = self.cast.staff("clerk")
        opened = [line["told"]["number"] for line in self._lines("cases")]
        for day, numbers in _by_day(opened).items():
            if sorted(numbers) != list(range(1, len(numbers) + 1)) and not self.unanswered:
                self.found.broken.append(f"{day} 的办件编号不连续")
            after = f"{day}-{max(numbers) + 1:04}"
            if self.caller.get(f"/cases/{after}", clerk).ok and not self.unanswered:
                self.found.doubled.append(f"办件 {after} 没有人收过")

    def _case_of(self, line: dict[str, Any]) -> str:
        told = line["told"]
        if line["verb"] == "cases":
            return str(told["number"])
        return str(self.case_of_result[told["number"]] if line["verb"] == "hand-over" else told["case"])

    def _compare(
        self, what: str, said: Counter[str], rows: list[dict[str, Any]], kinds: dict[str, str]
    ) -> None:
        """The trail tells each acknowledged change exactly once."""
        told = Counter(row["kind"] for row in rows if row["kind"] in kinds.values())
        for kind in said | told:
            if told[kind] < said[kind]:
                self.found.lost.append(f"{what}：{kind} 应有 {said[kind]} 次，只有 {told[kind]} 次")
            elif told[kind] > said[kind] + self.unanswered:
                self.found.doubled.append(f"{what}：{kind} 应有 {said[kind]} 次，却有 {told[kind]} 次")

    def _results(self) -> None:
        for line in self._lines("issue"):
            for number, code in line["told"]["results"].items():
                answer = self.caller.get(f"/verify/{code}")
                if not answer.ok or answer.json["number"] != number:
                    self.found.lost.append(f"结果 {number} 查不到")

    def _ratings(self) -> None:
        asked = {"from": self.first_day}
        told = self.caller.get("/figures", self.cast.staff("supervisor"), **asked).json["figures"]
        whole = next(each["whole"] for each in told if each["name"] == "satisfaction")
        self._count("评价", whole, len(self._lines("ratings")))
        accepted = next(each["whole"] for each in told if each["name"] == "accepted_cases")
        self._count("办件", accepted, len({self._case_of(line) for line in self._lines("accept", "decide")}))

    def _count(self, what: str, found: int, said: int) -> None:
        if found < said:
            self.found.lost.append(f"{what}应有 {said}，只有 {found}")
        elif found > said + self.unanswered:
            self.found.doubled.append(f"{what}应有 {said}，却有 {found}")

    def _trail(self) -> None:
        checked = self.caller.get("/trail/check", self.cast.staff("auditor")).json
        if checked["first_bad"] is not None:
            self.found.broken.append(f"留痕对不上：{checked['first_bad']}")
        self.events, self.seals = checked["events"], checked["seals"]

    def _records(self, figure: str) -> Iterator[str]:
        page, pages = 1, 1
        while page <= pages:
            asked = {"from": self.first_day, "page": page}
            told = self.caller.get(f"/figures/{figure}/records", self.cast.staff("supervisor"), **asked).json
            yield from (row["what"] for row in told["rows"])
            page, pages = page + 1, told["pages"]


def _ticket_of(line: dict[str, Any]) -> int:
    return int(line["told"]["id"])


def _by_day(numbers: list[str]) -> dict[str, list[int]]:
    days: dict[str, list[int]] = defaultdict(list)
    for number in set(numbers):
        day, _, serial = number.partition("-")
        days[day].append(int(serial))
    return days

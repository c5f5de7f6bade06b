"""The kill drill is only worth something if its judge finds what is lost and what was done twice."""

from __future__ import annotations

import copy

import pytest
from drills.ledger import Judge, Ledger

from tests.harness.system import System
from yichuang.cli.walking.caller import Caller
from yichuang.cli.walking.matter import Walk


@pytest.fixture(scope="module")
def walked(system: System, tmp_path_factory):
    """A whole walk with its ledger. Others have used this system: only this walk's own lines are judged."""
    ledger = Ledger(tmp_path_factory.mktemp("ledger") / "ledger.jsonl")
    caller = Caller(system.url, heard=ledger.hears(1))
    for _ in Walk(caller, system.accounts).steps():
        pass
    return system, ledger


def judged(walked, change=None, *parts):
    """What the judge finds; `change` alters a copy of the ledger first."""
    system, ledger = walked
    told = copy.copy(ledger)
    told.lines = copy.deepcopy(ledger.lines)
    if change:
        change(told.lines)
    judge = Judge(told, Caller(system.url), system.accounts, "2026-11-23")
    for part in parts or ("_tickets_themselves", "_cases_themselves", "_results", "_trail"):
        getattr(judge, part)()
    return judge.found


def line_of(lines, verb):
    return next(line for line in lines if line["verb"] == verb)


def test_a_true_ledger_is_found_true(walked):
    assert judged(walked).problems == []


def test_every_acknowledged_change_is_on_disk(walked):
    _, ledger = walked
    assert len(ledger.path.read_text(encoding="utf-8").splitlines()) == len(ledger.lines) > 30


@pytest.mark.parametrize(
    "verb", ["cases", "documents", "accept", "decide", "sign", "opinion", "issue", "hand-over"]
)
def test_a_change_that_was_acknowledged_once_more_than_the_trail_tells_is_lost(walked, verb):
    found = judged(walked, lambda lines: lines.append(copy.deepcopy(line_of(lines, verb))))
    assert found.lost


@pytest.mark.parametrize("verb", ["documents", "accept", "sign", "hand-over", "start", "finish"])
def test_a_change_that_nobody_acknowledged_is_doubled(walked, verb):
    assert judged(walked, lambda lines: lines.remove(line_of(lines, verb))).doubled


def test_a_ticket_with_another_number_is_lost(walked):
    def change(lines):
        line_of(lines, "tickets")["told"]["number"] = "Z999"

    assert judged(walked, change).lost


def test_a_result_that_cannot_be_checked_is_lost(walked):
    def change(lines):
        told = line_of(lines, "issue")["told"]
        told["results"] = dict.fromkeys(told["results"], "AAAA-BBBB-CCCC-DDDD")

    assert judged(walked, change).lost


def test_more_ratings_than_were_acknowledged_are_doubled(walked):
    def change(lines):
        lines[:] = [line for line in lines if line["verb"] != "ratings"]

    assert judged(walked, change, "_ratings").doubled

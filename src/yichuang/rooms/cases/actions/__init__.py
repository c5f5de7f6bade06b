"""The verbs of cases, from the first line on the form to the last opinion."""

from __future__ import annotations

from .acceptance import accept, decide_on_the_spot, request_correction, resubmit
from .intake import CaseOpening, Draft, Paper, Proxy, add_document, open_case, save_draft, submit
from .review import Outcome, claim, complete_task, give_opinion
from .time_passes import deem_accepted, settle_promise

__all__ = [
    "CaseOpening",
    "Draft",
    "Outcome",
    "Paper",
    "Proxy",
    "accept",
    "add_document",
    "claim",
    "complete_task",
    "decide_on_the_spot",
    "deem_accepted",
    "give_opinion",
    "open_case",
    "request_correction",
    "resubmit",
    "save_draft",
    "settle_promise",
    "submit",
]

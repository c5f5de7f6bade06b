"""村级签批单：what a village signs, with everything it is asked to confirm, and later the signature under it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from yichuang.ground import papers, towns
from yichuang.ground.secrets import mask_id_number
from yichuang.rooms.cases import queries as cases
from yichuang.rooms.cases.models import RouteTask
from yichuang.rooms.cases.papers import filled_form, papers_received
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.catalog.rules import checklist

from .. import rules
from ..models import SigningTask

TEMPLATE = Path(__file__).with_name("sheet.typ")


def sheet(task: RouteTask) -> dict[str, Any]:
    """The facts of the sheet. `words` are made from all the others, so they stand for exactly this content."""
    case, town = task.item.case, towns.current()
    item = catalog.spec(task.item.version_id)
    listed = checklist([item], case.answers)
    content: dict[str, Any] = {
        "hall": town.hall_name,
        "demo": town.is_demo,
        "number": case.number,
        "title": cases.task_name(task),
        "item": item.name,
        "condition": item.condition,
        "village": task.place,
        "applicant": case.applicant.name,
        "id_number": mask_id_number(case.applicant.id_number),
        "address": case.applicant.address,
        "proxy": case.proxy_name,
        "received_on": f"{day.year}年{day.month}月{day.day}日" if (day := case.received_on) else "",
        "answers": [[asked.question, asked.answer] for asked in listed.questions if asked.answer],
        "form": filled_form(case, listed),
        "documents": papers_received(case, item, digests=True),
        "round": task.round,
    }
    return {**content, "words": rules.in_words(rules.fingerprint(content)), "signed": False}


def signed_sheet(signing: SigningTask, strokes: bytes | None) -> dict[str, Any]:
    """The sheet exactly as it was shown, with the signature under it."""
    return {
        **json.loads(str(signing.content)),
        "signed": True,
        "signer": signing.signer.name if signing.signer else "",
        "signed_at": signing.signed_at,
        "opinion": signing.task.opinion,
        "digest": signing.digest,
        "strokes": strokes or b"",
    }


def typeset(facts: dict[str, Any], *, at: datetime) -> bytes:
    """The sheet as a PDF."""
    return papers.typeset(TEMPLATE, facts, at=at)

"""What stands on the printed sheets; their look is in papers/. A template shortens by rule, never these facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from .subject import Paper, Subject

NAMED_ON_A_ROW = 4  # papers of one line of the notice board


def poster_facts(subject: Subject, *, qr: str, day: date) -> dict[str, Any]:
    """海报上的话. `qr` an SVG document."""
    hall, is_bundle = subject.hall, subject.kind == "bundle"
    lead = "一次收下，分头去办，各件自己算时间" if is_bundle else ""
    where = [
        ("地方", f"{hall.name}{f'，{hall.address}' if hall.address else ''}"),
        ("开门", hall.open_when),
        ("窗口", subject.windows or "各窗口都能办"),
    ]
    return {
        "town": hall.town,
        "hall": hall.name,
        "kind": "一件事一次办" if is_bundle else "办事公开",
        "demo": hall.is_demo,
        "title": subject.name,
        "more": subject.more,
        "who": subject.who,
        "always": [[paper.name, paper.form] for paper in subject.always]
        + [["，或者".join(paper.name for paper in group), "有一样就行"] for group in subject.one_of],
        "perhaps": [[when, [paper.name for paper in group]] for when, group in subject.situations.items()],
        "bring_lead": "全部一起办要带这些；只办几件的，扫码看自己的清单" if is_bundle else "",
        "printed": subject.printed,
        "steps": [[step.name, step.days] for step in subject.steps],
        "steps_lead": lead,
        "limit": [str(subject.workdays), "个工作日"] if subject.workdays else ["当场", "办完"],
        "limit_says": _limit_says(subject),
        "fee": ["0", "元"] if subject.is_free else ["按规定", ""],
        "fee_says": subject.fee.removeprefix("免费").strip("（），；") if subject.is_free else subject.fee,
        "where": [row for row in where if row[1]],
        "phone": subject.phone,
        "qr": qr,
        "code": subject.code,
        "version": subject.version,
        "day": day,
    }


def _limit_says(subject: Subject) -> list[str]:
    """What the number means, line by line."""
    if not subject.workdays:
        return ["材料齐的，来了就办完"]
    if subject.kind == "bundle":
        return ["最慢的一件，其余更快"]
    if subject.statutory > subject.workdays:
        return ["从收下那天算", f"法律规定 {subject.statutory} 个工作日"]
    return ["从收下那天算"]


def board_facts(heading: str, rows: Sequence[tuple[Subject, str]], *, day: date) -> dict[str, Any]:
    """宣传栏：each subject with its own QR (an SVG document), in short. At least one row."""
    hall = rows[0][0].hall
    return {
        "town": hall.town,
        "hall": hall.name,
        "address": hall.address,
        "hours": hall.open_when,
        "phone": hall.phone,
        "demo": hall.is_demo,
        "heading": heading,
        "day": day,
        "rows": [
            {
                "name": subject.name,
                "said": subject.said if subject.said not in subject.name else "",
                "limit": subject.limit,
                "bring": _in_short([*subject.always, *(group[0] for group in subject.one_of)]),
                "perhaps": len(subject.perhaps),
                "phone": subject.phone,
                "code": f"{subject.code}　{subject.version}",
                "qr": qr,
            }
            for subject, qr in rows
        ],
    }


def _in_short(papers: Sequence[Paper]) -> str:
    if not papers:
        return "人来就行"
    named = "、".join(paper.name for paper in papers[:NAMED_ON_A_ROW])
    return f"{named}等 {len(papers)} 样" if len(papers) > NAMED_ON_A_ROW else named

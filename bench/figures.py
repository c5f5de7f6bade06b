"""What a measurement found: single figures with the value they must reach, the machine, a table and a file."""

from __future__ import annotations

import json
import os
import platform
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from yichuang import __version__

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One figure. `most` is what it may be at most; without it the figure is only told."""

    name: str
    chinese: str
    english: str
    value: float
    unit: str
    most: float | None = None

    @property
    def target(self) -> str:
        return "" if self.most is None else f"≤ {shown(self.most)} {self.unit}"

    @property
    def is_reached(self) -> bool | None:
        return None if self.most is None else self.value <= self.most

    def told(self) -> dict[str, Any]:
        held: dict[str, Any] = {"value": rounded(self.value), "unit": self.unit, "what": self.english}
        if self.most is not None:
            held |= {"at_most": self.most, "reached": self.is_reached}
        return held


def at(values: Iterable[float], share: float) -> float:
    """The value below which this share of all lies (nearest rank); 1.0 is the greatest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def rounded(value: float) -> float:
    """Three figures that count, whole numbers as they are."""
    return value if isinstance(value, int) else float(f"{value:.3g}") if abs(value) < 1000 else round(value)


def shown(value: float) -> str:
    value = rounded(value)
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def machine() -> dict[str, Any]:
    """The machine in general words: nothing that names it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "cpu": _cpu(),
        "system": platform.system(),
    }


def _cpu() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())


def versions(postgresql: str) -> dict[str, str]:
    return {
        "yichuang": __version__,
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
        "postgresql": postgresql,
    }


def load_now() -> float:
    """How many processes want a core, ours among them (mean of the last minute)."""
    return round(os.getloadavg()[0], 2)


def write(path: Path, name: str, about: dict[str, Any], figures: Sequence[Figure]) -> None:
    result = {"bench": name, "date": datetime.now(UTC).date().isoformat(), **about}
    result["figures"] = {figure.name: figure.told() for figure in figures}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def markdown(kept: dict[str, Any]) -> str:
    """The kept figures as a table for docs/speed.md."""
    lines = ["| what | figure | to reach | reached |", "|---|---|---|---|"]
    for each in kept["figures"].values():
        most = f"≤ {shown(each['at_most'])} {each['unit']}" if "at_most" in each else ""
        reached = {True: "yes", False: "no", None: ""}[each.get("reached")]
        lines.append(f"| {each['what']} | {shown(each['value'])} {each['unit']} | {most} | {reached} |")
    return "\n".join(lines)


def table(figures: Sequence[Figure]) -> str:
    """Lines for a terminal: what, how much, what it should be, and whether it is."""
    words = {None: "", True: "达到 yes", False: "没达到 no"}
    rows = [
        (
            f"{figure.chinese}  {figure.english}",
            f"{shown(figure.value)} {figure.unit}",
            figure.target,
            words[figure.is_reached],
        )
        for figure in figures
    ]
    rows.insert(0, ("项目 what", "结果 figure", "目标 target", "达到没有 reached"))
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)

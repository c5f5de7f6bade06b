"""Guide pages: their time over HTTP beside a bare page's, measured by turns, and the size of a first visit."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from .figures import Figure, at
from .first_load import Load, first_load
from .visitor import Visitor

BARE = "/healthz"  # through the same server and thread, one short query, no template
MOST_MS = 30.0
MOST_BYTES = 100_000
AT_ONCE = 8


@dataclass(frozen=True)
class Times:
    """Milliseconds of each answer, and answers a second while they were asked for."""

    guides: list[float]
    bare: list[float]
    a_second: float = 0.0
    server_ms: float = 0.0  # the web process's processor time a guide


def measure(
    port: int, codes: Sequence[str], rounds: int, seed: int, worked: Callable[[], float]
) -> list[Figure]:
    """All figures of the guide pages; `worked` tells the seconds of processor time the web process has had."""
    paths = [f"/guide/{code}" for code in codes]
    visitor = Visitor(port)
    first = visitor.get(paths[0]).ms  # reads the catalogue into memory
    loads = [first_load(visitor, path) for path in paths]
    alone = _alone(visitor, paths, rounds, random.Random(seed))
    visitor.close()
    together = _together(port, paths, rounds, random.Random(seed), worked)
    return [
        Figure("guide_first_ms", "办事指南，启动后第一次", "guide, first one after the start", first, "ms"),
        *_figures("guide", "1 个连接", "1 connection", alone, MOST_MS),
        *_figures("guide_8", "8 个连接", "8 connections", together, None),
        Figure(
            "guide_8_a_second",
            "每秒几页，8 个连接",
            "guides a second, 8 connections",
            together.a_second,
            "/s",
        ),
        Figure(
            "guide_processor_ms",
            "一页占用网页进程的处理器",
            "processor time of the web process a guide",
            together.server_ms,
            "ms",
        ),
        *_sizes(loads),
    ]


def again(port: int, codes: Sequence[str], rounds: int, seed: int) -> list[Figure]:
    """The same by turns over one connection, now that the database holds many towns."""
    visitor = Visitor(port)
    paths = [f"/guide/{code}" for code in codes]
    visitor.get(paths[0])
    times = _alone(visitor, paths, rounds, random.Random(seed))
    visitor.close()
    return [
        Figure(
            "guide_after_import_p95_ms",
            "办事指南，装入这些镇以后，p95",
            "guide, 1 connection, all these towns loaded, p95",
            at(times.guides, 0.95),
            "ms",
            MOST_MS,
        ),
        Figure(
            "guide_after_import_ratio",
            "指南比空白页，装入这些镇以后",
            "guide : bare page, all these towns loaded",
            at(times.guides, 0.5) / at(times.bare, 0.5),
            "×",
        ),
    ]


def _alone(visitor: Visitor, paths: Sequence[str], rounds: int, chance: random.Random) -> Times:
    """Guide, bare page, guide, bare page: what disturbs one disturbs the other."""
    guides, bare = [], []
    for _ in range(rounds):
        for path in chance.sample(paths, len(paths)):
            guides.append(visitor.get(path).ms)
            bare.append(visitor.get(BARE).ms)
    return Times(guides, bare)


def _together(
    port: int, paths: Sequence[str], rounds: int, chance: random.Random, worked: Callable[[], float]
) -> Times:
    """Eight visitors at once: all guides, then as many bare pages, by turns."""
    guides: list[float] = []
    bare: list[float] = []
    taken = busy = 0.0
    visitors = [Visitor(port) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(rounds):
            order = chance.sample(paths, len(paths))
            begun, before = time.perf_counter(), worked()
            guides += _crowd(pool, visitors, order)
            taken += time.perf_counter() - begun
            busy += worked() - before
            bare += _crowd(pool, visitors, [BARE] * len(paths))
    for visitor in visitors:
        visitor.close()
    return Times(guides, bare, len(guides) / taken, busy * 1000 / len(guides))


def _crowd(pool: ThreadPoolExecutor, visitors: Sequence[Visitor], paths: Sequence[str]) -> list[float]:
    """Each visitor asks for its share, one after another."""
    shares = [paths[place :: len(visitors)] for place in range(len(visitors))]
    return [ms for each in pool.map(partial(_walk), visitors, shares) for ms in each]


def _walk(visitor: Visitor, paths: Sequence[str]) -> list[float]:
    return [visitor.get(path).ms for path in paths]


def _figures(name: str, chinese: str, english: str, times: Times, most: float | None) -> list[Figure]:
    figures = [
        Figure(
            f"{name}_p{share}_ms",
            f"办事指南，{chinese}，p{share}",
            f"guide, {english}, p{share}",
            at(times.guides, share / 100),
            "ms",
            most if share == 95 else None,
        )
        for share in (50, 95, 99)
    ]
    bare = at(times.bare, 0.5)
    ratio = at(times.guides, 0.5) / bare
    return [
        *figures,
        Figure(
            f"{name}_bare_p50_ms", f"空白页 {BARE}，{chinese}，p50", f"bare page, {english}, p50", bare, "ms"
        ),
        Figure(f"{name}_ratio", f"指南比空白页，{chinese}", f"guide : bare page, {english}", ratio, "×"),
    ]


def _sizes(loads: Sequence[Load]) -> list[Figure]:
    heaviest = max(loads, key=lambda load: load.size)
    hosts = {host for load in loads for host in load.hosts}
    return [
        Figure(
            "first_load_bytes",
            "第一次打开，连样式、脚本、图标，最重的指南",
            "first load with all assets, heaviest guide",
            heaviest.size,
            "B",
            MOST_BYTES,
        ),
        Figure("first_load_page_bytes", "其中网页本身", "of it the page itself", heaviest.page, "B"),
        Figure("first_load_files", "一共几个文件", "files, the page included", heaviest.files, "files"),
        Figure(
            "hosts_asked", "向几个主机要文件，含自己", "hosts asked, ours included", len(hosts), "hosts", 1
        ),
    ]

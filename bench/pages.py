"""Guide pages: their time over HTTP beside a bare page's, measured by turns, and the size of a first visit."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from . import processor
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
    worked: list[float] = field(
        default_factory=list
    )  # processor time of web process and database, guide by guide
    a_second: float = 0.0
    server_ms: float = 0.0  # the web process's processor time a guide


def measure(
    port: int, codes: Sequence[str], rounds: int, seed: int, processes: Callable[[], list[int]]
) -> list[Figure]:
    """All figures of the guide pages; `processes` tells the web process and those of the database."""
    paths = [f"/guide/{code}" for code in codes]
    visitor = Visitor(port)
    first = visitor.get(paths[0]).ms  # reads the catalogue into memory
    loads = [first_load(visitor, path) for path in paths]
    alone = _alone(visitor, paths, rounds, random.Random(seed), processes)
    visitor.close()
    together = _together(port, paths, rounds, random.Random(seed), processes)
    return [
        Figure("guide_first_ms", "办事指南，启动后第一次", "guide, first one after the start", first, "ms"),
        *_figures("guide", "1 个连接", "1 connection", alone, MOST_MS),
        *(
            Figure(
                f"guide_processor_p{share}_ms",
                f"其中占用处理器，网页进程和数据库，p{share}",
                f"guide, 1 connection, processor time of server and database, p{share}",
                at(alone.worked, share / 100),
                "ms",
            )
            for share in (50, 95)
            if any(alone.worked)
        ),
        *_figures("guide_8", "8 个连接", "8 connections", together, None),
        Figure(
            "guide_8_a_second",
            "每秒几页，8 个连接",
            "guides a second, 8 connections",
            together.a_second,
            "/s",
        ),
        Figure(
            "guide_8_processor_ms",
            "一页占用网页进程的处理器，8 个连接",
            "guide, 8 connections, processor time of the server, mean",
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
    times = _alone(visitor, paths, rounds, random.Random(seed), list)
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


def _alone(
    visitor: Visitor,
    paths: Sequence[str],
    rounds: int,
    chance: random.Random,
    processes: Callable[[], list[int]],
) -> Times:
    """Guide, bare page, guide, bare page: what disturbs one disturbs the other."""
    guides, bare, worked = [], [], []
    for _ in range(rounds):
        watched = processes()
        for path in chance.sample(paths, len(paths)):
            before = processor.milliseconds(watched)
            guides.append(visitor.get(path).ms)
            worked.append(processor.milliseconds(watched) - before)
            bare.append(visitor.get(BARE).ms)
    return Times(guides, bare, worked)


def _together(
    port: int, paths: Sequence[str], rounds: int, chance: random.Random, processes: Callable[[], list[int]]
) -> Times:
    """Eight visitors at once: all guides, then as many bare pages, by turns."""
    guides: list[float] = []
    bare: list[float] = []
    taken = busy = 0.0
    web = processes()[0]
    visitors = [Visitor(port) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(rounds):
            order = chance.sample(paths, len(paths))
            begun, before = time.perf_counter(), processor.seconds(web)
            guides += _crowd(pool, visitors, order)
            taken += time.perf_counter() - begun
            busy += processor.seconds(web) - before
            bare += _crowd(pool, visitors, [BARE] * len(paths))
    for visitor in visitors:
        visitor.close()
    return Times(guides, bare, [], len(guides) / taken, busy * 1000 / len(guides))


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

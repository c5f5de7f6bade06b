"""Search: its time in this process over the real items and over many generated ones, its memory, and over HTTP."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from urllib.parse import quote

from yichuang.rooms.catalog.rules import ItemSpec
from yichuang.rooms.catalog.search import Index

from .catalogues import generated, real
from .figures import Figure, at
from .processor import resident
from .queries import drawn
from .visitor import Visitor

MOST_MS_REAL = 20.0
MOST_MS_MANY = 50.0
MOST_BYTES_A_SUGGESTION = 3_072
SEARCH = "/api/v1/catalog/search?q="
SUGGEST = "/search/suggest?q="


def measure(count: int, queries: int, seed: int) -> list[Figure]:
    """Figures over the real items and over `count` generated ones."""
    items = real()
    figures, _ = _of("search", f"{len(items)} 项", f"{len(items)} items", items, queries, seed, MOST_MS_REAL)
    many = generated(count, seed)
    gc.collect()
    before = resident()
    words = f"{count:,}"
    more, index = _of("search_many", f"{words} 项", f"{words} items", many, queries, seed, MOST_MS_MANY)
    gc.collect()
    grown = max(resident() - before, 1)
    del index
    return [
        *figures,
        *more,
        Figure(
            "search_many_memory_mib",
            f"索引占内存，{words} 项",
            f"index memory, {words} items",
            grown / 2**20,
            "MiB",
        ),
        Figure("search_many_bytes_an_item", "每项占内存", "index memory an item", grown / count, "B"),
        Figure(
            "process_memory_mib",
            "这时整个进程占内存",
            "memory of the whole process then",
            before / 2**20 + grown / 2**20,
            "MiB",
        ),
    ]


def measure_over_http(port: int, queries: int, seed: int) -> list[Figure]:
    """The same kinds of queries to the running server, one connection, and what it offers while they are typed."""
    visitor = Visitor(port)
    asked = [text for _, text in drawn(real(), queries, seed) if text.strip()]
    visitor.get(SEARCH + quote(asked[0]))
    taken = [visitor.get(SEARCH + quote(text)).ms for text in asked]
    typed = [SUGGEST + quote(text[: 1 + number % 6]) for number, text in enumerate(asked)]
    offered = [visitor.get(address) for address in dict.fromkeys(typed)]
    visitor.close()
    times = [answer.ms for answer in offered]
    return [
        *(
            Figure(
                f"{name}_p{share}_ms",
                f"{chinese}，p{share}",
                f"{english}, p{share}",
                at(every, share / 100),
                "ms",
            )
            for name, chinese, english, every in (
                ("search_http", "接口查一次", "search over HTTP", taken),
                ("suggestion_http", "打字提示的片段", "suggestion fragment over HTTP", times),
            )
            for share in (50, 95, 99)
        ),
        Figure(
            "suggestion_most_bytes",
            "最大的片段",
            "greatest suggestion fragment",
            max(len(answer.body) for answer in offered),
            "B",
            MOST_BYTES_A_SUGGESTION,
        ),
        Figure(
            "suggestion_most_transferred_bytes",
            "连回答的头一起",
            "the same with the head of the answer",
            max(answer.size for answer in offered),
            "B",
            MOST_BYTES_A_SUGGESTION,
        ),
    ]


def _of(
    name: str, chinese: str, english: str, items: Sequence[ItemSpec], queries: int, seed: int, most: float
) -> tuple[list[Figure], Index]:
    begun = time.perf_counter()
    index = Index(items)
    built = time.perf_counter() - begun
    asked = drawn(items, queries, seed)
    own, taken = [], []
    for kind, text in asked:
        begun = time.thread_time()
        taken.append((kind, _ms(index.search, text)))
        own.append((time.thread_time() - begun) * 1000)
    every = [ms for _, ms in taken]
    kinds = {kind: at([ms for each, ms in taken if each == kind], 0.99) for kind in dict(asked)}
    slowest = max(kinds, key=kinds.__getitem__)
    typed = [text[: 1 + number % 6] for number, (_, text) in enumerate(asked)]
    offered = [_ms(index.suggest, text) for text in typed]
    return [
        Figure(f"{name}_build_s", f"建索引，{chinese}", f"building the index, {english}", built, "s"),
        Figure(f"{name}_p50_ms", f"查一次，{chinese}，p50", f"search, {english}, p50", at(every, 0.5), "ms"),
        Figure(f"{name}_p99_ms", f"查一次，{chinese}，p99", f"search, {english}, p99", at(every, 0.99), "ms", most),
        Figure(f"{name}_cpu_p99_ms", f"其中占用处理器，{chinese}，p99", f"search, {english}, p99 of processor time", at(own, 0.99), "ms"),
        Figure(f"{name}_slowest_kind_p99_ms", f"最慢的一类（{slowest}），p99", f"slowest kind of query ({slowest}), p99", kinds[slowest], "ms"),
        Figure(f"{name}_max_ms", f"最慢的一次，{chinese}", f"slowest search, {english}", max(every), "ms"),
        Figure(f"{name}_suggest_p99_ms", f"打字提示，{chinese}，p99", f"suggestion, {english}, p99", at(offered, 0.99), "ms"),
    ], index  # fmt: skip


def _ms(ask: Callable[[str], object], text: str) -> float:
    begun = time.perf_counter()
    ask(text)
    return (time.perf_counter() - begun) * 1000

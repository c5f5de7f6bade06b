"""`./yichuang bench catalog`: how fast guides, search and import are, beside what they must reach.

Speed is measured, never asserted: a missed target is printed and the exit code stays 0. Figures go to
bench/results/catalog.json; those of --quick only where --out says.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from .figures import RESULTS, Figure, load_now, machine, markdown, table, versions, write
from .own_home import OwnHome

WHOLE = {"towns": 60, "items": 100_000, "rounds": 10, "queries": 3_000}
QUICK = {"towns": 2, "items": 2_000, "rounds": 1, "queries": 240}


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    if options.kept:
        print(markdown(json.loads((RESULTS / "catalog.json").read_text(encoding="utf-8"))))
        return 0
    load_before = load_now()
    print("正在准备测速用的系统。  Preparing a system of its own.")
    with OwnHome() as home:
        figures, postgresql = _measure(home, options)
    about = {
        "machine": machine(),
        "versions": versions(postgresql),
        "settings": {
            **{name: getattr(options, name) for name in (*QUICK, "seed", "quick")},
            "web_processes": 1,
            "load_before": load_before,
            "load_after": load_now(),
        },
    }
    print("", table(figures), "", sep="\n")
    if options.out:
        write(options.out, "catalog", about, figures)
        print(f"数字在 {options.out}  The figures are in that file.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./yichuang bench catalog", description="指南、查找、导入有多快")
    parser.add_argument("--towns", type=int, help="装入几个镇  towns to load")
    parser.add_argument("--items", type=int, help="造几项来查  items to search in")
    parser.add_argument("--rounds", type=int, help="每个指南看几遍  how often each guide is asked")
    parser.add_argument("--queries", type=int, help="查几次  how many searches")
    parser.add_argument("--seed", type=int, default=7, help="同样的种子抽出同样的内容  makes a run the same")
    parser.add_argument("--quick", action="store_true", help="少量地过一遍  a short run")
    parser.add_argument(
        "--kept",
        action="store_true",
        help="只印出上次的数字  only print the kept figures, as docs/speed.md has them",
    )
    parser.add_argument("--out", type=Path, help="写到哪里  the file to write")
    options = parser.parse_args(arguments)
    if not options.quick:
        options.out = options.out or RESULTS / "catalog.json"  # a short run's figures are not kept unasked
    for name, usual in (QUICK if options.quick else WHOLE).items():
        if getattr(options, name) is None:
            setattr(options, name, usual)
        if getattr(options, name) < 1:
            parser.error(f"--{name} 至少是 1  must be 1 or more")
    return options


def _measure(home: OwnHome, options: argparse.Namespace) -> tuple[list[Figure], str]:
    # These read models, so they come after Django has been set up on the home.
    from . import bringing, finding, pages
    from .catalogues import real

    codes = [item.code for item in real()]
    print("正在测办事指南。  Guides.")
    figures = pages.measure(home.port, codes, options.rounds, options.seed, home.processes)
    print("正在测查找。  Search.")
    figures += finding.measure_over_http(home.port, options.queries, options.seed)
    figures += finding.measure(options.items, options.queries, options.seed)
    print("正在测导入。  Import.")
    with home.superuser as superuser:
        figures += bringing.measure(superuser, options.towns, print)
        postgresql: Any = superuser.info.parameter_status("server_version")
    figures += pages.again(home.port, codes, max(1, options.rounds // 5), options.seed)
    return figures, str(postgresql)

"""`./yichuang walk`: one whole matter over HTTP, from the ticket to the rating, each step printed with its time.

Exit code 0 only if each step showed what it must. Others may use the system meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from yichuang.cli.walking import people, pictures, report
from yichuang.cli.walking.caller import Caller, Unanswered
from yichuang.cli.walking.matter import Walk
from yichuang.cli.walking.pictures import Camera
from yichuang.cli.walking.steps import Fallen, Step

PROJECT = Path(__file__).resolve().parents[3]


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    caller = Caller(options.url.rstrip("/"))
    accounts = people.accounts(options.home)
    walk = Walk(caller, accounts, window=options.window, with_papers=bool(options.report))
    print(f"走一遍：{caller.url}  One matter from ticket to rating.")
    begun = time.monotonic()
    steps: list[Step] = []
    with pictures.camera(caller.url, wanted=bool(options.report)) as camera:
        fallen = _go(walk, steps, camera)
    outcome = report.Outcome(caller.url, time.monotonic() - begun, caller.calls, fallen)
    if options.report:
        report.write(options.report, steps, outcome)
        print(f"报告  report: {options.report}")
    if fallen:
        at = len(steps) + 1
        print(
            f"没有走完，停在第 {at} 步：{fallen}",
            f"The walk stopped at step {at}.",
            sep="\n",
            file=sys.stderr,
        )
        return 1
    told = f"走完了：{len(steps)} 步，{outcome.calls} 次请求，{outcome.seconds:.1f} 秒。"
    print(f"{told}  All {len(steps)} steps showed what they must.")
    return 0


def _go(walk: Walk, steps: list[Step], camera: Camera | None) -> str:
    """Step by step; what stopped it, empty when it went through."""
    try:
        for step in walk.steps():
            steps.append(step)
            figure = f"〔{step.figure}〕" if step.figure else ""
            print(f"{step.number:3}. {step.title:　<6}{step.ms:7.0f} 毫秒  {step.told}{figure}")
            if camera and step.page:
                step.picture = camera.picture(step.page)
    except Fallen as fallen:
        walk.leave()
        return str(fallen)
    except Unanswered:
        return f"连不上 {walk.caller.url}。请先用 ./yichuang up 启动，或用 --url 指出地址。"
    return ""


def _options(arguments: list[str]) -> argparse.Namespace:
    port = os.environ.get("YICHUANG_PORT", "8000")
    parser = argparse.ArgumentParser(prog="./yichuang walk", description="走一遍：从取号到评价")
    parser.add_argument("--url", default=f"http://127.0.0.1:{port}", help="运行着的系统  a running system")
    parser.add_argument(
        "--home",
        type=Path,
        default=Path(os.environ.get("YICHUANG_HOME", PROJECT / "var")),
        help="它的文件夹，演示账号在里面  its home, for the demo accounts",
    )
    parser.add_argument("--report", type=Path, metavar="FILE.html", help="写一页报告  write a report")
    parser.add_argument("--window", type=int, default=4, help="先用几号窗口  the window to begin with")
    return parser.parse_args(arguments)

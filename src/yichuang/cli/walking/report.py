"""The walk as one page that needs nothing else: each step with its picture, its trail rows, its slips, its figure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from yichuang.doors.shared import assets

from .steps import Slip, Step

STYLE = """
* { box-sizing: border-box; }
body { margin: 0; font-family: var(--font); color: var(--ink); background: var(--ground); line-height: var(--leading); }
main { max-width: 76rem; margin: 0 auto; padding: var(--s4) var(--s2) var(--s8); }
h1 { font-size: var(--text-2xl); line-height: var(--leading-tight); margin: 0 0 var(--s1); }
h2 { font-size: var(--text-xl); line-height: var(--leading-tight); margin: 0; }
.lead { font-size: var(--text-l); max-width: var(--measure); margin: 0 0 var(--s2); }
.fell { background: var(--alert-tint); border-left: var(--s-half) solid var(--alert); padding: var(--s2); }
nav ol { list-style: none; padding: 0; margin: var(--s3) 0 var(--s4); display: flex; flex-wrap: wrap; gap: var(--s1); }
nav a { display: block; padding: var(--s-half) var(--s2); background: var(--surface); border: 1px solid var(--line);
  border-radius: var(--radius); color: var(--ink); text-decoration: none; font-size: var(--text-s); }
nav a:hover, nav a:focus { border-color: var(--action); color: var(--action); }
article { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius);
  padding: var(--s3); margin-bottom: var(--s3); display: grid; gap: var(--s2) var(--s4);
  grid-template-columns: minmax(18rem, 5fr) 6fr; align-items: start; }
article > header { grid-column: 1 / -1; display: flex; gap: var(--s2); align-items: baseline; flex-wrap: wrap; }
.number { color: var(--on-action); background: var(--action); border-radius: var(--radius); min-width: 2.2em; text-align: center;
  font-variant-numeric: tabular-nums; }
.figure { margin-left: auto; color: var(--called); font-size: var(--text-l); font-weight: 700; }
.told { margin: 0 0 var(--s2); overflow-wrap: anywhere; }
.quiet { color: var(--ink-soft); font-size: var(--text-s); margin: 0; }
figure { margin: 0; }
figure img { display: block; max-width: 100%; max-height: 34rem; border: 1px solid var(--line); border-radius: var(--radius); }
figcaption { color: var(--ink-soft); font-size: var(--text-s); margin-top: var(--s-half); overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: var(--text-s); margin: 0 0 var(--s2); }
caption { text-align: left; font-weight: 700; padding-bottom: var(--s-half); }
th, td { text-align: left; vertical-align: top; padding: var(--s-half) var(--s1); border-top: 1px solid var(--line); }
td:first-child, td:last-child { white-space: nowrap; width: 1%; font-variant-numeric: tabular-nums; }
.slips { display: flex; flex-wrap: wrap; gap: var(--s1); margin: 0 0 var(--s2); padding: 0; list-style: none; }
.slips a { display: block; padding: var(--s1) var(--s2); border: 1px solid var(--action); border-radius: var(--radius);
  color: var(--action); text-decoration: none; font-size: var(--text-s); }
@media (max-width: 50rem) { article { grid-template-columns: 1fr; padding: var(--s2); } }
@media print { nav { display: none; } article { break-inside: avoid; } }
"""


@dataclass(frozen=True)
class Outcome:
    """How the walk went as a whole."""

    url: str
    seconds: float
    calls: int
    fallen: str  # what stopped it; empty when it went through


def write(path: Path, steps: Sequence[Step], outcome: Outcome) -> None:
    """Write the report; folders that are missing are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(steps, outcome), encoding="utf-8")


def page(steps: Sequence[Step], outcome: Outcome) -> str:
    tokens = (assets.SHARED / "styles" / "tokens.css").read_text(encoding="utf-8")
    index = "".join(
        f'<li><a href="#s{step.number}">{step.number} {escape(step.title)}</a></li>' for step in steps
    )
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>走一遍：从取号到评价</title>'
        f"<style>{tokens}{STYLE}</style></head><body><main><h1>走一遍：从取号到评价</h1>{_summary(steps, outcome)}"
        f'<nav aria-label="各步"><ol>{index}</ol></nav>{"".join(map(_article, steps))}</main></body></html>\n'
    )


def _summary(steps: Sequence[Step], outcome: Outcome) -> str:
    waited = sum(step.ms for step in steps)
    lead = (
        "一位 72 岁的居民来办两件事：一件要村主任签字的承诺件，一件别的部门的即办件。"
        "每一步都在运行着的系统上真的办过，下面是当时的页面、留下的痕、打出的纸和数。"
    )
    went = (
        f'<p class="fell">没有走完，停在第 {len(steps) + 1} 步：{escape(outcome.fallen)}</p>'
        if outcome.fallen
        else f"<p>{len(steps)} 步都走通了：{outcome.calls} 次请求，系统一共用了 {waited / 1000:.1f} 秒。</p>"
    )
    return (
        f'<p class="lead">{lead}</p>{went}<p class="quiet">系统 {escape(outcome.url)}，人物都是虚构的。</p>'
    )


def _article(step: Step) -> str:
    figure = f'<span class="figure">{escape(step.figure)}</span>' if step.figure else ""
    return (
        f'<article id="s{step.number}"><header><span class="number">{step.number}</span>'
        f"<h2>{escape(step.title)}</h2>{figure}</header>"
        f'<div><p class="told">{escape(step.told)}</p>{_trail(step)}{_slips(step.slips)}'
        f'<p class="quiet">{step.calls} 次请求，{step.ms:.0f} 毫秒</p></div>{_picture(step)}</article>'
    )


def _trail(step: Step) -> str:
    if not step.trail:
        return ""
    rows = "".join(
        f"<tr><td>{escape(row['at'][11:19])}</td><td>{escape(row['sentence'])}</td><td>{escape(row['by'])}</td></tr>"
        for row in step.trail
    )
    return f"<table><caption>留痕</caption>{rows}</table>"


def _slips(slips: Iterable[Slip]) -> str:
    links = "".join(
        f'<li><a download="{escape(slip.name)}.pdf" href="data:application/pdf;base64,{_text(slip.content)}">'
        f"{escape(slip.name)}（PDF，{len(slip.content) / 1024:.0f} KB）</a></li>"
        for slip in slips
    )
    return f'<ul class="slips">{links}</ul>' if links else ""


def _picture(step: Step) -> str:
    if not step.picture or not step.page:
        return ""
    where = escape(step.page.path.partition("?")[0])
    return (
        f'<figure><img alt="{escape(step.title)}时的页面" src="data:image/jpeg;base64,{_text(step.picture)}">'
        f"<figcaption>当时看到的页面 {where}</figcaption></figure>"
    )


def _text(content: bytes) -> str:
    return b64encode(content).decode()

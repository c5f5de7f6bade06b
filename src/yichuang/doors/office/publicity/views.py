"""The pages and the files of publicity."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.notices import papers
from yichuang.rooms.notices import queries as notices
from yichuang.rooms.notices.models import Channel
from yichuang.rooms.notices.publicity import Subject, article, broadcast, seconds, signs, video
from yichuang.rooms.notices.queries import Reach
from yichuang.rooms.people import queries as people

from .subjects import board_of, subject_of

PERIODS = (7, 30, 365)
MOST_FOUND = 20
FILES: dict[str, tuple[str, str]] = {  # of the address: content type, what the saved file is called
    "poster.pdf": ("application/pdf", "海报A3.pdf"),
    "poster-a4.pdf": ("application/pdf", "海报A4.pdf"),
    "poster.png": ("image/png", "海报.png"),
    "board.pdf": ("application/pdf", "宣传栏.pdf"),
    "board.png": ("image/png", "宣传栏.png"),
    "broadcast.txt": ("text/plain; charset=utf-8", "广播稿.txt"),
    "wechat.txt": ("text/plain; charset=utf-8", "公众号文章.txt"),
    "wechat.png": ("image/png", "公众号二维码.png"),
    "video.txt": ("text/plain; charset=utf-8", "短视频脚本.txt"),
    "video.png": ("image/png", "短视频二维码.png"),
}
TEXTS = {"broadcast": "广播稿", "wechat": "公众号文章", "video": "短视频脚本"}
EDITORS = ("editor", "publisher", "hall_manager")


@audience(*EDITORS)
def publicity(request: HttpRequest) -> HttpResponse:
    """宣传：选一个事项或一件事，做海报、广播稿；看哪张纸带来了人。"""
    asked = request.GET.get("q", "").strip()[:100]
    days = _days(request)
    items, bundles = catalog.published(), catalog.life_events()
    found = (
        [items[hit.code] for hit in catalog.search(asked, MOST_FOUND) if hit.code in items] if asked else []
    )
    events = [bundle for bundle in bundles if asked and asked in bundle.name + bundle.intro]
    offices = [
        (office, [item for item in items.values() if item.office == code])
        for code, office in people.offices().items()
    ]
    names = {**{code: item.name for code, item in items.items()}, **{each.key: each.name for each in bundles}}
    reached = _reach(days)
    shown = {
        "q": asked,
        "found": found,
        "found_events": events,
        "bundles": bundles,
        "offices": [(office, rows) for office, rows in offices if rows],
        "counts": _by_channel(None),
        "periods": PERIODS,
        "tabs": _tabs(days, asked),
        "days": days,
        "rows": [_reached(each, names) for each in reached],
        "channels": Channel.choices,
        "without": len(names) - sum(each.code in names for each in reached),
    }
    return render(request, "office/publicity/list.html", shown)


@audience(*EDITORS)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """一个事项或一件事的六样宣传品，和它们各带来多少人。"""
    subject = _subject(code)
    scenes, told = video(subject), broadcast(subject)
    shown = {
        "subject": subject,
        "board_heading": board_of(subject).heading,
        "broadcast": told.split("\n"),
        "signs": signs(told),
        "seconds": seconds(told),
        "article": article(subject, papers.counted_url(Channel.WECHAT, subject.code)),
        "scenes": scenes,
        "scene_seconds": sum(scene.seconds for scene in scenes),
        "counts": _by_channel(subject),
        "periods": PERIODS,
        "links": [(channel.label, papers.counted_url(channel, subject.code)) for channel in Channel],
        "typed": papers.counted_url(Channel.BROADCAST, subject.code),
    }
    return render(request, "office/publicity/one.html", shown)


@audience(*EDITORS)
def text_page(request: HttpRequest, code: str, product: str) -> HttpResponse:
    """一样文字稿，单独一页，打印出来交给广播员、小编、拍摄的人。"""
    if product not in TEXTS:
        raise Http404
    subject = _subject(code)
    scenes, told = video(subject), broadcast(subject)
    shown = {
        "subject": subject,
        "product": product,
        "title": TEXTS[product],
        "day": _today(),
        "broadcast": told.split("\n"),
        "signs": signs(told),
        "seconds": seconds(told),
        "article": article(subject, papers.counted_url(Channel.WECHAT, subject.code)),
        "scenes": scenes,
        "scene_seconds": sum(scene.seconds for scene in scenes),
    }
    return render(request, "office/publicity/text.html", shown)


@audience(*EDITORS)
def file(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """一个文件：PDF、小样、文字稿、二维码. `?save=1` keeps it under its Chinese name."""
    if file not in FILES:
        raise Http404
    subject = _subject(code)
    kind, called = FILES[file]
    answer = HttpResponse(_MAKERS[file](subject), content_type=kind)
    how = "attachment" if "save" in request.GET else "inline"
    answer.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(f'{subject.name}{called}')}"
    return answer


def _subject(code: str) -> Subject:
    subject = subject_of(code)
    if subject is None:
        raise Http404
    return subject


def _today() -> date:
    return clock.day_of(clock.now())


def _board(subject: Subject) -> bytes:
    sheet = board_of(subject)
    return papers.board(sheet.heading, sheet.rows, day=_today())


def _board_picture(subject: Subject) -> bytes:
    sheet = board_of(subject)
    return papers.board_picture(sheet.heading, sheet.rows, day=_today())


def _code_picture(subject: Subject, channel: Channel) -> bytes:
    drawn = io.BytesIO()
    segno.make(papers.counted_url(channel, subject.code), micro=False, error="m").save(
        drawn, kind="png", scale=12
    )
    return drawn.getvalue()


def _video_text(subject: Subject) -> str:
    scenes = video(subject)
    lines = [
        f"镜头 {each.number}（{each.seconds} 秒）\n画面：{each.picture}\n台词：{each.words}"
        for each in scenes
    ]
    return "\n\n".join([f"{subject.name}　短视频脚本", *lines])


_MAKERS: dict[str, Callable[[Subject], bytes | str]] = {
    "poster.pdf": lambda subject: papers.poster(subject, day=_today()),
    "poster-a4.pdf": lambda subject: papers.poster(subject, day=_today(), paper="a4"),
    "poster.png": lambda subject: papers.poster_picture(subject, day=_today()),
    "board.pdf": _board,
    "board.png": _board_picture,
    "broadcast.txt": broadcast,
    "wechat.txt": lambda subject: article(subject, papers.counted_url(Channel.WECHAT, subject.code)).text,
    "wechat.png": lambda subject: _code_picture(subject, Channel.WECHAT),
    "video.txt": _video_text,
    "video.png": lambda subject: _code_picture(subject, Channel.VIDEO),
}


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, PERIODS) else PERIODS[1]


def _tabs(days: int, asked: str) -> list[dict[str, Any]]:
    kept = f"&q={quote(asked)}" if asked else ""
    return [
        {"label": f"{each} 天", "href": f"?days={each}{kept}#reach", "current": each == days}
        for each in PERIODS
    ]


def _reach(days: int) -> list[Reach]:
    today = _today()
    return notices.reach(today - timedelta(days=days - 1), today)


def _by_channel(subject: Subject | None) -> list[tuple[str, list[int]]]:
    """海报 12 40 300: each channel with the counts of the periods, then their sum; of one subject or of all."""
    counted = [_sum(_reach(days), subject) for days in PERIODS]
    rows = [(str(channel.label), [times[channel] for times in counted]) for channel in Channel]
    return [*rows, ("合计", [times.total() for times in counted])]


def _sum(reached: Iterable[Reach], subject: Subject | None) -> Counter[Channel]:
    times: Counter[Channel] = Counter()
    for each in reached:
        if subject is None or (each.target, each.code) == (subject.kind, subject.code):
            times.update(each.times)
    return times


def _reached(each: Reach, names: dict[str, str]) -> dict[str, Any]:
    return {
        "code": each.code,
        "name": names.get(each.code, ""),  # one that is no longer published keeps its count
        "total": each.total,
        "times": [each.times.get(channel, 0) for channel in Channel],
    }

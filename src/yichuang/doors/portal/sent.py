"""演示里发出的短信：what would have gone to phones, newest first."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.lines.sms.fake import SentFile

SHOWN = 50
AGAIN_SECONDS = 5
LINK = re.compile(r"https?://\S+")


@audience("public")
def sent(request: HttpRequest) -> HttpResponse:
    """演示里短信不会真的发出去，都在这一页，几秒更新一次。Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    messages = [
        {"at": each.at, "phone": each.phone, "parts": _parts(each.text)}
        for each in SentFile(settings.HOME).newest(SHOWN)
    ]
    page = {"messages": messages, "again_seconds": AGAIN_SECONDS, "is_still": "still" in request.GET}
    answer = render(request, "portal/sent.html", page)
    if not page["is_still"]:
        answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return answer


def _parts(text: str) -> list[dict[str, str]]:
    """The text with its addresses as links of this very place, whatever its public name is."""
    parts, place = [], 0
    for found in LINK.finditer(text):
        parts.append({"text": text[place : found.start()], "link": ""})
        address = found[0]
        ours = address.startswith(settings.PUBLIC_URL)
        parts.append({"text": address, "link": address.removeprefix(settings.PUBLIC_URL) if ours else ""})
        place = found.end()
    parts.append({"text": text[place:], "link": ""})
    return [part for part in parts if part["text"]]

"""Messages that did not arrive: seen by a person, sent again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.rooms.notices import actions, queries


@audience("hall_manager", "supervisor", "admin")
def letters(request: HttpRequest) -> HttpResponse:
    """没发出去的短信：试了几次、为什么；电话改好以后再发一次。"""
    if request.method == "POST":
        number = request.POST.get("message", "")
        who = request.who.staff  # type: ignore[attr-defined]
        message_id = int(number) if number.isdecimal() and len(number) < 19 else 0
        actions.resend(message_id=message_id, by=who)
        return HttpResponseRedirect("/office/letters/?again=1")
    toast = {"text": "已经放回去，马上再发。"} if "again" in request.GET else None
    return render(request, "office/letters.html", {"letters": queries.dead_letters(), "toast": toast})

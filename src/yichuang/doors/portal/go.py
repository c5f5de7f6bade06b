"""扫码进来：a sheet's code is counted and leads to the guide. Nothing is kept about who scanned it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.notices import actions, rules
from yichuang.rooms.notices.models import Channel, Target


@audience("public")
def go(request: HttpRequest, channel: str, code: str) -> HttpResponse:
    """扫码：数一次，去看指南。The code of an item or its short name as people type it, or the key of a 一件事."""
    if channel not in Channel.values or (found := _target(code)) is None:
        raise Http404
    target, known = found
    agent = request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if request.method == "GET" and rules.is_followed_by_a_person(agent, purpose):
        actions.count_scan(channel=Channel(channel), target=target, code=known, day=clock.day_of(clock.now()))
    return HttpResponseRedirect(f"/guide/{known}" if target == Target.ITEM else f"/event/{known}")


def _target(code: str) -> tuple[Target, str] | None:
    items = catalog.published()
    if code.upper() in items:
        return Target.ITEM, code.upper()
    if any(bundle.key == code.lower() for bundle in catalog.life_events()):
        return Target.BUNDLE, code.lower()
    named = next((item.code for item in items.values() if item.short_name == code), None)
    return (Target.ITEM, named) if named else None

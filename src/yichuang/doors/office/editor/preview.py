"""A version that is still written, as a resident will see it: on the phone, on A4, on the kiosk."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yichuang.doors.shared import guides
from yichuang.doors.shared.gate import audience
from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.states import OPEN
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.people import queries as people

LOOKS = ("phone", "paper", "kiosk")


@audience("editor", "publisher")
def preview(request: HttpRequest, code: str, look: str) -> HttpResponse:
    """预览：the version that is written or waits for the publisher, else the newest; nothing can be sent from here."""
    item = queries.item(code)
    if item is None or look not in LOOKS:
        raise Http404
    versions = queries.versions(item)
    if not versions:
        raise Http404
    version = next((each for each in versions if each.status in OPEN), versions[0])
    spec = queries.spec(version.pk)
    answers = {name: str(value) for name, value in request.GET.items() if len(value) <= 100}
    facts = guides.facts(
        spec,
        answers,
        everything=queries.published(),
        bundles=queries.life_events(),
        windows=list(hall.windows()),
        hours=hall.opening_hours(),
        office=people.offices().get(spec.office),
        address=f"{settings.PUBLIC_URL.rstrip('/')}/guide/{spec.code}",
    )
    facts["inside"] = "inside" in request.GET  # beside the form, where nothing is printed
    return render(request, f"office/editor/preview_{look}.html", facts)

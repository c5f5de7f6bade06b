"""Making a browser the kiosk: the engineer types the token that was shown once when the device was enrolled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared import sign_in
from yichuang.doors.shared.gate import audience
from yichuang.ground.refusals import Refused
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.models import DeviceKind

TEN_YEARS = 10 * 365 * 24 * 3600  # a device stays what it is until its token is withdrawn


@audience("public", keep_answer=False)
def pair(request: HttpRequest) -> HttpResponse:
    """把这台机器登记为取号机。Wrong tokens are refused in the page; the token itself is never shown again."""
    if request.method != "POST":
        return render(request, "kiosk/pair.html")
    token = request.POST.get("token", "").strip()
    device = people.device_by_token(token)  # of this town only
    if device is None or device.kind != DeviceKind.KIOSK:
        return render(request, "kiosk/pair.html", {"refused": Refused("no_right")}, status=403)
    response = HttpResponseRedirect("/kiosk/")
    secure = request.is_secure()
    response.set_cookie(
        sign_in.COOKIE, token, max_age=TEN_YEARS, httponly=True, samesite="Lax", secure=secure
    )
    return response

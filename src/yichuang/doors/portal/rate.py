"""评价：five faces, one or two touches, no name. The same page for the phone, the SMS and the rating device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.sign_in import Principal
from yichuang.ground import clock
from yichuang.ground.refusals import Refused
from yichuang.rooms.feedback import actions, queries, rules
from yichuang.rooms.feedback.actions import Said
from yichuang.rooms.feedback.models import Channel, Grade
from yichuang.rooms.people.models import Device

FACES = {  # drawing, and the words where a narrow face may break them
    Grade.VERY_GOOD: ("very-good", "非常", "满意"),
    Grade.GOOD: ("good", "", "满意"),
    Grade.FAIR: ("fair", "基本", "满意"),
    Grade.POOR: ("poor", "", "不满意"),
    Grade.VERY_POOR: ("very-poor", "非常", "不满意"),
}
_DEVICES = {"rater": Channel.RATER, "kiosk": Channel.KIOSK}


@audience("public")
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """请评价：点一张脸，再点提交；原因和想说的话都可以不写，不评也可以。"""
    service = queries.service_of(token)
    if "skip" in request.GET:
        return _said(request, "portal/rate_skipped.html", {"token": token})
    if rating := queries.rating_of(service):
        return _said(
            request, "portal/rate_thanks.html", {"rating": rating, "is_just_now": "thanks" in request.GET}
        )
    if service.ended_at is None:
        raise Refused("service_not_over")
    if not rules.is_still_open(service.ended_at, clock.now()):
        raise Refused("rating_too_late", days=rules.OPEN_FOR.days)
    if _who(request).kind == "staff":
        return _said(request, "portal/rate_staff.html", {"token": token}, 403)
    if request.method != "POST":
        return _asked(request, service, Said(0))
    said = _typed(request)
    try:
        actions.rate(invitation=token, said=said, channel=_channel(request), by=_device(request))
    except Refused as refused:
        if not refused.fields:
            raise
        return _asked(request, service, said, refused)
    return HttpResponseRedirect(f"/rate/{token}?thanks=1")


def _typed(request: HttpRequest) -> Said:
    """Ticks that were left behind under another grade no longer show, so they are not sent on."""
    grade = request.POST.get("grade", "")
    chosen = int(grade) if grade in {str(each) for each in Grade.values} else 0
    ticked = request.POST.getlist("reasons")
    words = request.POST.get("words", "").replace("\x00", "")
    return Said(chosen, rules.fitting(chosen, ticked) if chosen else [], words)


def _asked(
    request: HttpRequest, service: queries.Service, said: Said, refused: Refused | None = None
) -> HttpResponse:
    """The form; what was said already stays."""
    page = {
        "service": service,
        "faces": [(int(grade), *FACES[grade]) for grade in sorted(Grade, reverse=True)],
        "groups": [
            ("good", "哪里做得好", rules.GOOD_REASONS.items()),
            ("poor", "哪里没做好", rules.POOR_REASONS.items()),
        ],
        "said": said,
        "most_words": rules.MOST_WORDS,
        "refused": refused,
        "by": request.GET.get("by", ""),
    }
    return _said(request, "portal/rate.html", page, refused.status if refused else 200)


def _said(request: HttpRequest, page: str, values: dict[str, object], status: int = 200) -> HttpResponse:
    answer = render(request, page, values, status=status)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _who(request: HttpRequest) -> Principal:
    who: Principal = request.who  # type: ignore[attr-defined]
    return who


def _device(request: HttpRequest) -> Device | None:
    row = _who(request).row
    return row if isinstance(row, Device) else None


def _channel(request: HttpRequest) -> str:
    device = _device(request)
    if device:
        return _DEVICES.get(device.kind, Channel.LINK)
    return Channel.SMS if request.GET.get("by") == "sms" else Channel.LINK

"""Pages every door shares: the switches of elder mode and of language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from yichuang.doors.shared.gate import audience
from yichuang.doors.shared.place import ELDER_SIZES, LANGUAGES

A_YEAR = 365 * 24 * 3600


@audience("public")
def elder(request: HttpRequest) -> HttpResponse:
    """大字版：一按就变，一直留着；再按还原。

    `?size=22&next=/guide/x` sets the cookie and goes back (0 ends it); without a size it asks which one. It only
    changes how this browser is shown, so a plain GET form may do it: no script, no token, no lost page.
    """
    back = _back(request)
    size = request.GET.get("size", "")
    if not size.isdigit() or int(size) not in {0, *ELDER_SIZES}:
        return render(request, "elder.html", {"next": back, "sizes": list(ELDER_SIZES)[::2]})
    response = HttpResponseRedirect(back)
    if int(size):
        # The switch's own script sets the same cookie, so it is not hidden from scripts. It holds only a number.
        response.set_cookie("elder", size, max_age=A_YEAR, samesite="Lax")
    else:
        response.delete_cookie("elder", samesite="Lax")
    return response


@audience("public")
def language(request: HttpRequest) -> HttpResponse:
    """换语言：`?to=en&next=/guide/x` sets the cookie and goes back; anything else than en is Chinese again.

    Like the elder switch it only changes how this browser is shown. A kiosk's idle wipe takes the cookie away, so the
    next person meets Chinese; that is why scripts may see it.
    """
    response = HttpResponseRedirect(_back(request))
    if request.GET.get("to") in LANGUAGES[1:]:
        response.set_cookie("lang", request.GET["to"], max_age=A_YEAR, samesite="Lax")
    else:
        response.delete_cookie("lang", samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """The page the switch stood on; never another site."""
    back = request.GET.get("next", "/")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"

"""Every page there is to look at, of a hall in which people have been at work (yichuang.cli.shooting)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.conventions.routes import routes
from yichuang.cli.shooting import camera
from yichuang.cli.shooting.scene import Morning
from yichuang.cli.shooting.views import View

# Addresses that are no pages: what they answer is a piece of a page, a paper, or the way on after an act.
PIECES = {
    "/board/now",
    "/screen/now",
    "/ticket/<str:token>/now",
    "/desk/line",
    "/desk/items",
    "/desk/known",
    "/search/suggest",
}
PAPERS = re.compile(r"\.(pdf|xlsx|zip)$|^/desk/files/|<str:file>$")
ACTS = {
    "/go/<slug:channel>/<str:code>",
    "/search/none",
    "/guide/<slug:code>/answer",
    "/guide/<slug:code>/save",
    "/event/<slug:key>/save",
    *(f"/office/catalog/<slug:code>/{act}" for act in ("begin/", "draft/", "draft/discard/")),
    *(f"/office/catalog/{act}" for act in ("publish/", "unfound/settle/", "unfound/dismiss/")),
    "/office/catalog/<slug:code>/basis/",
    *(f"/office/catalog/<slug:code>/<int:version>/{act}" for act in ("publish/", "send-back/")),
    "/kiosk/way/",
    "/kiosk/take/",
    "/desk/call-next",
    "/desk/open/look",
    "/desk/window/<int:number>/open",
    *(f"/desk/window/{act}" for act in ("pause", "resume", "close")),
    *(f"/desk/ticket/<int:ticket_id>/{act}" for act in ("start", "recall", "miss", "finish")),
    *(
        f"/desk/case/<slug:number>/{act}"
        for act in ("save", "look", "items", "documents", "notice", "accept", "refuse", "issue")
    ),
    "/desk/results/<slug:result_number>/hand-over",
    *(f"/desk/review/<int:task_id>/{act}" for act in ("claim", "opinion")),
    *(f"/desk/sign/<int:task_id>/{act}" for act in ("sign", "return")),
}


def page_routes() -> list[str]:
    """The addresses that answer a GET with a page of their own, or do not say that they do something else."""
    return [
        route.path
        for route in routes()
        if route.method == "GET"
        and not route.path.startswith("/api/")
        and route.path not in PIECES | ACTS
        and not PAPERS.search(route.path)
    ]


def route_of(view: View) -> str:
    """Which route answers a view's address."""
    path = re.sub(r"{\w+}", "x1", view.path).split("?")[0]
    fitting = [route for route in page_routes() if re.fullmatch(re.sub(r"<\w+:\w+>", "[^/]+", route), path)]
    return min(fitting, key=lambda route: route.count("<"), default="")


@dataclass
class Look:
    """Opens views in a browser, as those who have reason to."""

    browser: Browser
    morning: Morning

    @contextmanager
    def at(self, view: View, *, width: int = 0, elder: str = "", scripts: bool = True) -> Iterator[Page]:
        """A view in a browser of its own. `elder`: the size of letters."""
        url, (first, height) = self.morning.caller.url, view.door.sizes[0]
        context = self.browser.new_context(
            base_url=url,
            viewport={"width": width or first, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        context.add_cookies(camera.cookies(url, self.morning.token(view), elder))
        try:
            page = context.new_page()
            page.goto(self.morning.path(view))
            if view.opens:
                page.evaluate("id => document.getElementById(id).showModal()", view.opens)
            yield page
        finally:
            context.close()

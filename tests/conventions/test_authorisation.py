"""Who may come to which address: every route, method and role, against a table written by hand.

A route without a row fails, and so does a row without a route. An answer of 401 or 403, or the way to the sign-in
page, is turned away; anything else was let in (and may then say 404 or 422).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import MONDAY_MORNING
from tests.conventions.routes import Route, routes
from tests.conventions.scene import Scene, set_up
from yichuang.doors.shared import sign_in
from yichuang.ground import clock, towns
from yichuang.ground.towns import Town, TownManager
from yichuang.rooms.people import actions as people
from yichuang.rooms.people.actions import Employment
from yichuang.rooms.people.models import DeviceKind, Resident, Role

TABLE = Path(__file__).with_name("authorisation.txt")
NOBODY = "public"
# What anybody may read in any town, so another town's clerk is answered too: with their own town's contents.
PUBLIC_PLACES = (
    "/guide/", "/event/", "/go/", "/api/v1/catalog/", "/office/figures/", "/office/publicity/", "/api/v1/figures/",
)  # fmt: skip


def rows() -> dict[str, frozenset[str]]:
    """`GET /desk/`: who may. Lines of the table: METHODS ADDRESS WHO…"""
    told = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            methods, path, *who = line.split()
            for method in methods.split(","):
                told[f"{method} {path}"] = frozenset(who)
    return told


STAFF_IS_TOLD_NO = "/rate/<str:token>"  # no rating from a clerk's own session
# They answer 401, or lead to the sign-in page, by themselves.
SIGNING_IN_AND_OUT = {"/api/v1/sessions", "/office/sign-in/", "/office/sign-out/", "/kiosk/pair/"}
SAMPLE = (NOBODY, "clerk", "kiosk", "resident")  # for addresses that are everybody's

ROUTES = [route for route in routes() if route.audience is not None]


def test_every_route_declares_whom_it_is_for():
    undeclared = [str(route) for route in routes() if route.audience is None and "/api/" not in route.path]
    assert undeclared == []


def test_the_table_names_every_route_and_no_other():
    known, found = rows(), {str(route): route.audience.roles for route in ROUTES}
    assert sorted(set(found) - set(known)) == [], "routes without a row"
    assert sorted(set(known) - set(found)) == [], "rows without a route"
    assert {
        route: (sorted(found[route]), sorted(who)) for route, who in known.items() if found[route] != who
    } == {}


@pytest.fixture
def quiet_places(settings) -> None:
    """Not the demo: no browser stands for a device by itself."""
    settings.DEMO = False
    sign_in.forget()


@pytest.fixture
def tokens(db: None, quiet_places: None) -> dict[str, str]:
    """One person or device for each role, in 大圩镇."""
    with towns.within(Town.objects.get(key="dawei")), clock.frozen(MONDAY_MORNING):
        found = {NOBODY: ""}
        for role in Role.values:
            employment = Employment(username=f"only-{role}", name="张三", roles=(role,))
            found[role] = sign_in.staff_token(people.employ(employment=employment, password="x"))
        for kind in DeviceKind.values:
            found[kind] = people.enrol_device(kind=kind, name=kind, by=None)[1]
        found["resident"] = sign_in.resident_token(Resident.objects.get(name="李桂芳"))
    return found


@pytest.fixture
def scene(db: None) -> Scene:
    with towns.within(Town.objects.get(key="dawei")), clock.frozen(MONDAY_MORNING):
        return set_up()


@pytest.fixture
def stranger(db: None, quiet_places: None) -> str:
    """Somebody of 临湖镇 who holds every duty there is."""
    with towns.within(Town.objects.get(key="linhu")):
        employment = Employment(username="every-duty", name="外人", roles=tuple(Role.values))
        return sign_in.staff_token(people.employ(employment=employment, password="x"))


def ask(route: Route, path: str, token: str) -> HttpResponse:
    client = Client(raise_request_exception=True)
    headers = {}
    if path.startswith("/api/"):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
    elif token:
        client.cookies[sign_in.COOKIE] = token
    sent = {"data": "{}", "content_type": "application/json"} if path.startswith("/api/") else {}
    with clock.frozen(MONDAY_MORNING):
        if route.method == "POST":
            return client.post(path, headers=headers, **sent)
        return client.generic(route.method, path, headers=headers)


def was_turned_away(answer: HttpResponse) -> bool:
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/office/sign-in/")
    return answer.status_code in (401, 403) or to_sign_in


def may(role: str, who: frozenset[str]) -> bool:
    return "public" in who or role in who or ("staff" in who and role in Role.values)


def door_of(route: Route) -> str:
    first = route.path.split("/")[1]
    return {"api": "machines", "desk": "the desk"}.get(first, "all other doors")


@pytest.mark.parametrize("door", ["machines", "the desk", "all other doors"])
def test_each_role_is_let_in_or_turned_away_as_the_table_says(door, tokens, scene):
    wrong = []
    for route in ROUTES:
        if door_of(route) != door or route.path in SIGNING_IN_AND_OUT:
            continue
        who = rows()[str(route)]
        for role in SAMPLE if "public" in who else tokens:
            if route.path == STAFF_IS_TOLD_NO and role in Role.values:
                continue
            answer = ask(route, scene.fill(route.path), tokens[role])
            assert answer.status_code < 500, (str(route), role)
            if was_turned_away(answer) == may(role, who):
                wrong.append((str(route), role, answer.status_code))
    assert wrong == []


def strangers_routes() -> Iterator[Route]:
    for route in ROUTES:
        if (
            "<" in route.path
            and not route.path.startswith(PUBLIC_PLACES)
            and route.path != "/api/<path:path>"
        ):
            yield route


def meet_nothing(scene: Scene, token: str) -> list[tuple[str, int]]:
    """Routes that show or do something to an object of 大圩镇 for somebody of 临湖镇."""
    met = []
    for route in strangers_routes():
        if "window" in route.path:
            continue  # a window's number names a window of one's own town
        answer = ask(route, scene.fill(route.path), token)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        gone_on = answer.status_code == 302 and route.method == "GET"
        if not (answer.status_code in (404, 422) or gone_on) or "李桂芳".encode() in body:
            met.append((str(route), answer.status_code))
    return met


def test_another_towns_staff_find_nothing_of_this_town(scene, stranger):
    assert meet_nothing(scene, stranger) == []


def test_not_even_when_the_applications_own_filters_are_gone(scene, stranger, monkeypatch):
    """Row-level security alone: the manager no longer asks for the town."""
    monkeypatch.setattr(TownManager, "get_queryset", super(TownManager, TownManager()).get_queryset.__func__)
    assert meet_nothing(scene, stranger) == []

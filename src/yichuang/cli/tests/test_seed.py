"""The demo town is loaded once, whole, with accounts that only their owner can read."""

from __future__ import annotations

import stat

import pyotp
import pytest

from tests import cast
from tests.harness import environment
from yichuang.cli import seed
from yichuang.config.trouble import Trouble
from yichuang.ground import clock, towns
from yichuang.ground.identity import IdNumber
from yichuang.rooms.catalog import queries as catalog
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.people import actions
from yichuang.rooms.people.models import Device, Staff, Village
from yichuang.rooms.people.queries import device_by_token, staff_with_duties

ROLES = [
    "clerk", "hall_manager", "supervisor", "editor", "publisher", "auditor", "leader", "admin", "grid_worker",
]  # fmt: skip


def everyone() -> list[dict[str, str]]:
    """The accounts of 大圩镇, however deep they stand."""
    found = []
    for name, told in cast.accounts()["staff"].items():
        if name != "other_town_clerk":
            found += [told] if "username" in told else list(told.values())
    return found


def test_the_town_is_complete(dawei):
    assert (dawei.name, dawei.is_demo, dawei.always_open) == ("大圩镇", True, True)
    assert len(catalog.published()) == 106 and len(catalog.life_events()) == 13
    assert [window.number for window in hall.windows()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(hall.opening_hours()) == 11 and Village.objects.count() == 15
    assert len(hall.queues()) == 3


def test_the_accounts_have_the_shape_others_rely_on(dawei):
    told = cast.accounts()
    assert set(told) == {"staff", "devices", "residents"}
    assert {*ROLES, "reviewers", "village_heads", "office_editors", "other_town_clerk"} <= set(told["staff"])
    routed = {office for item in catalog.published().values() for stage in item.route for office in stage}
    assert set(told["staff"]["reviewers"]) == routed
    assert set(told["staff"]["village_heads"]) == {f"V{number:02}" for number in range(1, 16)}
    assert set(told["devices"]) == {"kiosk", "board", "rater", "bridge", "gateway"}
    assert told["residents"]["li"] == {"phone": "13900000001"}
    assert all(len(account["password"]) >= 10 for account in everyone())
    assert all(len(head["pin"]) == 6 for head in told["staff"]["village_heads"].values())
    assert len({account["password"] for account in everyone()}) == len(everyone()) == Staff.objects.count()


def test_only_their_owner_reads_the_accounts():
    path = environment.home() / "demo-accounts.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not path.with_suffix(".json.new").exists()


def test_everybody_signs_in_with_password_and_code(dawei):
    for account in everyone():
        code = pyotp.TOTP(account["totp_secret"]).at(clock.now())
        staff = actions.sign_in(username=account["username"], password=account["password"], totp=code)
        assert staff.name == account["name"]


def test_each_role_is_held_and_each_place_has_its_person(dawei):
    told = cast.accounts()["staff"]
    for role in ROLES:
        assert role in staff_with_duties(cast.staff(told[role]["username"]).pk)[1]
    for office, account in told["reviewers"].items():
        assert cast.staff(account["username"]).office.code == office
    for village, account in told["village_heads"].items():
        head = cast.staff(account["username"])
        assert head.village.code == village
        actions.check_pin(staff=head, pin=account["pin"])


def test_the_devices_are_known_by_their_tokens(dawei):
    for kind, token in cast.accounts()["devices"].items():
        assert device_by_token(token).kind == kind
    assert Device.objects.count() == 5


def test_li_guifang_is_an_invented_person_of_72(li_guifang, monday_morning):
    number = IdNumber.parse(li_guifang.id_number, clock.day_of(monday_morning))
    assert number.area == "349900" and number.age_on(clock.day_of(monday_morning)) == 72
    assert li_guifang.village.name == "磨滩村"


def test_the_other_town_has_its_own_hall_and_clerk(outsider):
    account = cast.accounts()["staff"]["other_town_clerk"]
    assert account["username"] == "clerk@linhu"
    with towns.within(outsider.town_id):
        assert actions.sign_in(username="clerk", password=account["password"]) == outsider
        assert len(hall.windows()) == 1 and list(catalog.published()) == ["SB-001"]


def test_a_town_that_is_there_is_left_alone(db, capsys):
    before = (environment.home() / "demo-accounts.json").read_bytes()
    seed.load_demo_town()
    assert "没有改动" in capsys.readouterr().out
    assert (environment.home() / "demo-accounts.json").read_bytes() == before


def test_accounts_cut_off_before_their_name_are_completed(db, tmp_path, settings):
    settings.HOME = tmp_path
    (tmp_path / "demo-accounts.json.new").write_text("{}")
    seed.load_demo_town()
    assert (tmp_path / "demo-accounts.json").read_text() == "{}"


def test_it_is_never_loaded_in_production(monkeypatch):
    monkeypatch.setenv("YICHUANG_MODE", "production")
    with pytest.raises(Trouble, match="正式运行"):
        seed.load_demo_town()
    with pytest.raises(Trouble):
        seed.main([])

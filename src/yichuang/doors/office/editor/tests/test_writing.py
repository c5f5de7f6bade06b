"""写一版：whose items, saving by hand and by itself, what is refused and kept, proposing, giving up, the preview."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from yichuang.doors.office.editor.sections import SECTIONS
from yichuang.doors.shared import sign_in
from yichuang.ground import towns
from yichuang.ground.towns import Town
from yichuang.rooms.catalog import actions, queries
from yichuang.rooms.catalog.models import ItemVersion

from .pages import form_of

CODE = "MZ-010"
DRAFT = f"/office/catalog/{CODE}/draft"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def town(dawei, monday_morning):
    sign_in.forget()
    queries.forget()
    yield dawei
    queries.forget()


def browser_of(username: str = "editor") -> Client:
    return cast.sign_in_as(Client(HTTP_HOST="dawei.localhost"), cast.staff(username))


def a_draft(code: str = CODE) -> ItemVersion:
    return actions.begin_draft(item=queries.item(code), reason="法定时限缩短了", by=cast.staff("editor"))


def page_of(browser: Client, section: str, code: str = CODE) -> str:
    answer = browser.get(f"/office/catalog/{code}/draft/{section}/")
    assert answer.status_code == 200
    return answer.content.decode()


def saved(browser: Client, section: str, status: int = 302, **changes):
    """Save a section with these fields changed; names are written `materials__0__name`."""
    form = form_of(page_of(browser, section))
    form |= {
        name.replace("__", "."): value if isinstance(value, list) else [value]
        for name, value in changes.items()
    }
    answer = browser.post(f"{DRAFT}/{section}/", form)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def written() -> tuple[ItemVersion, object]:
    version = ItemVersion.objects.get(item__code=CODE, status="draft")
    return version, queries.spec(version.pk)


@pytest.mark.parametrize("section", [section.key for section in SECTIONS])
@pytest.mark.parametrize("code", ["MZ-010", "SB-007", "CG-002"])
def test_a_page_sent_back_as_it_came_changes_nothing(town, section, code):
    version, browser = a_draft(code), browser_of()
    before = queries.spec(version.pk)
    form = form_of(page_of(browser, section, code))
    assert browser.post(f"/office/catalog/{code}/draft/{section}/", form).status_code == 302
    version.refresh_from_db()
    assert (queries.spec(version.pk), version.revision) == (before, 0)


def test_what_is_written_is_saved_and_seen_in_the_preview(town):
    a_draft()
    browser = browser_of()
    answer = saved(browser, "basics", name="高龄老人津贴")
    assert answer["Location"] == f"{DRAFT}/basics/?saved=1"
    version, spec = written()
    assert (spec.name, version.revision) == ("高龄老人津贴", 1)
    for look in ("phone", "paper", "kiosk"):
        page = browser.get(f"/office/catalog/{CODE}/preview/{look}/").content.decode()
        assert "高龄老人津贴" in page and "居民户口簿" in page
    assert queries.published()[CODE].name == "高龄津贴申领"


def test_saving_can_lead_to_the_next_section(town):
    a_draft()
    assert saved(browser_of(), "basics", do="next")["Location"] == f"{DRAFT}/limits/?saved=1"


def test_a_promise_longer_than_the_law_is_refused_beside_its_field_and_everything_typed_stays(town):
    a_draft()
    page = saved(
        browser_of(), "limits", 422, promised_workdays="60", result="写了一半的结果"
    ).content.decode()
    form = form_of(page)
    assert (form["promised_workdays"], form["result"]) == (["60"], ["写了一半的结果"])
    assert "不能超过法定的 20 个工作日" in page and "承诺时限 60 天超过了法定时限 20 天" in page
    assert written()[0].revision == 0


def test_text_in_a_number_is_named_and_kept(town):
    a_draft()
    page = saved(
        browser_of(), "materials", 422, materials__1__copies="两份", materials__0__notes="新写的"
    ).content.decode()
    form = form_of(page)
    assert (form["materials.1.copies"], form["materials.0.notes"]) == (["两份"], ["新写的"])
    assert 'href="#f-materials-1-copies"' in page and "要填 0 到 20 的整数，现在是“两份”" in page


def test_who_was_slower_is_told_and_keeps_what_was_typed(town):
    a_draft()
    browser, other = browser_of(), browser_of("editor-mz")
    form = form_of(page_of(browser, "basics"))
    saved(other, "basics", condition="别人写的条件")
    answer = browser.post(f"{DRAFT}/basics/", form | {"condition": ["我写的条件"]})
    page = answer.content.decode()
    assert answer.status_code == 409 and "柳青又保存过这份草稿" in page
    assert form_of(page)["condition"] == ["我写的条件"] and form_of(page)["revision"] == ["0"]
    assert written()[1].condition == "别人写的条件"


def test_a_page_that_saves_by_itself_learns_what_it_needs(town):
    a_draft()
    browser = browser_of()
    form = form_of(page_of(browser, "questions"))
    row = {
        "questions.7.question": ["有葡萄园吗？"],
        "questions.7.answer": ["没有", "有"],
        "questions.7.trigger": ["1"],
    }
    form |= row | {"questions": [*form["questions"], "7"], "questions.7.key": [""], "client_key": [""]}
    told = browser.post(f"{DRAFT}/questions/", form, **JSON).json()
    assert (told["revision"], told["said"]) == (1, "已保存 9:00")
    assert told["settled"]["questions.7.key"] == "situation_1"
    assert told["titles"]["questions-7"] == ["有葡萄园吗？", "没有、有"]
    assert (
        "还没有材料用到这个问题" in told["pieces"]["checks"]
        and "#f-questions-7-question" in told["pieces"]["checks"]
    )
    assert "1 处不对" in told["pieces"]["nav"]
    again = browser.post(f"{DRAFT}/questions/", form | {"revision": ["0"]}, **JSON)
    assert again.status_code == 409 and again.json()["code"] == "draft_moved_on"


def test_a_page_that_saves_by_itself_is_told_which_field_is_wrong(town):
    a_draft()
    browser = browser_of()
    form = form_of(page_of(browser, "limits")) | {"visits": ["很多"]}
    answer = browser.post(f"{DRAFT}/limits/", form, **JSON)
    assert answer.status_code == 422 and answer.json()["wrong"] == {
        "f-visits": "要填 0 到 9 的整数，现在是“很多”"
    }


def test_rows_are_added_and_taken_away_without_script(town):
    a_draft()
    browser = browser_of()
    form = form_of(page_of(browser, "materials"))
    page = browser.post(f"{DRAFT}/materials/", form | {"do": ["add:materials"], "new.materials": ["结婚证"]})
    form = form_of(page.content.decode())
    assert form["materials.7.name"] == ["结婚证"] and "还没有存" in page.content.decode()
    page = browser.post(f"{DRAFT}/materials/", form | {"do": ["drop:materials:0"]}).content.decode()
    assert "去掉了" in page and 'value="back:materials:0"' in page
    assert browser.post(f"{DRAFT}/materials/", form_of(page) | {"do": ["save"]}).status_code == 302
    names = [row.name for row in written()[1].materials]
    assert names[0] == "居民户口簿" and names[-1] == "结婚证" and len(names) == 7


def test_a_name_typed_but_not_added_is_added_when_saved(town):
    a_draft()
    saved(browser_of(), "materials", new__materials="结婚证", do="save")
    assert written()[1].materials[-1].name == "结婚证"


def test_a_new_item_is_written_by_its_office(town):
    browser = browser_of("editor-mz")
    page = browser.get("/office/catalog/new/").content.decode()
    assert "民政和养老" in page and "社保所" not in page
    typed = {"office": "MZ", "name": "葡萄架补助申领", "reason": "区里新下放的"}
    answer = browser.post("/office/catalog/new/", typed)
    assert answer["Location"] == "/office/catalog/MZ-017/draft/basics/?begun=1"
    page = browser.get(answer["Location"]).content.decode()
    assert "葡萄架补助申领" in page and "还没有材料" in page and "草稿，居民还看不到" in page
    refused = browser.post("/office/catalog/new/", typed)
    assert refused.status_code == 409 and "区里新下放的" in refused.content.decode()
    for missing, status in (({"name": ""}, 422), ({"reason": ""}, 422), ({"office": "SB"}, 422)):
        assert (
            browser.post("/office/catalog/new/", typed | {"name": "另一件事"} | missing).status_code == status
        )


def test_beginning_asks_why(town):
    browser = browser_of()
    assert browser.post(f"/office/catalog/{CODE}/begin/", {"reason": " "}).status_code == 422
    answer = browser.post(f"/office/catalog/{CODE}/begin/", {"reason": "法定时限缩短了"})
    assert answer["Location"] == f"{DRAFT}/basics/?begun=1" and written()[0].reason == "法定时限缩短了"
    assert browser.post(f"/office/catalog/{CODE}/begin/", {"reason": "再来一次"}).status_code == 409


def test_a_faulty_draft_is_not_proposed_and_every_fault_is_named(town):
    a_draft()
    page = saved(browser_of(), "basics", 422, name="", fee="", do="propose").content.decode()
    assert "这一版有 2 处不对，还不能提交" in page
    assert "基本：事项名称：不能空着。" in page and "基本：收费：不能空着。" in page and ".csv" not in page
    assert written()[0].revision == 0


def test_proposing_saves_what_is_typed(town):
    a_draft()
    assert saved(browser_of(), "basics", fee="工本费 5 元", do="propose")["Location"].startswith(
        f"/office/catalog/{CODE}/"
    )
    version = ItemVersion.objects.get(item__code=CODE, status="proposed")
    assert queries.spec(version.pk).fee == "工本费 5 元" and version.proposed_by.username == "editor"
    browser = browser_of()
    assert browser.get(f"{DRAFT}/basics/")["Location"] == f"/office/catalog/{CODE}/"
    assert browser.post(f"{DRAFT}/basics/", {"revision": "1"}).status_code == 409
    assert browser.get(f"/office/catalog/{CODE}/preview/phone/").content.decode().count("工本费 5 元")


def test_a_draft_is_given_up(town):
    a_draft()
    browser = browser_of()
    assert "放弃这份草稿" in page_of(browser, "basics")
    assert browser.get(f"{DRAFT}/discard/")["Location"] == f"{DRAFT}/basics/"
    assert browser.post(f"{DRAFT}/discard/")["Location"] == f"/office/catalog/{CODE}/"
    assert not ItemVersion.objects.filter(item__code=CODE, status="draft").exists()
    assert browser.post(f"{DRAFT}/discard/").status_code == 409


def test_an_item_never_published_goes_with_its_draft(town):
    browser = browser_of()
    browser.post("/office/catalog/new/", {"office": "SB", "name": "葡萄架补助", "reason": "新的"})
    code = ItemVersion.objects.get(name="葡萄架补助").item.code
    assert browser.post(f"/office/catalog/{code}/draft/discard/")["Location"] == "/office/catalog/"
    assert queries.item(code) is None


def test_an_office_editor_writes_only_own_items(town):
    a_draft("SB-001")
    browser = browser_of("editor-mz")
    address = "/office/catalog/SB-001"
    for answer in (
        browser.get(f"{address}/draft/basics/"),
        browser.post(f"{address}/draft/basics/", {"name": "我的", "revision": "0"}),
        browser.post(f"{address}/draft/discard/"),
        browser.post("/office/catalog/SB-002/begin/", {"reason": "想改"}),
    ):
        assert answer.status_code == 403 and "这是社保所的事项，您不能改" in answer.content.decode()
    assert ItemVersion.objects.get(item__code="SB-001", status="draft").revision == 0


@pytest.mark.parametrize("username", ["publisher", "clerk", "hall-manager", "admin", "supervisor"])
def test_only_editors_write(town, username):
    a_draft()
    browser = browser_of(username)
    for address in (
        "/office/catalog/new/",
        f"{DRAFT}/basics/",
        f"{DRAFT}/",
        f"/office/catalog/{CODE}/begin/",
    ):
        assert browser.get(address).status_code == 403 and browser.post(address, {}).status_code == 403
    seen = browser.get(f"/office/catalog/{CODE}/preview/phone/").status_code
    assert seen == (200 if username == "publisher" else 403)


def test_another_town_finds_nothing(outsider):
    sign_in.forget()
    with towns.within(Town.objects.get(key="dawei")):
        a_draft()
    with towns.within(Town.objects.get(key="linhu")):
        stranger = cast.sign_in_as(Client(HTTP_HOST="linhu.localhost"), cast.staff("editor"))
    for address in (f"{DRAFT}/basics/", f"{DRAFT}/", f"/office/catalog/{CODE}/preview/phone/"):
        assert stranger.get(address).status_code == 404
    for address in (f"{DRAFT}/basics/", f"{DRAFT}/discard/", f"/office/catalog/{CODE}/begin/"):
        assert stranger.post(address, {"revision": "0", "reason": "想改"}).status_code == 404
    with towns.within(Town.objects.get(key="dawei")):
        assert written()[0].revision == 0


def test_unknown_places_are_not_found(town):
    a_draft()
    browser = browser_of()
    for address in (
        f"{DRAFT}/nowhere/",
        "/office/catalog/XX-999/draft/basics/",
        f"/office/catalog/{CODE}/preview/tv/",
    ):
        assert browser.get(address).status_code == 404

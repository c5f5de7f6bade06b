"""事项目录、一版一版的对比、发布和退回、没查到的说法、质量。"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from yichuang.doors.shared import sign_in
from yichuang.ground import clock
from yichuang.rooms.catalog import actions, queries
from yichuang.rooms.catalog.models import BasisCheck, ItemVersion, UnfoundQuery
from yichuang.rooms.catalog.tests.make import a_paper
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.actions import Employment, employ

CODE = "MZ-010"
PAGE = f"/office/catalog/{CODE}/"


@pytest.fixture
def town(dawei, monday_morning):
    sign_in.forget()
    queries.forget()
    yield dawei
    queries.forget()


def browser_of(person) -> Client:
    return cast.sign_in_as(Client(HTTP_HOST="dawei.localhost"), person)


def somebody(*roles: str, office: str = ""):
    place = people.offices()[office] if office else None
    return employ(employment=Employment(f"x-{'-'.join(roles)}-{office}", "石磊", roles, place), password="x")


def page_of(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def a_change(code: str = CODE, *, reason: str = "多了一份材料", by=None, **changes) -> ItemVersion:
    """A version with another paper, proposed by the editor unless `by` does it."""
    by = by or cast.staff("editor")
    draft = actions.begin_draft(item=queries.item(code), reason=reason, by=by)
    spec = queries.spec(draft.pk)
    changes = changes or {"materials": (*spec.materials, a_paper("居民身份证复印件", form="copy"))}
    draft = actions.save_draft(version=draft, spec=replace(spec, **changes), revision=draft.revision, by=by)
    return actions.propose(version=draft, by=by)


def test_the_list_shows_every_item_by_office(town):
    page = page_of(browser_of(cast.staff("editor")), "/office/catalog/")
    assert all(f'href="/office/catalog/{code}/"' in page for code in queries.published())
    assert "106 个事项，在用 106 个" in page and "民政" in page


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("q=高龄津贴", "MZ-010", "CG-001"),
        ("q=80岁老人补贴", "MZ-010", "CG-001"),
        ("q=mz-010", "MZ-010", "MZ-001"),
        ("office=CG", "CG-001", "MZ-010"),
        ("state=published", "MZ-010", "此处没有"),
    ],
)
def test_the_list_is_filtered(town, asked, there, gone):
    page = page_of(browser_of(cast.staff("editor")), f"/office/catalog/?{asked}")
    assert f"/office/catalog/{there}/" in page and f"/office/catalog/{gone}/" not in page


def test_a_filter_that_fits_nothing_says_so(town):
    assert "没有这样的事项" in page_of(browser_of(cast.staff("editor")), "/office/catalog/?state=retired")


def test_the_tray_shows_a_publisher_who_proposed_what_and_why(town):
    version = a_change()
    page = page_of(browser_of(cast.staff("publisher")), "/office/catalog/")
    assert "等您发布" in page and "多了一份材料" in page and "安文秀" in page and "1 处不同：材料：" in page
    assert f'value="{version.pk}"' in page and "您的草稿" not in page


def test_an_editor_sees_a_draft_that_came_back_with_its_reason(town):
    actions.send_back(version=a_change(), reason="复印件不用带，窗口能印", by=cast.staff("publisher"))
    page = page_of(browser_of(cast.staff("editor")), "/office/catalog/")
    assert "您的草稿" in page and "退回来了" in page and "复印件不用带，窗口能印" in page
    assert "等您发布" not in page


def test_an_item_shows_what_is_valid_and_what_was_saved(town):
    page = page_of(browser_of(cast.staff("publisher")), PAGE)
    assert "第 1 版在用" in page and "比改革前省了什么" in page and "找几个部门" in page
    assert f'href="/guide/{CODE}"' in page and f'href="{PAGE}retire/"' in page
    assert "还没有办件，办了才有数" in page and "还没有人回答" in page


def test_an_editor_of_another_office_is_told_who_edits_it(town):
    page = page_of(browser_of(somebody("editor", office="CG")), PAGE)
    assert "的编辑来改" in page and f'action="{PAGE}begin/"' not in page
    assert f'action="{PAGE}begin/"' in page_of(browser_of(somebody("editor", office="MZ")), PAGE)


@pytest.mark.parametrize("role", ["hall_manager", "supervisor", "auditor"])
def test_those_who_supervise_read_and_cannot_act(town, role):
    version, browser = a_change(), browser_of(somebody(role))
    for address in (
        "/office/catalog/",
        PAGE,
        f"{PAGE}2/",
        "/office/catalog/quality/",
        "/office/catalog/unfound/",
    ):
        page = page_of(browser, address)
        assert 'method="post"' not in page, address
    assert browser.post(f"{PAGE}2/publish/").status_code == 403
    assert ItemVersion.objects.get(pk=version.pk).status == "proposed"


def test_differences_stand_side_by_side_with_the_changed_signs_marked(town):
    spec = queries.published()[CODE]
    a_change(condition=spec.condition.replace("80", "75", 1), reason="年龄降了")
    page = page_of(browser_of(cast.staff("publisher")), f"{PAGE}2/")
    assert "和第 1 版比，有 1 处不同" in page and "办理条件" in page
    assert "<del>" in page and "（划掉）" in page and "<ins>" in page and "（新写）" in page


def test_any_two_versions_are_compared(town):
    first = a_change()
    actions.publish(version=first, by=cast.staff("publisher"))
    a_change(fee="收工本费 5 元", reason="收费变了")
    browser = browser_of(cast.staff("publisher"))
    assert "和第 2 版比，有 1 处不同" in page_of(browser, f"{PAGE}3/")
    assert "和第 1 版比，有 2 处不同" in page_of(browser, f"{PAGE}3/?against=1")
    assert "和第 3 版比" in page_of(browser, f"{PAGE}1/?against=3")
    for nonsense in ("9", "3", "x"):
        page_of(browser, f"{PAGE}3/?against={nonsense}", 404)


def test_the_whole_text_is_printed_in_plain_words(town):
    page = page_of(browser_of(cast.staff("auditor")), f"{PAGE}1/?whole=1")
    assert "办理条件" in page and "承诺时限" in page and "居民户口簿" in page
    assert "applicant" not in page and "required" not in page


def test_a_publisher_publishes_at_once(town):
    a_change()
    answer = browser_of(cast.staff("publisher")).post(f"{PAGE}2/publish/")
    assert answer["Location"] == f"{PAGE}?done=published"
    assert queries.published()[CODE].version_number == 2


def test_a_publisher_publishes_from_a_day_on(town):
    a_change()
    day = clock.day_of(clock.now()) + timedelta(days=3)
    browser = browser_of(cast.staff("publisher"))
    answer = browser.post(f"{PAGE}2/publish/", {"effective_on": f"{day}"})
    assert answer["Location"] == f"{PAGE}?done=scheduled"
    assert queries.published()[CODE].version_number == 1
    assert "2026年11月26日起自动生效" in page_of(browser, PAGE)
    assert "到日子生效" in page_of(browser, "/office/catalog/?state=scheduled")


@pytest.mark.parametrize("written", ["2026-11-22", "明天"])
def test_a_day_that_cannot_be_is_said_beside_the_field(town, written):
    a_change()
    answer = browser_of(cast.staff("publisher")).post(f"{PAGE}2/publish/", {"effective_on": written})
    assert answer.status_code == 422 and "field-error" in answer.content.decode()
    assert queries.published()[CODE].version_number == 1


def test_sent_back_needs_a_reason_beside_the_field(town):
    version = a_change()
    browser = browser_of(cast.staff("publisher"))
    answer = browser.post(f"{PAGE}2/send-back/", {"reason": " "})
    assert answer.status_code == 422 and "请写退回原因" in answer.content.decode()
    answer = browser.post(f"{PAGE}2/send-back/", {"reason": "哪一份复印件"})
    assert answer["Location"] == f"{PAGE}2/?done=back"
    version.refresh_from_db()
    assert version.status == "draft"


def test_who_proposed_cannot_publish_not_even_by_post(town):
    both = somebody("editor", "publisher")
    version, browser = a_change(by=both), browser_of(both)
    page = page_of(browser, f"{PAGE}2/")
    assert "您不能发布这一版" in page and "这一版是您写的" in page and f"{PAGE}2/publish/" not in page
    assert "这一版是您写的" in page_of(browser, "/office/catalog/")
    answer = browser.post(f"{PAGE}2/publish/")
    assert answer.status_code == 403 and "不能自己发布" in answer.content.decode()
    answer = browser.post("/office/catalog/publish/", {"versions": [version.pk]})
    assert answer.status_code == 403
    assert ItemVersion.objects.get(pk=version.pk).status == "proposed"


def test_several_are_published_together_or_none(town):
    good, bad = a_change("MZ-001"), a_change("MZ-010", by=somebody("editor", "publisher"))
    browser = browser_of(ItemVersion.objects.get(pk=bad.pk).made_by)
    assert browser.post("/office/catalog/publish/", {"versions": [good.pk, bad.pk]}).status_code == 403
    assert queries.published()["MZ-001"].version_number == 1
    answer = browser_of(cast.staff("publisher")).post(
        "/office/catalog/publish/", {"versions": [good.pk, bad.pk]}
    )
    assert answer["Location"] == "/office/catalog/?done=2"
    assert queries.published()["MZ-001"].version_number == queries.published()["MZ-010"].version_number == 2


def test_an_import_waits_as_one_and_is_published_as_one(town):
    for code in ("MZ-001", "MZ-010"):
        draft = actions.begin_draft(item=queries.item(code), reason="按新的清单", by=cast.staff("editor"))
        ItemVersion.objects.filter(pk=draft.pk).update(batch="batch-1")
        spec = replace(queries.spec(draft.pk), legal_basis="新的依据")
        draft.refresh_from_db()
        draft = actions.save_draft(version=draft, spec=spec, revision=0, by=cast.staff("editor"))
        actions.propose(version=draft, by=cast.staff("editor"))
    browser = browser_of(cast.staff("publisher"))
    page = page_of(browser, "/office/catalog/")
    assert "一次导入的 2 个事项" in page and 'name="versions"' not in page
    answer = browser.post("/office/catalog/publish/", {"batch": "batch-1"})
    assert answer["Location"] == "/office/catalog/?done=2"
    assert "发布了 2 个事项" in page_of(browser, answer["Location"])
    assert queries.published()["MZ-001"].version_number == queries.published()["MZ-010"].version_number == 2
    assert browser.post("/office/catalog/publish/", {"batch": "batch-1"}).status_code == 404


def test_nothing_ticked_and_what_has_moved_on_are_refused_in_words(town):
    browser, version = browser_of(cast.staff("publisher")), a_change()
    assert browser.post("/office/catalog/publish/").status_code == 422
    actions.publish(version=version, by=cast.staff("publisher"))
    answer = browser.post("/office/catalog/publish/", {"versions": [version.pk, "x"]})
    assert answer.status_code == 409 and "一个都没有发布" in answer.content.decode()


def test_retiring_asks_first_and_only_for_the_version_that_was_seen(town):
    browser = browser_of(cast.staff("publisher"))
    assert "真的要停用" in page_of(browser, f"{PAGE}retire/")
    assert browser.post(f"{PAGE}retire/").status_code == 409 and CODE in queries.published()
    assert browser.post(f"{PAGE}retire/", {"number": "1"})["Location"] == "/office/catalog/?done=retired"
    assert CODE not in queries.published()
    assert "已停用，不再收件" in page_of(browser, PAGE)
    assert browser.get(f"{PAGE}retire/")["Location"] == PAGE
    assert f"/office/catalog/{CODE}/" in page_of(browser, "/office/catalog/?state=retired")


def test_a_check_of_the_basis_is_written_down(town):
    browser = browser_of(cast.staff("editor"))
    answer = browser.post(f"{PAGE}basis/", {"words": "与现行条文一致", "next_on": "2027-11-23"})
    assert answer["Location"] == f"{PAGE}?done=checked#basis"
    assert "安文秀核对：与现行条文一致" in page_of(browser, PAGE)


@pytest.mark.parametrize(("words", "next_on"), [("", "2027-11-23"), ("一致", "2026-11-23"), ("一致", "明年")])
def test_a_check_without_words_or_day_is_said_beside_the_field(town, words, next_on):
    answer = browser_of(cast.staff("editor")).post(f"{PAGE}basis/", {"words": words, "next_on": next_on})
    assert answer.status_code == 422 and "field-error" in answer.content.decode()
    assert not BasisCheck.objects.exists()


def test_a_query_becomes_an_alias_with_one_press(town):
    actions.note_unfound(text="老寿星每月的钱")
    query, browser = UnfoundQuery.objects.get(), browser_of(cast.staff("editor"))
    assert "老寿星每月的钱" in page_of(browser, "/office/catalog/unfound/")
    answer = browser.post("/office/catalog/unfound/settle/", {"query": query.pk, "item": CODE})
    assert answer["Location"] == f"/office/catalog/unfound/?done=settled&item={CODE}"
    version = queries.versions(queries.item(CODE))[0]
    assert version.status == "proposed" and "老寿星每月的钱" in version.aliases
    assert "老寿星每月的钱" not in page_of(browser, "/office/catalog/unfound/")


def test_nonsense_is_dismissed_in_bulk(town):
    for text in ("乱七八糟", "火箭发射", "老寿星每月的钱"):
        actions.note_unfound(text=text)
    actions.note_unfound(text="老寿星每月的钱")
    browser = browser_of(cast.staff("editor"))
    page = page_of(browser, "/office/catalog/unfound/?pick=once")
    assert page.count(" checked") == 2
    once = UnfoundQuery.objects.filter(times=1).values_list("pk", flat=True)
    answer = browser.post("/office/catalog/unfound/dismiss/", {"queries": list(once)})
    assert answer["Location"] == "/office/catalog/unfound/?done=2"
    assert [row.text for row in queries.unfound()] == ["老寿星每月的钱"]
    assert browser.post("/office/catalog/unfound/dismiss/").status_code == 422
    assert browser.post("/office/catalog/unfound/dismiss/", {"queries": ["x"]}).status_code == 404


def test_only_the_own_offices_items_are_offered(town):
    actions.note_unfound(text="老寿星每月的钱")
    query, browser = UnfoundQuery.objects.get(), browser_of(somebody("editor", office="CG"))
    assert 'value="MZ-010"' not in page_of(browser, "/office/catalog/unfound/")
    answer = browser.post("/office/catalog/unfound/settle/", {"query": query.pk, "item": CODE})
    assert answer.status_code == 403
    assert [row.text for row in queries.unfound()] == ["老寿星每月的钱"]


def test_no_queries_say_so(town):
    assert "都查到了" in page_of(browser_of(cast.staff("editor")), "/office/catalog/unfound/")


@pytest.mark.parametrize("sort", ["", "corrections", "understood", "age", "basis", "unused", "score", "x"])
def test_quality_says_what_cannot_be_known_yet(town, sort):
    page = page_of(browser_of(cast.staff("hall-manager")), f"/office/catalog/quality/?sort={sort}")
    assert "还没有办件，办了才有数" in page and "106 个事项的依据该核对" in page
    assert "没有人回答" in page


def test_quality_counts_answers_and_checks(town):
    for _ in range(3):
        actions.answer_guide(code=CODE, understood=False, stuck="materials")
    actions.answer_guide(code=CODE, understood=True)
    item = queries.item(CODE)
    actions.check_basis(
        item=item,
        words="一致",
        next_on=clock.day_of(clock.now()) + timedelta(days=30),
        by=cast.staff("editor"),
    )
    page = page_of(browser_of(cast.staff("editor")), "/office/catalog/quality/?sort=understood")
    assert "4 人里 3 人没看懂" in page and "要带什么" in page and "105 个事项的依据该核对" in page
    assert page.index("高龄津贴") < page.index("4 人里 3 人没看懂") < page.index("CG-001")
    with clock.frozen(clock.now() + timedelta(days=31)):
        sign_in.forget()
        assert "该核对了" in page_of(browser_of(cast.staff("editor")), "/office/catalog/quality/")


@pytest.mark.parametrize("address", ["XX-999/", f"{CODE}/9/", "XX-999/1/", "mz-010/", "XX-999/retire/"])
def test_what_is_not_there_is_not_found(town, address):
    page_of(browser_of(cast.staff("publisher")), f"/office/catalog/{address}", 404)


@pytest.mark.parametrize("role", ["clerk", "reviewer", "leader", "admin"])
def test_others_have_no_place_here(town, role):
    browser = browser_of(somebody(role))
    for address in ("/office/catalog/", PAGE, "/office/catalog/quality/"):
        page_of(browser, address, 403)


def test_another_town_finds_nothing_of_ours(outsider):
    browser = cast.sign_in_as(Client(HTTP_HOST="linhu.localhost"), outsider)
    page_of(browser, PAGE, 403)

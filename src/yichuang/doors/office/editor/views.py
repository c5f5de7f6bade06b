"""Writing a version: a new item, a draft of one that is there, its sections, proposing, giving up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock
from yichuang.ground.refusals import Refused
from yichuang.rooms.catalog import actions, queries
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.catalog.rules import ItemSpec, may_edit
from yichuang.rooms.catalog.states import OPEN, VersionStatus
from yichuang.rooms.people import queries as people
from yichuang.rooms.people.models import Office, Staff

from . import lists
from .cells import Typed, id_of, plain
from .known import Known
from .parts import Writing
from .sections import BY_KEY, SECTIONS, Section
from .told import Checks, checks

LOOKS = {"phone": "手机", "paper": "A4 纸", "kiosk": "取号机"}
SETTLED = ("key", "form", "source", "shared_by", "condition_text")  # what saving may decide itself


@audience("editor")
def new(request: HttpRequest) -> HttpResponse:
    """新事项：哪个部门的、叫什么、为什么要有，然后接着写。"""
    by = _staff(request)
    offices = [office for office in people.offices().values() if may_edit(_own(by), office.code)]
    typed = {name: request.POST.get(name, "") for name in ("office", "name", "reason")}
    refused = None
    if request.method == "POST":
        try:
            office = next((each for each in offices if each.code == typed["office"]), None)
            if office is None:
                raise Refused("bad_input", what="请选是哪个部门的事", fields={"office": "请选一个部门"})
            made = actions.add_item(
                office=office, name=plain(typed["name"]), reason=plain(typed["reason"]), by=by
            )
            return HttpResponseRedirect(f"{_address(made.item.code)}?begun=1")
        except Refused as problem:
            refused = problem
    page = {
        "offices": [(office.code, office.name) for office in offices],
        "typed": typed,
        "refused": refused,
        "wrong": refused.fields if refused else {},
    }
    return render(request, "office/editor/new.html", page, status=refused.status if refused else 200)


@audience("editor")
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """改一版：写一句为什么改，接着改现在这一版的样子。"""
    if request.method != "POST":
        return HttpResponseRedirect(f"/office/catalog/{code}/")
    item = _item(code)
    actions.begin_draft(item=item, reason=plain(request.POST.get("reason", "")), by=_staff(request))
    return HttpResponseRedirect(f"{_address(item.code)}?begun=1")


@audience("editor")
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """草稿，从第一节写起。"""
    return HttpResponseRedirect(_address(_item(code).code))


@audience("editor")
def section(request: HttpRequest, code: str, section: str) -> HttpResponse:
    """草稿的一节：写、存、看居民看到什么样，写好了提交。"""
    if section not in BY_KEY:
        raise Http404
    item, by, here = _item(code), _staff(request), BY_KEY[section]
    if not may_edit(_own(by), item.office.code):
        raise Refused("not_your_office", office=item.office.name)
    version = item.versions.filter(status__in=OPEN).select_related("made_by").first()
    if version is None or version.status != VersionStatus.DRAFT:
        if request.method == "POST":
            raise _no_draft(item, version)
        return HttpResponseRedirect(f"/office/catalog/{item.code}/")
    version.item = item
    writing = _writing(queries.spec(version.pk))
    if request.method != "POST":
        return _shown(request, Page(here, version, writing, here.told(writing)))
    return _posted(request, Page(here, version, writing, _typed(request.POST)))


@audience("editor")
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """放弃草稿：写的都不要了；从来没有发布过的事项也一起去掉。"""
    item = _item(code)
    if request.method != "POST":
        return HttpResponseRedirect(_address(item.code))
    version = item.versions.filter(status__in=OPEN).first()
    if version is None:
        raise Refused("draft_gone", item=item.code)
    was_published = item.versions.exclude(pk=version.pk).exists()
    actions.discard(version=version, by=_staff(request))
    return HttpResponseRedirect(f"/office/catalog/{item.code}/" if was_published else "/office/catalog/")


class Page:
    """One section of a draft as it is on the screen: what is typed, and what is wrong with it."""

    def __init__(self, here: Section, version: ItemVersion, writing: Writing, typed: Typed) -> None:
        self.here, self.version, self.writing, self.typed = here, version, writing, typed
        self.wrong: dict[str, str] = {}
        self.refused: Refused | None = None
        self.focus = ""  # the row that was just added or moved
        self.is_unsaved = False

    @property
    def revision(self) -> int:
        """The one that was on the screen."""
        typed = self.typed.get("revision", ())
        text = typed[0] if typed else ""
        return int(text) if text.isdecimal() and len(text) < 9 else -1


def _posted(request: HttpRequest, page: Page) -> HttpResponse:
    verb = request.POST.get("do", "save")
    for part in page.here.parts:  # a name that was typed but not yet added
        if request.POST.get(f"new.{part.name}", "").strip() and ":" not in verb:
            page.typed, _ = page.here.changed(page.typed, f"add:{part.name}", page.writing)
    if ":" in verb:
        page.typed, page.focus = page.here.changed(page.typed, verb, page.writing)
        page.is_unsaved = True
        if request.headers.get("X-Piece"):  # a page that has scripts needs the rows only
            shown = {"here": page.here, "parts": [_part(page, part) for part in page.here.parts]}
            return render(request, "office/editor/parts.html", shown)
        return _shown(request, page)
    spec, page.wrong = page.here.read(page.typed, page.writing)
    if page.wrong:
        return _not_kept(request, page)
    by, is_as_saved = _staff(request), spec == page.writing.item
    try:
        kept = actions.save_draft(version=page.version, spec=spec, revision=page.revision, by=by)
        if verb == "propose":
            actions.propose(version=kept, by=by)
            return HttpResponseRedirect(f"/office/catalog/{spec.code}/?done=proposed")
    except Refused as refused:
        page.refused, page.wrong = refused, refused.fields
        if refused.code == "version_faulty":
            page.writing.item = spec
        return _not_kept(request, page, is_unsaved=not is_as_saved)
    if _wants_json(request):
        page.writing.item = queries.spec(kept.pk)
        return JsonResponse(_kept(request, page, kept))
    follows = SECTIONS.index(page.here) + 1
    if verb == "next" and follows < len(SECTIONS):
        return HttpResponseRedirect(_address(spec.code, SECTIONS[follows].key, "?saved=1"))
    return HttpResponseRedirect(_address(spec.code, page.here.key, "?saved=1"))


def _not_kept(request: HttpRequest, page: Page, *, is_unsaved: bool = True) -> HttpResponse:
    """Refused: everything typed stays, each sentence beside its field."""
    page.is_unsaved = is_unsaved
    if not _wants_json(request):
        return _shown(request, page)
    refused = page.refused
    said = {
        "detail": refused.wrong if refused else "有的地方填得不对，还没有存。",
        "next": refused.next if refused else "请改好标红的地方。",
        "code": refused.code if refused else "not_storable",
        "wrong": {id_of(name): sentence for name, sentence in page.wrong.items()},
    }
    return JsonResponse(said, status=refused.status if refused else 422)


def _kept(request: HttpRequest, page: Page, version: ItemVersion) -> dict[str, Any]:
    """What a page that saves by itself learns: the new revision, what saving decided, and the checks anew."""
    now = page.here.told(page.writing)
    settled: dict[str, str] = {}
    titles: dict[str, list[str]] = {}
    for part in page.here.parts:
        for at, number in enumerate(page.writing.kept.get(part.name, [])):
            titles[f"{part.name}-{number}"] = list(part.title(now, str(at), page.writing))
            for cell in SETTLED:
                values = now.get(f"{part.name}.{at}.{cell}")
                if values is not None:
                    settled[f"{part.name}.{number}.{cell}"] = values[0] if values else ""
    shown = {**_around(page, checks(page.writing)), "request": request}
    return {
        "revision": version.revision,
        "said": f"已保存 {clock.now():%-H:%M}",
        "settled": settled,
        "titles": titles,
        "pieces": {
            name: render_to_string(f"office/editor/{name}.html", shown, request) for name in ("nav", "checks")
        },
    }


def _shown(request: HttpRequest, page: Page) -> HttpResponse:
    told = checks(page.writing)
    look = request.GET.get("look", "phone")
    toast = {"saved": "已保存", "begun": "草稿开好了，写好以后再提交"}
    said = next((words for name, words in toast.items() if name in request.GET), "")
    shown = {
        **_around(page, told),
        "cells": [cell.drawn(page.typed, page.wrong) for cell in page.here.fields(page.writing)],
        "parts": [_part(page, part) for part in page.here.parts],
        "errors": _errors(page, told),
        "refused": page.refused,
        "revision": page.revision if page.is_unsaved else page.version.revision,
        "is_unsaved": page.is_unsaved,
        "other_events": "".join(page.typed.get("other_events", ())),
        "is_last": page.here is SECTIONS[-1],
        "was_published": page.version.number > 1,
        "looks": [{"key": key, "name": name, "current": key == look} for key, name in LOOKS.items()],
        "look": look if look in LOOKS else "phone",
        "toast": {"text": said, "seconds": 4} if said and not page.is_unsaved else None,
    }
    status = page.refused.status if page.refused else 422 if page.wrong else 200
    return render(request, "office/editor/section.html", shown, status=status)


def _around(page: Page, told: Checks) -> dict[str, Any]:
    """What stands around the form."""
    marks = told.marks()
    code = page.writing.item.code
    return {
        "item": page.writing.item,
        "version": page.version,
        "here": page.here,
        "checks": told,
        "sections": [
            {
                "key": each.key,
                "name": each.name,
                "href": _address(code, each.key),
                "current": each is page.here,
                "mark": marks[each.key],
                "is_wrong": "不对" in marks[each.key],
            }
            for each in SECTIONS
        ],
    }


def _part(page: Page, part: Any) -> dict[str, Any]:
    """A list of rows for its template."""
    typed, writing = page.typed, page.writing
    numbers = lists.numbers(typed, part.name)
    rows = []
    for number in numbers:
        prefix = f"{part.name}.{number}"
        cells = [cell.drawn(typed, page.wrong, f"{prefix}.{cell.name}") for cell in part.cells(writing)]
        title, words = part.title(typed, number, writing)
        has_error = any(name.startswith(f"{prefix}.") for name in page.wrong)
        rows.append(
            {
                "number": number,
                "id": f"{part.name}-{number}",
                "prefix": prefix,
                "title": title,
                "words": words,
                "cells": cells,
                "by_name": {cell["name"].rpartition(".")[2]: cell for cell in cells},
                "gone": lists.is_gone(typed, part.name, number),
                "open": has_error or page.focus == f"{part.name}-{number}",
                "has_error": has_error,
                **part.drawn(typed, page.wrong, number, writing),
            }
        )
    staying = [row for row in rows if not row["gone"]]
    for at, row in enumerate(staying):
        row["place"], row["is_first"], row["is_last"] = at + 1, at == 0, at == len(staying) - 1
    return {
        "name": part.name,
        "what": part.what,
        "heading": part.heading,
        "words": part.words,
        "add_label": part.add_label,
        "empty_heading": part.empty_heading,
        "empty_words": part.empty_words,
        "rows": rows,
        "is_empty": not staying,
        "template": f"office/editor/{part.name}.html",
        "suggestions": list(part.suggestions(writing)),
        "new": "".join(typed.get(f"new.{part.name}", ())),
    }


def _errors(page: Page, told: Checks) -> list[dict[str, str]]:
    """The summary above the form: fields that cannot be kept, or every fault that stops a proposal."""
    if page.refused and page.refused.code == "version_faulty":
        return [{"href": each.href, "sentence": f"{each.place}：{each.words}"} for each in told.faults]
    labels = {cell.name: cell.label for cell in page.here.fields(page.writing)}
    labels |= {
        f"{part.name}.{number}.{cell.name}": f"{part.title(page.typed, number, page.writing)[0]}，{cell.label}"
        for part in page.here.parts
        for number in lists.numbers(page.typed, part.name)
        for cell in part.cells(page.writing)
    }
    return [
        {"href": f"#{id_of(name)}", "sentence": f"{labels.get(name, '答案')}：{sentence}"}
        for name, sentence in page.wrong.items()
    ]


def _writing(item: ItemSpec) -> Writing:
    others = [each for code, each in queries.published().items() if code != item.code]
    return Writing(item, Known(others, people.offices().values()), queries.keys_of_others(item.code))


def _typed(posted: QueryDict) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in posted.lists()}


def _item(code: str) -> ServiceItem:
    found = queries.item(code)
    if found is None:
        raise Http404
    return found


def _no_draft(item: ServiceItem, version: ItemVersion | None) -> Refused:
    if version is None:
        return Refused("draft_gone", item=item.code)
    return Refused("not_a_draft", item=item.code, state=version.get_status_display())


def _staff(request: HttpRequest) -> Staff:
    staff: Staff = request.who.staff  # type: ignore[attr-defined]
    return staff


def _own(staff: Staff) -> str:
    office: Office | None = staff.office
    return office.code if office else ""


def _address(code: str, key: str = SECTIONS[0].key, query: str = "") -> str:
    return f"/office/catalog/{code}/draft/{key}/{query}"


def _wants_json(request: HttpRequest) -> bool:
    return "json" in request.headers.get("Accept", "")

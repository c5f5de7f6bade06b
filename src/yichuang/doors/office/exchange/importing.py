"""A file handed in: tried first, shown in plain words, brought in when the editor says so.

The file is kept under its digest between the two steps, so that what is brought in is what was looked at, and nothing
has to be chosen again. What has changed meanwhile is noticed by the plan's sign.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yichuang.doors.office.marks import side_by_side
from yichuang.doors.shared.gate import audience
from yichuang.ground import clock, files
from yichuang.ground.models import StoredFile
from yichuang.rooms.catalog import loading, queries
from yichuang.rooms.catalog.loading import TownFolder, uploads
from yichuang.rooms.catalog.models import ItemVersion
from yichuang.rooms.hall.founding import found_places, town_folder

MOST_SHOWN = 500
HOME = "/office/catalog/import/"


@audience("editor")
def hand_in(request: HttpRequest) -> HttpResponse:
    """导入：选文件，先检查；有错的列出来，一行都不导入。"""
    if request.method != "POST":
        return render(request, "office/exchange/import.html")
    upload = request.FILES.get("file")
    if upload is None:
        return _asked_again(request, "请先选文件")
    content = _content(upload)
    folder = uploads.read_upload(content, beside=queries.published())
    if folder.faults:
        return _faulty(request, folder, upload.name or "")
    stored = files.keep(content, media_type=uploads.kind_of(content), at=clock.now())
    return HttpResponseRedirect(f"{HOME}{stored.digest}/")


@audience("editor")
def look(request: HttpRequest, digest: str) -> HttpResponse:
    """对比：这份文件会改什么；看过再确认。"""
    stored = StoredFile.objects.filter(digest=digest, media_type__in=(uploads.XLSX, uploads.ZIP)).first()
    if stored is None:
        raise Http404
    folder = uploads.read_upload(files.content_of(stored), beside=queries.published())
    if folder.faults:
        return _faulty(request, folder, "")
    who = request.who.staff  # type: ignore[attr-defined]
    if request.method == "POST":
        is_new_town = not loading.standing()
        brought = loading.bring_in(folder=folder, by=who, seen=request.POST.get("seen", "")[:20])
        if is_new_town:
            found_places(folder=folder, by=who)
        return HttpResponseRedirect(f"{HOME}done/?batch={brought.batch}")
    found = loading.plan(
        folder=folder,
        town=town_folder(),
        standing=loading.standing(),
        own_office=who.office.code if who.office else "",
    )
    shown: dict[str, Any] = {"plan": found, "notes": folder.notes, "count": len(folder.items)}
    for what in ("changed", "bundles", "offices"):
        shown[what] = [
            {"name": change.name, "code": change.code, "rows": side_by_side(change.differences)}
            for change in getattr(found, what)
        ]
    shown["obstacles"] = [{"field": "", "sentence": sentence} for sentence in found.obstacles]
    return render(request, "office/exchange/look.html", shown)


@audience("editor")
def done(request: HttpRequest) -> HttpResponse:
    """导入好了：哪些事项有了新版本，接下来谁做什么。"""
    batch = request.GET.get("batch", "")[:20]
    versions = (
        list(ItemVersion.objects.filter(batch=batch).select_related("item").order_by("item__position", "pk"))
        if batch
        else []
    )
    states = Counter(str(version.get_status_display()) for version in versions)
    return render(
        request, "office/exchange/done.html", {"versions": versions, "states": sorted(states.items())}
    )


def _content(upload: UploadedFile) -> bytes:
    """No more than one byte beyond what is taken: the rest of a larger file is not worth the memory."""
    return upload.read(uploads.MOST_BYTES + 1) if (upload.size or 0) > uploads.MOST_BYTES else upload.read()


def _asked_again(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "office/exchange/import.html", {"error": sentence}, status=422)


def _faulty(request: HttpRequest, folder: TownFolder, name: str) -> HttpResponse:
    """The faults by sheet, row and column; the first of them when there are very many."""
    shown: dict[str, Any] = {
        "faults": folder.faults[:MOST_SHOWN],
        "count": len(folder.faults),
        "more": max(0, len(folder.faults) - MOST_SHOWN),
        "name": name[-80:],
        "notes": folder.notes,
    }
    return render(request, "office/exchange/import.html", shown, status=422)

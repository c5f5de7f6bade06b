"""Papers and pictures, each only for those who may see its case; to everybody else it is not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock, files
from yichuang.ground.models import StoredFile
from yichuang.rooms.cases import papers, queries
from yichuang.rooms.cases.models import Document
from yichuang.rooms.issuing import queries as results
from yichuang.rooms.signing import queries as signing

from .answers import who_of

PDF = "application/pdf"
SHOWN = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png"}  # nothing that a browser would run
POLICY = (
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)
NO_SCRIPT = f"{POLICY}; sandbox"


@audience("staff")
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """一份交来的材料。"""
    found = (
        Document.objects.filter(pk=document_id, case__in=queries.visible_to(who_of(request).staff))
        .select_related("file", "case")
        .first()
    )
    if found is None or found.file is None:
        raise Http404
    return _stored(found.file, f"{found.case.number}-{found.material}")


@audience("clerk")
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """受理通知书；还没受理的，收件凭证。"""
    case = queries.by_number(number, staff=who_of(request).staff)
    now = clock.now()
    if case.items.exclude(status__in=queries.BEFORE_ACCEPTANCE).exists():
        return _pdf(papers.acceptance_receipt(case, at=now), f"{number}-受理通知书")
    return _pdf(papers.intake_receipt(case, at=now), f"{number}-收件凭证")


@audience("clerk")
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """一次性告知书"""
    case = queries.by_number(number, staff=who_of(request).staff)
    correction = case.corrections.order_by("-pk").first()
    if correction is None:
        raise Http404
    return _pdf(papers.one_time_notice(correction, at=clock.now()), f"{number}-一次性告知书")


@audience("clerk")
def refusal(request: HttpRequest, item_id: int) -> HttpResponse:
    """不予办理决定书"""
    item = queries.item_of(who_of(request).staff, item_id)
    if item.refused_at is None:
        raise Http404
    return _pdf(papers.refusal_notice(item, at=clock.now()), f"{item.case.number}-不予办理决定书")


@audience("staff")
def result(request: HttpRequest, result_number: str) -> HttpResponse:
    """办理结果"""
    found = results.by_number(result_number, staff=who_of(request).staff)
    return _stored(found.document, f"{found.number}-{found.title}")


@audience("reviewer", "village_head")
def sheet(request: HttpRequest, task_id: int) -> HttpResponse:
    """村级签批单：as it was shown, or with the signature under it."""
    found = signing.signing_of(queries.task_of(who_of(request).staff, task_id))
    if found is None:
        raise Http404
    return _stored(found.signed_document or found.document, f"{found.task.item.case.number}-签批单")


def _stored(stored: StoredFile, name: str) -> HttpResponse:
    if stored.media_type not in SHOWN:
        raise Http404
    return _answer(files.content_of(stored), stored.media_type, name)


def _pdf(content: bytes, name: str) -> HttpResponse:
    return _answer(content, PDF, name)


def _answer(content: bytes, kind: str, name: str) -> HttpResponse:
    """The kind is what was found in the first bytes at receipt, never what a browser claimed."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        content_disposition_header(False, f"{name}.{SHOWN[kind]}") or "inline"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    # The browser's own PDF viewer does not open in a sandbox; a picture needs nothing at all.
    response.headers["Content-Security-Policy"] = POLICY if kind == PDF else NO_SCRIPT
    return response

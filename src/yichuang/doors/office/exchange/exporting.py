"""The catalogue to take along: a workbook, the CSV files, an empty workbook to fill in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from yichuang.doors.shared.gate import audience
from yichuang.ground import clock, towns
from yichuang.rooms.catalog import loading, queries
from yichuang.rooms.catalog.loading import uploads
from yichuang.rooms.hall.founding import town_folder


@audience("editor", "publisher", "hall_manager")
def export(request: HttpRequest) -> HttpResponse:
    """导出：现在发布着的全部事项，改好了还能导回来。"""
    return render(request, "office/exchange/export.html", {"count": len(queries.published())})


@audience("editor", "publisher", "hall_manager")
def as_workbook(request: HttpRequest) -> HttpResponse:
    """工作簿：一张表一类。"""
    from yichuang.rooms.catalog.loading.workbook_writing import (
        workbook,
    )  # openpyxl is loaded when it is needed

    return _download(workbook(town_folder()), uploads.XLSX, _name("事项目录", "xlsx"))


@audience("editor", "publisher", "hall_manager")
def as_zip(request: HttpRequest) -> HttpResponse:
    """CSV 文件的压缩包，给信息化人员用。"""
    return _download(loading.csv_zip(town_folder()), uploads.ZIP, _name("事项目录", "zip"))


@audience("editor", "publisher", "hall_manager")
def blank(request: HttpRequest) -> HttpResponse:
    """空白模板：表头和每一列怎么填。"""
    from yichuang.rooms.catalog.loading.workbook_writing import template

    return _download(template(), uploads.XLSX, "事项目录模板.xlsx")


def _name(what: str, ending: str) -> str:
    return f"{towns.current().name}{what}{clock.day_of(clock.now())}.{ending}"


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer

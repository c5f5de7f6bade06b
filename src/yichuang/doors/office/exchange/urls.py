"""Addresses of import and export; they come before the codes of items."""

from __future__ import annotations

from django.urls import path

from . import exporting, importing

urlpatterns = [
    path("office/catalog/import/", importing.hand_in, name="catalogue_import"),
    path("office/catalog/import/done/", importing.done, name="catalogue_import_done"),
    path("office/catalog/import/<slug:digest>/", importing.look, name="catalogue_import_look"),
    path("office/catalog/export/", exporting.export, name="catalogue_export"),
    path("office/catalog/export/catalogue.xlsx", exporting.as_workbook, name="catalogue_workbook"),
    path("office/catalog/export/catalogue.zip", exporting.as_zip, name="catalogue_zip"),
    path("office/catalog/export/template.xlsx", exporting.blank, name="catalogue_template"),
]

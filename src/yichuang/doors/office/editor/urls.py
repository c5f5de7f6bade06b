"""Addresses of the editor."""

from __future__ import annotations

from django.urls import path

from . import preview, views

urlpatterns = [
    path("office/catalog/new/", views.new, name="catalog_new"),
    path("office/catalog/<slug:code>/begin/", views.begin, name="catalog_begin"),
    path("office/catalog/<slug:code>/draft/", views.draft, name="catalog_draft"),
    path("office/catalog/<slug:code>/draft/discard/", views.discard, name="catalog_discard"),
    path("office/catalog/<slug:code>/draft/<slug:section>/", views.section, name="catalog_section"),
    path("office/catalog/<slug:code>/preview/<slug:look>/", preview.preview, name="catalog_preview"),
]

"""Addresses of the catalogue at the office; words come before codes, which are written like MZ-010."""

from __future__ import annotations

from django.urls import path

from . import catalogue, item, quality, unfound, version

urlpatterns = [
    path("office/catalog/", catalogue.catalogue, name="catalogue"),
    path("office/catalog/publish/", catalogue.publish_several, name="catalogue_publish"),
    path("office/catalog/unfound/", unfound.unfound, name="unfound"),
    path("office/catalog/unfound/settle/", unfound.settle, name="unfound_settle"),
    path("office/catalog/unfound/dismiss/", unfound.dismiss, name="unfound_dismiss"),
    path("office/catalog/quality/", quality.quality, name="quality"),
    path("office/catalog/<slug:code>/", item.item_page, name="catalogue_item"),
    path("office/catalog/<slug:code>/basis/", item.basis, name="catalogue_basis"),
    path("office/catalog/<slug:code>/retire/", item.retire, name="catalogue_retire"),
    path("office/catalog/<slug:code>/<int:version>/", version.version_page, name="catalogue_version"),
    path("office/catalog/<slug:code>/<int:version>/publish/", version.publish, name="version_publish"),
    path("office/catalog/<slug:code>/<int:version>/send-back/", version.send_back, name="version_send_back"),
]

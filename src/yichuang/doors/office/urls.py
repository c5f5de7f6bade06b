"""Addresses of the office."""

from __future__ import annotations

from django.urls import path

from . import entry, figures, letters, views
from .editor import urls as editor
from .exchange import urls as exchange
from .publicity import views as publicity
from .versions import urls as versions

urlpatterns = [
    path("office/", entry.home, name="office_home"),
    path("office/sign-in/", entry.sign_in_page, name="sign_in"),
    path("office/sign-out/", entry.sign_out, name="sign_out"),
    path("office/figures/", figures.figures, name="figures"),
    path("office/figures/<slug:figure>/", figures.records, name="figure_records"),
    path("office/letters/", letters.letters, name="letters"),
    path("office/publicity/", publicity.publicity, name="publicity"),
    path("office/publicity/<slug:code>/", publicity.one, name="publicity_one"),
    path("office/publicity/<slug:code>/text/<slug:product>/", publicity.text_page, name="publicity_text"),
    path("office/publicity/<slug:code>/<str:file>", publicity.file, name="publicity_file"),
    *exchange.urlpatterns,
    *editor.urlpatterns,
    *versions.urlpatterns,
    path("office/components/", views.components, name="components"),
]

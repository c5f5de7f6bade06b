"""Addresses of the office."""

from __future__ import annotations

from django.urls import path

from . import entry, figures, letters, views

urlpatterns = [
    path("office/", entry.home, name="office_home"),
    path("office/sign-in/", entry.sign_in_page, name="sign_in"),
    path("office/sign-out/", entry.sign_out, name="sign_out"),
    path("office/figures/", figures.figures, name="figures"),
    path("office/figures/<slug:figure>/", figures.records, name="figure_records"),
    path("office/letters/", letters.letters, name="letters"),
    path("office/components/", views.components, name="components"),
]

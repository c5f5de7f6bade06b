"""Addresses every door shares."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("elder", views.elder, name="elder"),
    path("language", views.language, name="language"),
]

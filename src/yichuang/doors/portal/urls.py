"""Addresses of the residents' pages."""

from __future__ import annotations

from django.urls import path

from . import go, rate, sent, track, verify, views

urlpatterns = [
    path("", views.home, name="home"),
    path("items/", views.items, name="items"),
    path("search", views.search, name="search"),
    path("search/none", views.none_of_these, name="search_none"),
    path("guide/<slug:code>", views.guide, name="guide"),
    path("event/<slug:key>", views.event, name="event"),
    path("go/<slug:channel>/<str:code>", go.go, name="go"),
    path("track/", track.find, name="track_find"),
    path("track/<str:token>", track.track, name="track"),
    path("verify/", verify.ask, name="verify_ask"),
    path("verify/<str:code>", verify.verify, name="verify"),
    path("rate/<str:token>", rate.rate, name="rate"),
    path("sent/", sent.sent, name="sent"),
]

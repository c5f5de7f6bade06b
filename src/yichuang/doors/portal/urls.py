"""Addresses of the residents' pages."""

from __future__ import annotations

from django.urls import path

from . import go, guide_pages, lists, rate, sent, track, verify, views

urlpatterns = [
    path("", views.home, name="home"),
    path("items/", views.items, name="items"),
    path("search", views.search, name="search"),
    path("search/none", views.none_of_these, name="search_none"),
    path("search/suggest", views.suggest, name="suggest"),
    path("guide/<slug:code>", guide_pages.guide, name="guide"),
    path("guide/<slug:code>/answer", guide_pages.answer, name="guide_answer"),
    path("guide/<slug:code>/save", guide_pages.save, name="guide_save"),
    path("event/<slug:key>", guide_pages.event, name="event"),
    path("event/<slug:key>/save", guide_pages.save_event, name="event_save"),
    path("list/", lists.ask, name="list_ask"),
    path("list/<str:code>", lists.saved_list, name="saved_list"),
    path("go/<slug:channel>/<str:code>", go.go, name="go"),
    path("track/", track.find, name="track_find"),
    path("track/<str:token>", track.track, name="track"),
    path("verify/", verify.ask, name="verify_ask"),
    path("verify/<str:code>", verify.verify, name="verify"),
    path("rate/<str:token>", rate.rate, name="rate"),
    path("sent/", sent.sent, name="sent"),
]

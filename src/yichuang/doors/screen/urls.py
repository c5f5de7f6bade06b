"""Addresses of the screens; `/board/stream` is answered by streams.py in the event loop."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/now", views.board_now, name="board-now"),
    path("screen/", views.screen, name="screen"),
    path("screen/now", views.screen_now, name="screen-now"),
]

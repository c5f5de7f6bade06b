"""Addresses of the kiosk and of a ticket on a phone."""

from __future__ import annotations

from django.urls import path

from . import pair, phone, saved, views

urlpatterns = [
    path("kiosk/", views.start, name="kiosk"),
    path("kiosk/pair/", pair.pair, name="kiosk-pair"),
    path("kiosk/way/", views.way, name="kiosk-way"),
    path("kiosk/items/", views.items, name="kiosk-items"),
    path("kiosk/list/", saved.saved, name="kiosk-list"),
    path("kiosk/number/", views.number, name="kiosk-number"),
    path("kiosk/take/", views.take, name="kiosk-take"),
    path("kiosk/ticket/<str:token>", views.ticket, name="kiosk-ticket"),
    path("ticket/<str:token>", phone.ticket, name="ticket"),
    path("ticket/<str:token>/now", phone.ticket_now, name="ticket-now"),
]

"""Addresses that stand in QR codes: whole ones, of the installation's public name, never of the host that asked."""

from __future__ import annotations

from django.conf import settings


def rating_url(invitation: str) -> str:
    """Where a resident rates a service."""
    return f"{settings.PUBLIC_URL}/rate/{invitation}"

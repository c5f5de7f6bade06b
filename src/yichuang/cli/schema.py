"""Bring the database to this version: migrations, verbs, rights, partitions. Runs as the owner, in a process of its own."""

import sys
import time

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from yichuang.config import rights
from yichuang.ground import clock


def build() -> None:
    """Everything between an empty database and one the application can work in; safe to repeat at every start."""
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    first = clock.now()
    month = f"{first.year + (first.month - 2) // 12}-{(first.month - 2) % 12 + 1:02}"
    with connection.cursor():  # opens the owner's connection that migrate used
        owner: psycopg.Connection = connection.connection
        rights.load_verbs(owner, settings.PACKAGE)
        rights.ensure_partitions(owner, month, 26)
        rights.grant(owner)


if __name__ == "__main__":
    begun = time.monotonic()
    django.setup()
    build()
    if "--time" in sys.argv:
        print(f"{time.monotonic() - begun:.2f} s")

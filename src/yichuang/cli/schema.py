"""Bring database and static files to this version. Runs as the owner of the database, in a process of its own."""

import sys

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from yichuang.cli import static
from yichuang.config import rights
from yichuang.ground import clock

MONTHS = 26  # partitions of the trail: last month, this month, 24 more


def build() -> None:
    """All between an empty database and one the application can work in; safe to repeat at every start."""
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    now = clock.now()
    last_month = f"{now.year if now.month > 1 else now.year - 1}-{now.month - 1 or 12:02}"
    with connection.cursor():  # opens the owner's connection if migrate had nothing to do
        owner: psycopg.Connection = connection.connection
        rights.load_verbs(owner, settings.PACKAGE)
        rights.ensure_partitions(owner, last_month, MONTHS)
        rights.grant(owner)


def towns() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ground_town")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    django.setup()
    build()
    if "--static" in sys.argv:
        static.collect()
    print(towns())

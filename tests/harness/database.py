"""A real PostgreSQL for the tests: one embedded server a run, one database a worker, connected as the application.

Every database holds the demo town (tests/cast.py has its people); a test that wants an empty town makes its own.

`db` (of pytest-django) wraps a test in a transaction that is rolled back. `committed` lets a test commit and open
several connections; nothing is flushed afterwards, so such a test works in a town of its own (names that no other
test uses). `transaction=True` of pytest-django is not supported: the application's role may not truncate.
"""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from tests.harness import environment
from yichuang.config import postgres, rights

TEMPLATE = "yichuang_template"

_server: postgres.Embedded | None = None


def start() -> None:
    """Start the run's server and build the template once (the controller's work)."""
    global _server
    if _server is None:
        _server = environment.server()
        _server.start()
        _server.prepare()
        with psycopg.connect(_server.superuser_url(), autocommit=True) as superuser:
            rights.ensure_database(superuser, TEMPLATE)
        for module, address in (
            ("yichuang.cli.schema", _server.owner_url(TEMPLATE)),
            ("yichuang.cli.seed", _server.app_url(TEMPLATE)),
        ):
            _build(module, address)


def _build(module: str, address: str) -> None:
    """One step towards the template: the tables as the owner, then the demo town as the application."""
    built = subprocess.run(
        [sys.executable, "-m", module],
        env={**os.environ, "YICHUANG_DATABASE": address},
        capture_output=True,
        text=True,
    )
    if built.returncode:
        stop()
        pytest.exit(f"the test database could not be built ({module}):\n{built.stderr}", returncode=4)


def stop() -> None:
    global _server
    if _server is not None:
        _server.stop()
        _server = None


def pytest_configure(config: pytest.Config) -> None:
    # Workers share the server of the controller; a run without workers starts it at its first database test.
    is_controller = not hasattr(config, "workerinput") and getattr(config.option, "numprocesses", None)
    if is_controller and not config.option.collectonly:
        start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        stop()
        environment.remove(environment.home())


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """This worker's database, copied from the template."""
    if not hasattr(request.config, "workerinput"):
        start()
    name = environment.database_name()
    with psycopg.connect(environment.server().superuser_url(), autocommit=True) as superuser:
        rights.ensure_database(superuser, name, template=TEMPLATE)
    from django.db import connections

    # A worker finds the settings module in its environment and may have read it before its own name was known.
    connections["default"].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Real commits and real concurrency; the rows stay, so the test uses a town of its own."""
    from django.db import connections

    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections.close_all()

"""A home, keys and addresses for one test run, set before Django reads its settings."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from yichuang.config import keys, place, postgres

PREFIX = "yichuang-test-"


def prepare() -> None:
    """Make the run's own home (the workers of a parallel run share it) and set Django up."""
    if "YICHUANG_TEST_HOME" not in os.environ:
        sweep_dead_runs()
        home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")).resolve()
        keys.ensure(home)
        (home / "static").mkdir()
        os.environ["YICHUANG_TEST_HOME"] = str(home)
        for name in [name for name in os.environ if name.startswith("YICHUANG_") and name not in KEPT]:
            del os.environ[name]  # the settings of whoever runs the tests do not leak into them
        os.environ |= {"YICHUANG_HOME": str(home), "YICHUANG_DEMO": "1", "YICHUANG_LOG": "WARNING"}
        os.environ["YICHUANG_PLAIN_STATIC"] = "1"
    os.environ["YICHUANG_DATABASE"] = database_url("app")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yichuang.config.settings"
    import django

    django.setup()  # the cast imports models

    from django.conf import settings

    # New passwords of tests are hashed in no time; those of the demo town are read as they were written.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    import hypothesis

    hypothesis.settings.register_profile("house", deadline=None)  # two shared cores keep no deadline
    hypothesis.settings.load_profile("house")


KEPT = {"YICHUANG_TEST_HOME", "YICHUANG_BROWSER"}


def home() -> Path:
    return Path(os.environ["YICHUANG_TEST_HOME"])


def database_name() -> str:
    return f"yichuang_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def server() -> postgres.Embedded:
    """The run's server, to start it or to ask for addresses. Lost data after a power cut would not matter here."""
    return postgres.Embedded(home(), {"fsync": "off", "full_page_writes": "off", "max_connections": "120"})


def database_url(role: str) -> str:
    return getattr(server(), f"{role}_url")(database_name())


def remove(home: Path) -> None:
    place.remove(home)
    place.remove(home / "home")  # of a whole system (system.py)
    shutil.rmtree(home, ignore_errors=True)


def sweep_dead_runs() -> None:
    """Remove what killed test runs left: their homes carry the number of the process that made them."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(ValueError, IndexError, PermissionError):
            number = int(old.name.removeprefix(PREFIX).split("-")[0])
            try:
                os.kill(number, 0)
            except ProcessLookupError:
                remove(old)

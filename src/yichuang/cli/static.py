"""Style sheets, scripts and browser libraries in HOME/static, under names that carry their digest."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect() -> bool:
    """Lay them out when something changed since last time; True if so."""
    stamp = Path(settings.STATIC_ROOT) / ".inputs"
    inputs = _inputs()
    if stamp.exists() and stamp.read_text() == inputs:
        return False
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(inputs)
    return True


def _inputs() -> str:
    whole = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=None):
            with storage.open(name) as file:
                whole.update(f"\n{name} {hashlib.sha256(file.read()).hexdigest()}".encode())
    return whole.hexdigest()

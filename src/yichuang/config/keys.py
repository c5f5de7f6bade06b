"""The keys of one installation, made once in HOME/keys: whoever has them can forge cookies and read numbers.

They are kept apart from the database on purpose: a copy of the database alone opens no personal number.
"""

import base64
import contextlib
import os
import secrets
from pathlib import Path

GENERATED = {
    "cookie.key": lambda: secrets.token_urlsafe(48),
    "fields.keys": lambda: "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
    "index.key": lambda: secrets.token_hex(32),
    "seal.key": lambda: secrets.token_hex(32),
}


def ensure(home: Path) -> list[str]:
    """Make the home (0700) and the keys (0600) that are missing; names of those newly made."""
    if not home.exists():
        home.mkdir(mode=0o700, parents=True)
    folder = home / "keys"
    if not folder.exists():
        folder.mkdir(mode=0o700)
    made = []
    for name, generate in GENERATED.items():
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(generate() + "\n")
            made.append(name)
    return made

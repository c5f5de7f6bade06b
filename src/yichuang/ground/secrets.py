"""Personal data: fields encrypted with numbered keys, blind indexes to find them, masks to show them."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models

_NONCE = 12  # bytes, random a message (NIST SP 800-38D)


class Unreadable(RuntimeError):
    """Stored text that no key here opens: altered, moved to another field, or its key is missing."""


class Guarded(str):
    """Plain text out of an encrypted field: prints as itself in a page, never in a repr or a traceback."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<guarded>"


class EncryptedText(models.TextField):
    """Text that the database only sees encrypted (AES-256-GCM, bound to the field's name).

    It cannot be searched or sorted: keep a `blind_index` beside it. Empty text and null stay as they are.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value, self.name) if isinstance(value, str) else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else Guarded(decrypt(value, self.name))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: look it up by its blind index")
        return super().get_lookup(lookup_name)


def encrypt(plain: str, field: str) -> str:
    """`k2:base64(nonce + ciphertext)`; the last key of FIELD_KEYS encrypts."""
    if plain == "":
        return ""
    keys = _keys(settings.FIELD_KEYS)
    key_id = next(reversed(keys))
    nonce = os.urandom(_NONCE)
    sealed = keys[key_id].encrypt(nonce, str(plain).encode(), field.encode())
    return f"k{key_id}:{b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, field: str) -> str:
    """The plain text of what `encrypt` wrote for the same field, with whichever key wrote it."""
    if stored == "":
        return ""
    key_id, _, body = stored.removeprefix("k").partition(":")
    key = _keys(settings.FIELD_KEYS).get(key_id)
    if key is None:
        raise Unreadable(f"{field}: no field key {key_id!r} on this installation")
    try:
        raw = b64decode(body, validate=True)
        return key.decrypt(raw[:_NONCE], raw[_NONCE:], field.encode()).decode()
    except (InvalidTag, ValueError):
        raise Unreadable(f"{field}: stored text was altered or belongs to another field") from None


def reencrypt(model: type[models.Model], field: str) -> int:
    """Write anew with the newest key what older keys wrote; how many rows there were.

    Run it inside `towns.within(town)`, once a town; afterwards the older key may be taken out.
    """
    key_id = next(reversed(_keys(settings.FIELD_KEYS)))
    table, column = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id, {column} from {table} where {column} <> '' and {column} not like %s for update",  # noqa: S608
            [f"k{key_id}:%"],
        )
        rows = [(encrypt(decrypt(stored, field), field), row) for row, stored in cursor.fetchall()]
        cursor.executemany(f"update {table} set {column} = %s where id = %s", rows)  # noqa: S608
    return len(rows)


def blind_index(value: str, purpose: str) -> str:
    """32 hex signs by which an encrypted value is found again (HMAC-SHA256, cut to 128 bits).

    Clean the value first (identity.py); `purpose` keeps the indexes of different fields apart.
    """
    text = f"{purpose}\x00{value}"
    return hmac.new(settings.INDEX_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def new_token(size: int = 16) -> str:
    """An unguessable word for an address (url-safe); `size` is its strength in bytes."""
    return secrets.token_urlsafe(size)


_COMPOUND_SURNAMES = re.compile(  # 复姓
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|长孙|宇文|司徒|司空|夏侯|端木|令狐|轩辕|独孤|南宫|西门|"
    "东郭|百里|呼延|淳于|申屠|太史|钟离|闻人|公羊|澹台|濮阳|赫连|完颜|第五|拓跋|万俟|亓官|鲜于|闾丘|公冶|"
    "宗政|单于|仲孙|东门|南门|左丘|梁丘|谷梁|巫马|公西|漆雕|乐正|壤驷|颛孙|宰父|即墨|纳兰"
)


def mask_name(name: str) -> str:
    """李桂兰 -> 李*，欧阳娜 -> 欧阳*；for screens and voices everybody hears."""
    name = name.strip()
    if not name:
        return ""
    surname = name[:2] if len(name) > 2 and _COMPOUND_SURNAMES.match(name) else name[:1]
    return f"{surname}*"


def mask_id_number(number: str) -> str:
    """340***********1234: the first three and the last four."""
    return _masked(number.strip(), 3, 4)


def mask_phone(number: str) -> str:
    """138****1234; a land line keeps its area code and the last four; a short number shows nothing."""
    number = number.strip()
    return _masked(number, max(len(number) - 8, 0), 4 if len(number) > 6 else 0)


def mask_account(number: str) -> str:
    """Only the last four of a bank account."""
    return _masked(number.strip(), 0, 4)


def _masked(text: str, first: int, last: int) -> str:
    if len(text) <= first + last:
        return "*" * len(text)
    return f"{text[:first]}{'*' * (len(text) - first - last)}{text[len(text) - last :]}"


@lru_cache(maxsize=4)
def _keys(setting: str) -> dict[str, AESGCM]:
    """`1:base64;2:base64` -> ciphers by key id, in writing order."""
    keys: dict[str, AESGCM] = {}
    try:
        for part in setting.split(";"):
            if part.strip():
                key_id, _, key = part.strip().partition(":")
                raw = b64decode(key, validate=True)
                if len(raw) != 32 or not key_id.isalnum() or key_id in keys:
                    raise ValueError
                keys[key_id] = AESGCM(raw)
    except ValueError:
        keys = {}
    if not keys:
        raise ImproperlyConfigured(
            'YICHUANG_FIELD_KEYS must be "id:base64;id:base64", each key 32 bytes long'
        )
    return keys

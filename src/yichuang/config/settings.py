"""Settings of one installation, read once from the environment; a wrong value stops the start with a plain sentence.

What a town may change (limits, hours, weights, thresholds) is data, not settings.
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PROJECT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("YICHUANG_HOME", PROJECT / "var")).resolve()
ASSETS = PROJECT / ".assets"  # browser libraries and the PDF typeface, brought by npm at set-up


def _number(name: str, default: str) -> float:
    """A number from the environment; says which variable is wrong."""
    try:
        return float(os.environ.get(name, default))
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number, not {os.environ[name]!r}") from None


def _secret(name: str, generated: str) -> str:
    """A key from the environment or from HOME/keys, where set-up made it."""
    if value := os.environ.get(name):
        return value
    path = HOME / "keys" / generated
    if not path.exists():
        raise ImproperlyConfigured(f"{path} is missing: run ./yichuang up once, or set {name}")
    return path.read_text().strip()


def database(url: str) -> dict:
    """Django's database settings for `postgresql://user:password@host:port/name?host=/socket/folder`."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(options.pop("port", parts.port or "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "application_name": "yichuang", **options},
    }


# `up` and `test` start the database first and put the application role's address here.
DATABASES = {"default": database(os.environ.get("YICHUANG_DATABASE", "postgresql:///yichuang"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEMO = (
    os.environ.get("YICHUANG_DEMO", "") == "1"
)  # fakes for outside wires, /sent/, clock offset, demo accounts
CLOCK_OFFSET_SECONDS = _number("YICHUANG_CLOCK_OFFSET", "0") if DEMO else 0.0
PUBLIC_URL = os.environ.get(
    "YICHUANG_PUBLIC_URL", "http://127.0.0.1:8000"
)  # printed in QR codes and messages

SMS_GATEWAY_URL = os.environ.get("YICHUANG_SMS_GATEWAY_URL", "")  # outside the demo; see lines/sms/client.py
SMS_GATEWAY_KEY = os.environ.get("YICHUANG_SMS_GATEWAY_KEY", "")

SECRET_KEY = _secret("YICHUANG_SECRET_KEY", "cookie.key")  # signs cookies
FIELD_KEYS = _secret("YICHUANG_FIELD_KEYS", "fields.keys")  # "id:base64;id:base64", the last one encrypts
INDEX_KEY = _secret("YICHUANG_INDEX_KEY", "index.key")  # blind index of personal numbers
SEAL_KEY = _secret("YICHUANG_SEAL_KEY", "seal.key")  # signs the trail's seals

# scrypt costs an attacker memory as well as time; the second reads passwords hashed before.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

DEBUG = False
ALLOWED_HOSTS = ["*"]  # the host's first label names a town; nothing is built from the host name
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LANGUAGE_CODE = "zh-hans"
USE_I18N = True

ROOMS = ["people", "catalog", "hall", "cases", "signing", "issuing", "feedback", "notices", "supervision"]
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "yichuang.ground",
    *[f"yichuang.rooms.{room}" for room in ROOMS],
    "yichuang.doors.shared",
]
MIDDLEWARE = [
    "yichuang.config.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yichuang.doors.shared.gate.Gate",
]
ROOT_URLCONF = "yichuang.config.urls"
WSGI_APPLICATION = "yichuang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            *[
                PACKAGE / "doors" / door / "templates"
                for door in ("portal", "kiosk", "desk", "office", "screen")
            ],
            PACKAGE / "doors" / "shared" / "parts",
        ],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["yichuang.doors.shared.place.place"]},
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [ASSETS / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "yichuang.doors.shared.assets.Bundles",
]
PLAIN_STATIC = os.environ.get("YICHUANG_PLAIN_STATIC") == "1"  # tests of pages: names without digests
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = False

FILES = HOME / "files"  # content-addressed uploads and papers
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "yichuang.doors.shared.gate.stale_page"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("YICHUANG_BEHIND_PROXY") == "1" else None
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("YICHUANG_LOG", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.csrf": {"level": "ERROR"}},
}

# SPDX-License-Identifier: Apache-2.0
"""The one settings file. Everything comes from the environment; a value it cannot read stops the start."""

import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
PACKAGE = Path(__file__).parent


# Reading the environment: one small reader a type, each of which refuses what it does not understand.


def setting(name: str, read: Callable[[str], T], allowed: str, default: str) -> T:
    """The value of BAMSAT_<name>, or a refusal that says the name, the value and what is allowed."""
    full, value = f"BAMSAT_{name}", os.environ.get(f"BAMSAT_{name}", default).strip()
    try:
        return read(value)
    except (ValueError, KeyError):
        shown = "…" if name in ("SECRET_KEY", "MAIL_URL") else value
        raise ImproperlyConfigured(
            f"Biến môi trường {full} có giá trị “{shown}” không dùng được. Được phép: {allowed}.\n"
            f"Environment variable {full} has the value “{shown}”, which cannot be used. Allowed: {allowed}."
        ) from None


def yes_or_no(value: str) -> bool:
    return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}[value.lower()]


def whole_number(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number


def from_zero(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError(value)
    return number


def names(value: str) -> list[str]:
    found = [name.strip() for name in value.split(",") if name.strip()]
    if not found or any("/" in name or " " in name for name in found):
        raise ValueError(value)
    return found


def long_secret(value: str) -> str:
    if value and len(value) < 40:
        raise ValueError(value)
    return value


def database(value: str) -> dict[str, Any]:
    """sqlite:///path/to/file, or postgres://user:password@host:port/name?host=/folder/of/a/socket"""
    url = urlsplit(value)
    if url.scheme == "sqlite" and len(url.path) > 1:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.path[1:]),
            # In a file, not in memory: a browser test has several threads.
            "TEST": {"NAME": f"{unquote(url.path[1:])}-test"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    if url.scheme in ("postgres", "postgresql") and len(url.path) > 1:
        options = dict(parse_qsl(url.query, strict_parsing=bool(url.query)))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": options.pop("host", url.hostname or ""),
            "PORT": str(url.port or ""),
            "OPTIONS": {"pool": True, **options},
        }
    raise ValueError(value)


def mail(value: str) -> dict[str, Any]:
    """smtp://user:password@host:port?tls=yes; smtps:// where all of it is TLS; console: for developers; or nothing."""
    if not value:
        return {}
    url = urlsplit(value)
    if url.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if url.scheme not in ("smtp", "smtps") or not url.hostname:
        raise ValueError(value)
    options = dict(parse_qsl(url.query, strict_parsing=bool(url.query)))
    ssl, tls = url.scheme == "smtps", yes_or_no(options.pop("tls", "no"))
    if options or (ssl and tls):
        raise ValueError(value)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or (465 if ssl else 587 if tls else 25),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
        "EMAIL_TIMEOUT": 20,
    }


def mail_address(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
        raise ValueError(value)
    return value


def kept_secret(folder: Path) -> str:
    """The key of an embedded installation: made at the first start, kept beside its data."""
    file = folder / "secret-key.txt"
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
    return file.read_text().strip()


# What an installation can choose.

BAMSAT_DATA = setting("DATA", lambda value: Path(value).resolve(), "một thư mục / a folder", "var")
DEBUG = setting("DEBUG", yes_or_no, "yes, no", "no")
BAMSAT_HTTPS = setting("HTTPS", yes_or_no, "yes, no", "no")
ALLOWED_HOSTS = setting(
    "HOSTS",
    names,
    "tên máy chủ, cách nhau bằng dấu phẩy / host names, separated by commas",
    "127.0.0.1,localhost,[::1]",
)
SECRET_KEY = setting("SECRET_KEY", long_secret, "ít nhất 40 ký tự / at least 40 characters", "") or kept_secret(
    BAMSAT_DATA
)
DATABASES = {
    "default": setting(
        "DATABASE_URL",
        database,
        "sqlite:///FILE, postgres://USER:PASSWORD@HOST:PORT/NAME",
        f"sqlite:///{BAMSAT_DATA / 'bamsat.sqlite3'}",
    )
}
BAMSAT_UPLOAD_LIMIT = (
    1024 * 1024 * setting("UPLOAD_LIMIT_MB", whole_number, "số MB từ 1 / whole megabytes, 1 or more", "64")
)
# Reminders by e-mail; without a server they are shown on the page, and as a text and a letter to send.
_MAIL = setting(
    "MAIL_URL", mail, "smtp://USER:PASSWORD@HOST:PORT?tls=yes, smtps://USER:PASSWORD@HOST:PORT, console:", ""
)
globals().update(_MAIL)
BAMSAT_MAIL = bool(_MAIL)
DEFAULT_FROM_EMAIL = setting(
    "MAIL_FROM", mail_address, "một địa chỉ thư điện tử / an e-mail address", "bam-sat@localhost"
)
# A folder whose files `bamsat follow` receives, and the account that receives them.
BAMSAT_WATCH = setting("WATCH", lambda value: Path(value).resolve() if value else None, "một thư mục / a folder", "")
BAMSAT_WATCH_USER = setting("WATCH_USER", str, "tên đăng nhập / a user name", "")
BAMSAT_SAMPLES = setting("SAMPLES", yes_or_no, "yes, no", "yes")

# The house: rooms from the top floor down; `ui` is what they all look like.

ROOMS = [
    "desk", "reports", "scoreboard", "exchange", "tasks", "submissions", "situation", "figures", "findings",
    "documents", "directory", "places", "catalogue", "accounts",
]  # fmt: skip
INSTALLED_APPS = [
    *(f"bamsat.rooms.{room}" for room in ROOMS if (PACKAGE / "rooms" / room).is_dir()),
    "bamsat.ui",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "bamsat.ui" or (PACKAGE / "ui" / "__init__.py").exists()]

MIDDLEWARE = [
    "bamsat.middleware.RequestRecord",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bamsat.middleware.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bamsat.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bamsat.middleware.Presence",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "bamsat.urls"
WSGI_APPLICATION = "bamsat.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Who comes in.

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
SESSION_ENGINE = "bamsat.rooms.accounts.session_store"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "bamsat.rooms.accounts.passwords.LongEnough", "OPTIONS": {"least": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "bamsat.rooms.accounts.passwords.NotUsedLately", "OPTIONS": {"last": 5}},
]
BAMSAT_PASSWORD_DAYS = setting(
    "PASSWORD_DAYS", from_zero, "số ngày; 0 là không hết hạn / days; 0 is never to expire", "0"
)
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
# Wrong passwords before the door stays shut for a while: for one name at one address; for one name from everywhere; for
# one address with any names. The last two do not touch people who came in from that address lately (accounts/throttle).
AXES_FAILURE_LIMIT = 10
BAMSAT_NAME_FAILURES = 30
BAMSAT_ADDRESS_FAILURES = 100
AXES_COOLOFF_TIME = 0.25  # hours
# How many reverse proxies of ours write the caller's address in X-Forwarded-For; with none it is not believed.
BAMSAT_PROXIES = setting("PROXIES", from_zero, "số proxy, từ 0 / how many proxies, 0 or more", "0")
AXES_HANDLER = "bamsat.rooms.accounts.throttle.Throttle"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "bamsat.rooms.accounts.throttle.name_mark"
AXES_CLIENT_IP_CALLABLE = "bamsat.rooms.accounts.clients.address_of"
AXES_LOCKOUT_CALLABLE = "bamsat.errors.too_many_sign_ins"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who is shut out cannot keep the door shut
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# What leaves the house.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "bamsat.errors.expired_form"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BAMSAT_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if BAMSAT_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_SSL_REDIRECT = True

# What comes in: files over this size go to disk, a whole request over BAMSAT_UPLOAD_LIMIT is refused.

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 100
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a form of many rows is edited, and filled without scripts, as one form
FILE_UPLOAD_PERMISSIONS = 0o600

# Languages and time.

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Files of the pages.

STATIC_URL = "static/"
STATIC_ROOT = BAMSAT_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# One JSON line a request on standard output, without names, values or file text; program faults on standard error.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "bamsat.middleware.JsonLine"}},
    "handlers": {
        "requests": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stdout"},
        "faults": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "loggers": {
        "bamsat.requests": {"handlers": ["requests"], "level": "INFO", "propagate": False},
        "bamsat": {"handlers": ["faults"], "level": "INFO", "propagate": False},
        # Django's own request log would repeat addresses and values.
        "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
    "root": {"handlers": ["faults"], "level": "WARNING"},
}

"""Settings: each is read from the environment here, and judged by `config.checks`."""

import os
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from config import database_limits, development_key, language, logs

PACKAGE = Path(__file__).resolve().parent
# The folder of catalog, site, templates and static: a checkout, or a wheel's `model_catalog/`.
REPOSITORY = PACKAGE.parents[1]
IS_INSTALLED = not (REPOSITORY / "manage.py").is_file()
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def _text(name: str, default: str = "") -> str:
    """Return a one-line variable; an empty one counts as not set."""
    value = os.environ.get(name, "").strip() or default
    if not value.isprintable():
        raise ImproperlyConfigured(f"{name} is {value!r}: give one line of printable text.")
    return value


def _flag(name: str, default: str = "off") -> bool:
    value = _text(name, default)
    words = {"on": True, "true": True, "yes": True, "1": True}
    words |= {"off": False, "false": False, "no": False, "0": False}
    if value.lower() not in words:
        raise ImproperlyConfigured(f"{name} is {value!r}: give 'on' or 'off'.")
    return words[value.lower()]


def _number(name: str, default: int, low: int, high: int) -> int:
    value = _text(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 10 and low <= int(value) <= high):
        raise ImproperlyConfigured(f"{name} is {value!r}: give a whole number from {low} to {high}.")
    return int(value)


def _share(name: str, default: str) -> Decimal:
    value = _text(name, default)
    if not re.fullmatch(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: give a share from 0 to 1, like '0.4'.")
    return Decimal(value)


def _words(name: str) -> list[str]:
    return [word.strip() for word in _text(name).split(",") if word.strip()]


def _database(url: str) -> dict[str, Any]:
    right = "give sqlite:////absolute/path.sqlite3 or postgres://user:password@host:5432/name"
    # The value may hold a password, so it is not repeated.
    if url.partition(":")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL does not begin with sqlite: or postgres: — {right}.")
    try:
        # Connections stay open; the health check finds those that a restart of the database has cut.
        database = dict(dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True))
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {right}.") from error
    if not database.get("NAME"):
        raise ImproperlyConfigured(f"DATABASE_URL names no database: {right}.")
    if url.startswith("sqlite:"):
        # IMMEDIATE waits for the write lock; a DEFERRED transaction that writes later fails under contention.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY",
        }
    return database


def _cache(url: str) -> dict[str, Any]:
    scheme = url.partition(":")[0]
    if scheme == "locmem":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "catalog"}
    if scheme in {"redis", "rediss"}:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    raise ImproperlyConfigured("CACHE_URL begins with neither locmem: nor redis: — give redis://host:6379/0.")


VAR = Path(_text("CATALOG_VAR", str((Path.cwd() if IS_INSTALLED else REPOSITORY) / "var"))).absolute()
DEBUG = _flag("DEBUG")
HOST = _text("HOST", "127.0.0.1")
PORT = _number("PORT", 8000, 1, 65535)
WORKERS = _number("WORKERS", 2, 1, 64)
LOG_FORMAT = _text("LOG_FORMAT", "text")
MCP = _flag("MCP", "on")
MCP_SOCKET = _text("MCP_SOCKET")

SITE_NAME = _text("SITE_NAME", "RunAPI")
SITE_LANGUAGE = _text("SITE_LANGUAGE", "en")
SITE_URL = _text("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
API_BASE_URL = _text("API_BASE_URL", "https://runapi.ai").rstrip("/")
API_KEY_ENV = _text("API_KEY_ENV", "RUNAPI_KEY")
SKILLS_OWNER = _text("SKILLS_OWNER", "runapi-ai")
HSTS_PRELOAD = _flag("HSTS_PRELOAD")
TRY_IT = _flag("TRY_IT")
PRICE_FLOOR = _share("PRICE_FLOOR", "0.4")
WEBHOOKS_ALLOW_PRIVATE = _flag("WEBHOOKS_ALLOW_PRIVATE")
SUPPORT_EMAIL = _text("SUPPORT_EMAIL")
SUPPORT_URL = _text("SUPPORT_URL")

IS_HTTPS = SITE_URL.startswith("https://")
_host = urlsplit(SITE_URL).netloc.rpartition("@")[2]
_host_name = _host if _host.endswith("]") else _host.rpartition(":")[0] or _host
ALLOWED_HOSTS = _words("ALLOWED_HOSTS") or list(
    LOOPBACK if _host_name in LOOPBACK else filter(None, [_host_name])
)
TRUSTED_PROXIES = _words("TRUSTED_PROXIES")
RATE_LIMIT = _number("RATE_LIMIT", 300, 0, 100_000)
IS_LOOPBACK = set(ALLOWED_HOSTS) <= set(LOOPBACK)
# Where only this machine is answered, a generated key will do. Elsewhere jobs that sign nothing run without,
# and a server refuses to start: without a key (config.E001) as with a generated one (config.E002).
SECRET_KEY = _text("SECRET_KEY") or (development_key.development_key(VAR) if DEBUG or IS_LOOPBACK else "")

DATABASES = {"default": _database(_text("DATABASE_URL", f"sqlite:///{VAR / 'catalog.sqlite3'}"))}
# Taken by the processes that answer visitors; jobs of manage.py wait as long as it takes.
VISITORS_DATABASE = database_limits.for_visitors(DATABASES["default"])
CACHES = {"default": _cache(_text("CACHE_URL", "locmem://"))}

INSTALLED_APPS = [
    "config.admin_app.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "catalog",
    "config",
    "pages",
    "docs",
    "api",
    "mcp_server",
    "skills",
    "lint",
]
MIDDLEWARE = [
    # The order matters: headers for every answer, then compression of all of them; a place with the
    # database before anything asks it; trackers go before twins read the query; twins before addresses,
    # as they change the path.
    "config.headers.SecurityHeaders",
    "config.compression.Compression",
    "config.proxies.TrustedProxies",
    "config.unavailable.DatabasePlaces",
    "config.query_parameters.KnownParameters",
    "config.page_format_middleware.Twins",
    "api.middleware.ApiEnvelope",
    "config.addresses.OneAddress",
    "config.request_limits.RequestLimits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.admin_sessions.AdminSessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.admin_sessions.AdminUsers",
    "config.admin_sessions.AdminMessages",
    "axes.middleware.AxesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Innermost: an ETag is of what the view wrote.
    "config.etags.ConditionalAnswers",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
# OneAddress does the opposite: no page's address ends in a slash.
APPEND_SLASH = False
TEMPLATE_LOADERS = ["config.template_loader.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [REPOSITORY / "templates"],
        "OPTIONS": {
            "loaders": TEMPLATE_LOADERS
            if DEBUG
            else [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            # Every template says its words through gettext.
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context.frame",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
# One site speaks one language: no visitor's header chooses another, so every answer is the same for all.
USE_I18N = True
WORDS = PACKAGE / "locale"
# Kept apart from what they are compiled from: an installed package may be read-only.
LOCALE_PATHS = [VAR / "locale"]
LANGUAGE_CODE = language.prepare(WORDS, SITE_LANGUAGE, LOCALE_PATHS[0])
LANGUAGES = [(tag, tag) for tag in dict.fromkeys([LANGUAGE_CODE, "en"])]

STATIC_URL = "/static/"
STATICFILES_DIRS = [REPOSITORY / "static"]
STATIC_ROOT = VAR / "static"
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "config.static_files.HashedFiles"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

PASSWORD_HASHERS = [
    "config.hashers.LighterArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_HTTPS else []
LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = "/admin/"
AUTHENTICATION_BACKENDS = ["config.login_attempts.LockedOut", "django.contrib.auth.backends.ModelBackend"]
# Of wrong passwords django-axes keeps a row for each name and address; outcomes go to the log.
AXES_HANDLER = "config.login_attempts.BoundedAttempts"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "config.visitors.address_of"
AXES_LOCKOUT_CALLABLE = "config.logins.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_SSL_HOST = _host or None
# Probes reach the process itself, without the proxy that speaks https.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS and HSTS_PRELOAD
# Django wants `preload` everywhere. The lists of browsers are hard to leave: an operator has to ask for it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
X_FRAME_OPTIONS = "DENY"

LOGGING = logs.configuration(LOG_FORMAT)

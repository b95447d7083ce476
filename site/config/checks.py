"""Checks of the settings: the variable, its value and what is right, in one line."""

import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from config import development_key, language

TAG = "settings"
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
# Nothing that a shell would expand: these addresses stand in commands to copy.
PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")
# GitHub's rule for names of accounts.
ACCOUNT = re.compile(r"[A-Za-z0-9](-?[A-Za-z0-9]){0,38}")
VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")

Judge = Callable[[], str | None]


def _check(number: str, *, deploy: bool = False) -> Callable[[Judge], Judge]:
    """Register a check, which returns what is wrong."""

    def registered(judge: Judge) -> Judge:
        def check(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[Error]:
            del app_configs
            line = judge()
            return [Error(line, id=f"config.{number}")] if line else []

        register(check, TAG, deploy=deploy)
        return judge

    return registered


@_check("E001", deploy=True)
def _secret_key_given() -> str | None:
    if _secret_key():
        return None
    return "SECRET_KEY is not set: give 50 or more random characters (DEBUG=on makes a development key)."


@_check("E002")
def _secret_key_own() -> str | None:
    is_public = not settings.DEBUG and not settings.IS_LOOPBACK
    if is_public and _secret_key().startswith(development_key.MARK):
        return (
            "SECRET_KEY is a development key on a public host: give 50 or more random characters of your own."
        )
    return None


@_check("E003")
def _allowed_hosts() -> str | None:
    for host in settings.ALLOWED_HOSTS:
        if not HOST.fullmatch(host) and not (host == "*" and settings.DEBUG):
            return (
                f"ALLOWED_HOSTS holds {host!r}: "
                "give host names without scheme or port, separated by commas, like 'models.example.com'."
            )
    return None


@_check("E004")
def _site_name() -> str | None:
    if len(settings.SITE_NAME) > 60:
        return f"SITE_NAME is {settings.SITE_NAME!r}: give at most 60 characters."
    return None


@_check("E005")
def _site_url() -> str | None:
    if not _is_url(settings.SITE_URL) or urlsplit(settings.SITE_URL).path:
        return f"SITE_URL is {settings.SITE_URL!r}: give scheme and host, like 'https://models.example.com'."
    return None


@_check("E006")
def _api_base_url() -> str | None:
    if not _is_url(settings.API_BASE_URL):
        return f"API_BASE_URL is {settings.API_BASE_URL!r}: give an address like 'https://api.example.com'."
    return None


@_check("E007")
def _api_key_env() -> str | None:
    if not VARIABLE.fullmatch(settings.API_KEY_ENV):
        return f"API_KEY_ENV is {settings.API_KEY_ENV!r}: give a variable's name, like 'EXAMPLE_API_KEY'."
    return None


@_check("E008")
def _support_email() -> str | None:
    try:
        validate_email(settings.SUPPORT_EMAIL or "nobody@example.com")
    except ValidationError:
        return f"SUPPORT_EMAIL is {settings.SUPPORT_EMAIL!r}: give one like 'help@example.com' or none."
    return None


@_check("E009")
def _support_url() -> str | None:
    parts = _split(settings.SUPPORT_URL)
    if settings.SUPPORT_URL and not (
        parts and parts.scheme in {"http", "https"} and parts.hostname and " " not in settings.SUPPORT_URL
    ):
        return f"SUPPORT_URL is {settings.SUPPORT_URL!r}: give one like 'https://example.com/help' or none."
    return None


@_check("E010")
def _trusted_proxies() -> str | None:
    for given in settings.TRUSTED_PROXIES:
        try:
            ip_network(given, strict=False)
        except ValueError:
            return (
                f"TRUSTED_PROXIES holds {given!r}: "
                "give IP addresses or networks, separated by commas, like '127.0.0.1,10.0.0.0/8'."
            )
    return None


@_check("E011")
def _cache_package() -> str | None:
    # The package is no dependency: few sites need a shared cache.
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache") and not find_spec("redis"):
        return "CACHE_URL begins with redis: but the package 'redis' is not installed: pip install redis."
    return None


@_check("E012")
def _host() -> str | None:
    if not HOST.fullmatch(settings.HOST) and not re.fullmatch(r"[0-9a-f:]+", settings.HOST):
        return f"HOST is {settings.HOST!r}: give the address to listen on, like '127.0.0.1' or '0.0.0.0'."
    return None


@_check("E013")
def _try_it() -> str | None:
    base, site = _split(settings.API_BASE_URL), _split(settings.SITE_URL)
    if not settings.TRY_IT or base is None or site is None:
        return None
    if base.netloc.startswith("["):
        return (
            f"TRY_IT is on and API_BASE_URL is {settings.API_BASE_URL!r}: "
            "give a host name, since a page cannot be allowed to call an IPv6 address."
        )
    is_local = base.hostname in settings.LOOPBACK
    if site.scheme == "https" and base.scheme == "http" and not is_local:
        return (
            f"TRY_IT is on and API_BASE_URL is {settings.API_BASE_URL!r}: "
            "give an https: address, since browsers refuse an http: one to a page that came by https:."
        )
    return None


@_check("E014")
def _mcp_socket() -> str | None:
    path = settings.MCP_SOCKET
    # A socket's name holds 107 bytes on Linux and 103 elsewhere.
    if not path or (path.startswith("/") and not path.endswith("/") and len(path.encode()) <= 100):
        return None
    return f"MCP_SOCKET is {path[:60]!r}: give the absolute path of a socket, of 100 bytes at most."


@_check("E015")
def _site_language() -> str | None:
    if language.is_spoken(settings.WORDS, settings.SITE_LANGUAGE):
        return None
    return (
        f"SITE_LANGUAGE is {settings.SITE_LANGUAGE[:60]!r}: give 'en', or a tag like 'de' or 'pt-br' "
        f"whose words are in config/locale/de/LC_MESSAGES/django.po."
    )


@_check("E016")
def _debug_in_public() -> str | None:
    parts = _split(settings.SITE_URL)
    if not settings.DEBUG or parts is None or _is_near(parts.hostname or ""):
        return None
    return (
        f"DEBUG is on and SITE_URL is {settings.SITE_URL!r}: set DEBUG=off, since its error pages show code "
        "and settings, or give an address of this machine or of a private network."
    )


def _is_near(host: str) -> bool:
    """Whether a host is local or private."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@_check("E017")
def _skills_owner() -> str | None:
    if ACCOUNT.fullmatch(settings.SKILLS_OWNER):
        return None
    return f"SKILLS_OWNER is {settings.SKILLS_OWNER!r}: give an account on GitHub, like 'example'."


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        # Django's way to say that it is empty.
        return ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts


def _is_url(url: str) -> bool:
    parts = _split(url)
    return (
        parts is not None
        and parts.scheme in {"http", "https"}
        and HOST.fullmatch(parts.netloc.rpartition(":")[0] if parts.port else parts.netloc) is not None
        and PATH.fullmatch(parts.path) is not None
        and url == f"{parts.scheme}://{parts.netloc}{parts.path}"
    )

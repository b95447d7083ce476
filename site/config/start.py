"""Starts Django, or stops with one line for each setting that is wrong."""

import logging
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured


def start(*, serving: bool) -> None:
    """Set Django up; a server also needs what jobs can do without, such as a SECRET_KEY."""
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    refuse_wrong_settings(serving=serving)
    _make_room()


def refuse_wrong_settings(*, serving: bool) -> None:
    """Exit with the line of each failed check of `config.checks`."""
    from config.checks import TAG  # noqa: PLC0415 - settings must be readable before checks can be imported

    found = run_checks(tags=[TAG], include_deployment_checks=serving)
    wrong = [f"{failed.msg} ({failed.id})" for failed in found if failed.is_serious()]
    if wrong:
        sys.exit("\n".join(wrong))
    if serving and settings.IS_HTTPS and not settings.TRUSTED_PROXIES:
        logging.getLogger("config").warning(
            "SITE_URL is https and TRUSTED_PROXIES is empty: requests that a proxy hands on over http "
            "are redirected to https for ever."
        )


def _make_room() -> None:
    """Make the folder of the default database: SQLite makes its file, but no folder."""
    kept = str(settings.DATABASES["default"]["NAME"])
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and Path(kept).parent == settings.VAR:
        try:
            settings.VAR.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            sys.exit(f"{settings.VAR} cannot be made ({error.strerror}): give another with CATALOG_VAR.")

"""The development key, in a file for its owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MARK = "development-"  # lets a public site refuse such a key (config.E002)


def development_key(var: Path) -> str:
    """Return the key kept in `var`, or create it."""
    path = var / "secret_key"
    try:
        return _kept(path) or _made(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"No key can be kept in {path} ({error.strerror}): set SECRET_KEY or CATALOG_VAR."
        ) from error


def _kept(path: Path) -> str:
    if not path.exists():
        return ""
    path.chmod(0o600)
    return path.read_text().strip()


def _made(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Linked in place when complete: whoever reads the file finds one whole key, and the first one made stays.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{MARK}{secrets.token_urlsafe(48)}\n")
    if path.exists() and not _kept(path):
        # What is left of an unfinished start.
        path.unlink()
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
    return path.read_text().strip()

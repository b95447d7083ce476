"""The development key: random, in a file that only its owner can read."""

import os
import secrets
import sys
from pathlib import Path

MARK = "development-"
"""Every generated key begins with this, so that a public site can refuse it."""


def development_key(var: Path) -> str:
    """Read the key kept in the `var` directory, or make one."""
    path = var / "secret_key"
    var.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        path.chmod(0o600)
        kept = path.read_text().strip()
        if kept:
            return kept
        descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
    key = MARK + secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(key + "\n")
    return key


if __name__ == "__main__":
    sys.stdout.write(development_key(Path(sys.argv[1])))

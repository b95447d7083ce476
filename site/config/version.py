"""The version of this program, from a checkout or an installed package."""

import tomllib
from importlib import metadata

from django.conf import settings


def version() -> str:
    """Return the version."""
    if settings.IS_INSTALLED:
        return metadata.version("model-catalog")
    project = tomllib.loads((settings.REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])

"""What a test needs beyond Python: found, or the test says why it cannot run and what would help."""

import os
import shutil
from importlib import import_module

import pytest

IS_CI = os.environ.get("CI", "").lower() == "true"
"""Where everything is meant to be installed, a test that cannot run has failed."""

BESIDE = "It lies beside the project and not in it, so that CI runs without it, too."
"""In the reason of a skip: of what is no part of the project, and that nothing could install."""


def cannot_run(reason, way):
    """End this test as skipped, or as failed under CI."""
    line = f"{reason}: {way}"
    if IS_CI:
        pytest.fail(line, pytrace=False)
    pytest.skip(line, allow_module_level=True)


def client(name):
    """A module of the packages in the group `clients`, which most tests do without."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if f"{name}.".startswith(f"{error.name}."):
            cannot_run(f"{error.name} is not installed", "make test installs it")
        raise


def program(name, package):
    """The path of a program, which this package of Debian brings."""
    found = shutil.which(name)
    return found or cannot_run(f"{name} is not installed", f"apt-get install {package}")


def chromium():
    """The path of a chromium that runs without a window.

    The headless shell opens a page in less than half the time of the browser, which does where it is away.
    """
    return shutil.which("chromium-headless-shell") or program("chromium", "chromium-headless-shell")

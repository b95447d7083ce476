"""The languages of samples: a test that asks for `language` runs in each, where that can run."""

from importlib import metadata

import pytest

import needs
from runtimes import node
from runtimes.registry import RUNTIMES

SDKS = ("anthropic", "google-genai", "openai", "requests")
"""The packages that samples in Python use."""


@pytest.fixture(params=sorted(RUNTIMES))
def language(request):
    ready(request.param)
    return request.param


def ready(language):
    """End this test where what runs a language is not installed."""
    for program, package in RUNTIMES[language].programs.items():
        needs.program(program, package)
    if language in {"javascript", "typescript"}:
        node.node()
    if language == "python":
        installed = {found.name for found in metadata.distributions()}
        for package in SDKS:
            if package not in installed:
                needs.cannot_run(f"{package} is not installed", "make test installs it")

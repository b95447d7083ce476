"""Runs cURL snippets in bash with the real curl and jq."""

from collections.abc import Sequence
from pathlib import Path

from runtimes.answers_read import read_http
from runtimes.running import Run, Runtime, each_alone, version_of


def run(codes: Sequence[str], folder: Path) -> list[Run]:
    """Run each code in a bash of its own; only waiting is left out."""
    return each_alone([["bash", "-c", code] for code in codes], folder, **{"BASH_FUNC_sleep%%": "() { :; }"})


RUNTIME = Runtime(
    run,
    read_http,
    {"bash": "bash", "curl": "curl", "jq": "jq", "uuidgen": "uuid-runtime"},
    name=lambda: f"curl {version_of('curl', '--version')}",
)

"""Runs PHP snippets with the real PHP and its curl extension."""

from collections.abc import Sequence
from pathlib import Path

from runtimes.answers_read import read_http
from runtimes.running import Run, Runtime, each_alone, version_of

_AWAKE = "<?php function sleep(int $seconds): int { return 0; }"
"""Stands in for the function that is switched off: only waiting is left out."""


def run(codes: Sequence[str], folder: Path) -> list[Run]:
    """Run each code as a file in a PHP of its own."""
    (folder / "awake.php").write_text(_AWAKE)
    for number, code in enumerate(codes):
        (folder / f"{number}.php").write_text(code)
    settings = ["-d", "disable_functions=sleep", "-d", f"auto_prepend_file={folder / 'awake.php'}"]
    commands = [["php", *settings, str(folder / f"{number}.php")] for number in range(len(codes))]
    return each_alone(commands, folder)


RUNTIME = Runtime(
    run, read_http, {"php": "php-cli php-curl"}, name=lambda: f"PHP {version_of('php', '--version')}"
)

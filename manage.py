#!/usr/bin/env python3
"""Run the project's commands, with `site/` as a source root."""

import os
import signal
import sys
from pathlib import Path


def main() -> None:
    """Run the command line once the settings are right."""
    # The first process of a container is sent only signals that it handles. An exception would be lost where
    # a database calls a function, so this ends the process as the default does.
    signal.signal(signal.SIGTERM, lambda number, _frame: os._exit(128 + number))
    # In a wheel this file is `model_catalog/__main__.py`, beside the same folders.
    root = Path(__file__).resolve().parent
    sys.path[:0] = [str(root), str(root / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Only now: `site/` has just come onto the path.
    from config.startup import run, start

    start(serving=False)
    run(sys.argv)


if __name__ == "__main__":
    main()

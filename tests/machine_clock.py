"""Print the variables that put a program's clock on another day.

`env $(python -m machine_clock 2027-12-01) PROGRAM…` starts a program on that day at 9:00 UTC. Give a folder
behind the day to have the library copied there, where another user can read it.
"""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import libfaketime

LIBRARY = Path(libfaketime.__file__).parent / "vendor/libfaketime/src/libfaketime.so.1"


def variables(day, library):
    """Return what a program needs in its environment; waiting and file times stay true."""
    ahead = datetime.fromisoformat(f"{day}T09:00:00+00:00") - datetime.now(UTC)
    return {
        "LD_PRELOAD": library,
        "FAKETIME": f"{ahead.total_seconds():+.0f}",
        "DONT_FAKE_MONOTONIC": 1,
        "FAKETIME_DONT_FAKE_MONOTONIC": 1,
        "NO_FAKE_STAT": 1,
    }


if __name__ == "__main__":
    day, *folders = sys.argv[1:]
    library = shutil.copy(LIBRARY, folders[0]) if folders else LIBRARY
    print(*(f"{name}={value}" for name, value in variables(day, library).items()))  # noqa: T201

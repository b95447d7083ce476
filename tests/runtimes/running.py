"""What running snippets has in common for all languages: their environment, their keys, how they end."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.snippets import Request

VARIABLE = "RUNAPI_KEY"
KEY = "k-\"'$(touch PWNED)`x`\\"
"""The key as the environment holds it: no character of it may be lost or run."""
AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Run:
    """How one snippet ended and what it printed."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Runtime:
    """How a language is run: `run` takes codes and a folder, `read` finds the answer in what was printed.

    `programs` are what must be installed, by program and Debian package. The code at each place runs with
    `key_of_code` of that place in the variable `VARIABLE`, and without waiting between polls.
    """

    run: Callable[[Sequence[str], Path], list[Run]]
    read: Callable[[Request, str], Any]
    programs: Mapping[str, str] = field(default_factory=dict)
    name: Callable[[], str] = lambda: ""
    version: Callable[[str], str] = lambda package: ""
    """What runs the code, as in "Python 3.11.7", and which version of a package of it is installed."""


def version_of(*command: str) -> str:
    """Give the version that a program says it has."""
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    return re.search(r"\d+\.[\w.+~-]*\w", said)[0]  # type: ignore[index]


def key_of_code(number: int) -> str:
    """Give the key with which the code at this place runs: all that it sends is known by it."""
    return f"{KEY}-{number}"


def place_of(folder: Path, number: int) -> Path:
    """Give the folder in which the code at this place runs: it finds its files there, and saves there."""
    place = folder / f"run-{number}"
    place.mkdir(exist_ok=True)
    return place


def environment(**known: str) -> dict[str, str]:
    """Give an environment in which nothing but the programs is found: no settings, no other key."""
    return {"PATH": os.environ["PATH"], "HOME": "/nowhere", "LANG": "C.UTF-8", **known}


def each_alone(commands: Sequence[Sequence[str]], folder: Path, timeout: int = 60, **known: str) -> list[Run]:
    """Run each command in a process of its own, a few at once, with the key of its place."""

    def one(number: int) -> Run:
        ended = subprocess.run(
            commands[number],
            cwd=place_of(folder, number),
            env=environment(**{VARIABLE: key_of_code(number)}, **known),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            timeout=timeout,
            check=False,
        )
        return Run(ended.returncode, ended.stdout, ended.stderr)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(len(commands))))

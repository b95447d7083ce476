"""Runs Go snippets as programs of the real compiler.

Linking each one alone would take the most time by far, so that all are built into one program that runs the
one it is told to. For this the package's name is changed, and a pause takes nanoseconds: nothing else is.
"""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from runtimes.answers_read import read_http
from runtimes.running import Run, Runtime, each_alone, environment

CACHE = Path(tempfile.gettempdir()) / f"snippets-go-{os.getuid()}"
"""What the compiler has built before, so that a second run is quick; Go itself clears it of what is old."""
_CHOOSE = """\
package main

import (
	"os"
{imports})

var programs = map[string]func(){{
{entries}}}

func main() {{
	programs[os.Args[1]]()
}}
"""


def run(codes: Sequence[str], folder: Path) -> list[Run]:
    """Build all codes and run each in a process of its own; one that does not compile ends with status 2."""
    folder.joinpath("go.mod").write_text("module snippets\n\ngo 1.19\n")
    for number, code in enumerate(codes):
        home = folder / f"s{number}"
        home.mkdir()
        changed = code.replace("package main\n", f"package s{number}\n", 1).replace(
            "time.Second", "time.Nanosecond"
        )
        (home / "main.go").write_text(changed)
        (home / "run.go").write_text(f"package s{number}\n\nfunc Run() {{ main() }}\n")
    refused = _refused(folder, len(codes))
    built = [number for number in range(len(codes)) if number not in refused]
    (folder / "main.go").write_text(
        _CHOOSE.format(
            imports="".join(f'\t"snippets/s{number}"\n' for number in built),
            entries="".join(f'\t"{number}": s{number}.Run,\n' for number in built),
        )
    )
    if built:
        _go(folder, "build", "-o", "programs", ".").check_returncode()
    commands = [["./programs", str(number)] if number in built else ["false"] for number in range(len(codes))]
    return [
        Run(2, "", refused[number]) if number in refused else ran
        for number, ran in enumerate(each_alone(commands, folder))
    ]


def _refused(folder: Path, count: int) -> dict[int, str]:
    """Give what the compiler said of each code that it does not take."""
    packages = [f"./s{number}" for number in range(count)]
    said = _go(folder, "build", *packages).stderr
    parts = [part.partition("\n") for part in f"\n{said}".split("\n# snippets/s")[1:]]
    return {int(number): text for number, _, text in parts}


def _go(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    known = {"GOCACHE": str(CACHE), "GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local"}
    return subprocess.run(
        ["go", *words],
        cwd=folder,
        env=environment(**known, GOPATH=str(CACHE / "path"), CGO_ENABLED="0"),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


RUNTIME = Runtime(run, read_http, {"go": "golang-go"})

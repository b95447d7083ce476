"""Runs Go snippets as programs of the real compiler.

Linking each one alone would take the most time by far, so that all are built into one program that runs the
one it is told to. For this the package's name is changed, and a pause takes nanoseconds: nothing else is.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from runtimes.answers_read import read_http
from runtimes.running import Run, Runtime, each_alone, environment, version_of

LASTING = Path(tempfile.gettempdir()) / f"snippets-go-{os.getuid()}"
"""What the compiler has built of its own library, so that a second run is quick."""
LIBRARY = ("crypto/rand", "encoding/json", "mime/multipart", "net/http")
CHOOSE = """\
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
    LASTING.mkdir(exist_ok=True)
    _go(LASTING, LASTING, "build", *LIBRARY).check_returncode()
    with tempfile.TemporaryDirectory(prefix="snippets-go-") as made:
        home = Path(made)
        shutil.copytree(LASTING, home / "cache", copy_function=os.link)
        refused = _build(codes, home)
        program = [str(home / "programs")]
        commands = [
            [*program, str(number)] if number not in refused else ["false"] for number in range(len(codes))
        ]
        ran = each_alone(commands, folder)
    return [Run(2, "", refused[number]) if number in refused else each for number, each in enumerate(ran)]


def _build(codes: Sequence[str], home: Path) -> dict[int, str]:
    """Build one program of all codes but those that the compiler refuses, and give what it said of them."""
    (home / "go.mod").write_text("module snippets\n\ngo 1.19\n")
    for number, code in enumerate(codes):
        package = home / f"s{number}"
        package.mkdir()
        changed = code.replace("package main\n", f"package s{number}\n", 1)
        (package / "main.go").write_text(changed.replace("time.Second", "time.Nanosecond"))
        (package / "run.go").write_text(f"package s{number}\n\nfunc Run() {{ main() }}\n")
    said = _go(home, home / "cache", "build", *[f"./s{number}" for number in range(len(codes))]).stderr
    parts = [part.partition("\n") for part in f"\n{said}".split("\n# snippets/s")[1:]]
    refused = {int(number): text for number, _, text in parts}
    taken = [number for number in range(len(codes)) if number not in refused]
    imports = "".join(f'\t"snippets/s{number}"\n' for number in taken)
    entries = "".join(f'\t"{number}": s{number}.Run,\n' for number in taken)
    if taken:
        (home / "main.go").write_text(CHOOSE.format(imports=imports, entries=entries))
        _go(home, home / "cache", "build", "-o", "programs", ".").check_returncode()
    return refused


def _go(home: Path, cache: Path, *words: str) -> subprocess.CompletedProcess[str]:
    known = {"GOCACHE": str(cache), "GOPATH": str(home / "path"), "GOFLAGS": "-mod=mod", "GOPROXY": "off"}
    return subprocess.run(
        ["go", *words],
        cwd=home,
        env=environment(**known, CGO_ENABLED="0", GOTOOLCHAIN="local"),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


RUNTIME = Runtime(run, read_http, {"go": "golang-go"}, name=lambda: f"Go {version_of('go', 'version')}")

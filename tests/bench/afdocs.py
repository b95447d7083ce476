"""What afdocs says of the site as agents read it: the score of each group of its checks, of 100."""

import json
import subprocess
import tempfile
from pathlib import Path

import live
from bench.registry import CannotRunError, Row, benchmark
from runtimes.node import node

FOLDER = live.REPOSITORY / "var/afdocs"
ENTRY = FOLDER / "node_modules/afdocs/bin/afdocs.mjs"
INSTALL = "npm install --prefix var/afdocs --ignore-scripts afdocs@0.22"


@benchmark
def afdocs():
    """The checks of afdocs on fifty pages; what is missed stands in brackets."""
    if not ENTRY.is_file():
        raise CannotRunError(f"afdocs is not installed: {INSTALL}")
    with tempfile.TemporaryDirectory() as folder, live.running(Path(folder), WORKERS=2) as url:
        command = [node(), str(ENTRY), "check", url, "--format=json", "--score", "--quiet"]
        # It ends with 1 where a check fails; what it says is whole all the same.
        ran = subprocess.run(
            [*command, "--sampling=deterministic"], capture_output=True, timeout=580, check=False
        )
        if not ran.stdout:
            raise CannotRunError(f"afdocs does not end: {ran.stderr.decode()[-300:]}")
        said = json.loads(ran.stdout)
    scores = said["scoring"]
    yield Row("all", scores["overall"], 100, "")
    for name, found in scores["categoryScores"].items():
        missed = [
            f"{one['id']}: {one['message']}"
            for one in said["results"]
            if one["category"] == name and one["status"] not in ("pass", "skip")
        ]
        yield Row(f"{name} ({'; '.join(missed)})" if missed else name, found["score"], 100, "")

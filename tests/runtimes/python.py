"""Runs Python snippets with the real SDKs."""

import ast
import json
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from catalog.snippets import Request
from runtimes.answers_read import TASKS, finished, read_lines, read_vectors
from runtimes.running import VARIABLE, Run, Runtime, environment, key_of_code, place_of

_DRIVER = """\
import contextlib, io, json, os, sys, time, traceback
time.sleep = lambda seconds: None
snippets, variable = json.load(sys.stdin)
found = []
for code, key, place in snippets:
    os.environ[variable] = key
    os.chdir(place)
    out, err, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            exec(compile(code, "snippet.py", "exec"), {"__name__": "__main__"})
        except BaseException:
            status = 1
            traceback.print_exc()
    found.append([status, out.getvalue(), err.getvalue()])
json.dump(found, sys.stdout)
"""


def run(codes: Sequence[str], folder: Path) -> list[Run]:
    """Run each code in one Python, with names of its own; only waiting is left out."""
    snippets = [
        [code, key_of_code(number), str(place_of(folder, number))] for number, code in enumerate(codes)
    ]
    ended = subprocess.run(
        [sys.executable, "-c", _DRIVER],
        cwd=folder,
        env=environment(),
        input=json.dumps([snippets, VARIABLE]),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return [Run(*each) for each in json.loads(ended.stdout)]


def read(request: Request, out: str) -> Any:
    """Read what the SDKs' answers are printed as: text, a vector or a dictionary."""
    if request.protocol in TASKS:
        return finished(ast.literal_eval(out))
    if request.protocol == "openai-embeddings":
        return read_vectors(request, out, ast.literal_eval)
    return read_lines(request, out)


RUNTIME = Runtime(run, read, name=lambda: f"Python {platform.python_version()}", version=metadata.version)

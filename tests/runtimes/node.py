"""Runs JavaScript and TypeScript snippets in Node with the official SDKs of `tests/node`."""

import ast
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import needs
from catalog.snippets import Request
from catalog.snippets.protocol import TOOLS
from runtimes.answers_read import TASKS, finished, read_lines, read_vectors
from runtimes.running import VARIABLE, Run, Runtime, environment, key_of_code, place_of, version_of

HOME = Path(__file__).parents[1] / "node"
PACKAGES = HOME / "node_modules"
OLDEST = (22, 18)
"""The first Node that runs TypeScript as it stands; the SDKs ask for 22 too."""

# Snippets wait whole seconds, and here no time at all. Any other delay belongs to an SDK, which would
# otherwise find that its time is up.
_DRIVER = """\
import { readFileSync, writeFileSync } from "node:fs";
const [variable, files, results] = JSON.parse(readFileSync(process.argv[2]));
const found = [];
let now;
const wait = globalThis.setTimeout;
globalThis.setTimeout = (run, delay, ...given) =>
  wait(run, delay % 1000 === 0 && delay <= 8000 ? 0 : delay, ...given);
const failed = (error) => { now.status = 1; now.err += `${error?.stack ?? error}\\n`; };
const kept = (stream, name) => {
  stream.write = (piece, ...rest) => {
    now[name] += typeof piece === "string" ? piece : Buffer.from(piece).toString();
    rest.findLast((each) => typeof each === "function")?.();
    return true;
  };
};
kept(process.stdout, "out");
kept(process.stderr, "err");
process.on("unhandledRejection", failed);
process.on("uncaughtException", failed);
process.on("exit", (code) => {
  now.status ??= code;
  writeFileSync(results, JSON.stringify(found));
});
for (const [file, key, place] of files) {
  process.env[variable] = key;
  process.chdir(place);
  now = { status: null, out: "", err: "" };
  found.push(now);
  try {
    await import(file);
    await new Promise((resolve) => setImmediate(resolve));
    now.status ??= process.exitCode ?? 0;
    process.exitCode = undefined;
  } catch (error) {
    failed(error);
  }
}
process.exit(0);
"""


@cache
def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run(
        [program, "--version"], capture_output=True, text=True, timeout=60, check=True
    ).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said))


def node() -> str:
    """Give a Node that is new enough: the one that the lock names, else the machine's, with the packages."""
    if not (PACKAGES / "openai").is_dir():
        needs.cannot_run("the packages of tests/node are not installed", "make test installs them with npm")
    found = [str(path) for path in sorted(PACKAGES.glob("node-linux-*/bin/node"))]
    machine = shutil.which("node")
    if machine and _version(machine) >= OLDEST:
        found.append(machine)
    return (
        found[0]
        if found
        else needs.cannot_run(
            "there is no Node 22.18 or later", "npm ci in tests/node brings it for Linux on x64 and arm64"
        )
    )


def run(codes: Sequence[str], folder: Path, suffix: str) -> list[Run]:
    """Run each code as a module in one Node, one after the other; only waiting is left out."""
    program = node()
    with tempfile.TemporaryDirectory(dir=folder) as name:
        home = Path(name)
        (home / "node_modules").symlink_to(PACKAGES, target_is_directory=True)
        (home / "package.json").write_text('{"type": "module"}')
        files = [home / f"{number}{suffix}" for number in range(len(codes))]
        for file, code in zip(files, codes, strict=True):
            file.write_text(code)
        given = [
            [str(file), key_of_code(number), str(place_of(folder, number))]
            for number, file in enumerate(files)
        ]
        (home / "driver.mjs").write_text(_DRIVER)
        (home / "given.json").write_text(json.dumps([VARIABLE, given, str(home / "found.json")]))
        ended = subprocess.run(
            [
                program,
                "--disable-warning=ExperimentalWarning",
                str(home / "driver.mjs"),
                str(home / "given.json"),
            ],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        found = json.loads((home / "found.json").read_text())
        runs = [Run(each["status"], each["out"], each["err"]) for each in found]
        runs += [Run(ended.returncode or 13, "", "never begun")] * (len(codes) - len(runs))
        return [_judged(run, faults) for run, faults in zip(runs, _types(home, files), strict=True)]


def _types(home: Path, files: Sequence[Path]) -> list[str]:
    """Say what `tsc --strict` finds in each file; nothing in a file that holds no types."""
    if not files or files[0].suffix != ".ts":
        return [""] * len(files)
    settings = json.loads((HOME / "tsconfig.json").read_text())
    (home / "tsconfig.json").write_text(json.dumps(settings | {"files": [file.name for file in files]}))
    ended = subprocess.run(
        [str(PACKAGES / ".bin" / "tsc"), "--pretty", "false"],
        cwd=home,
        env=environment() | {"PATH": f"{Path(node()).parent}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    said: dict[str, str] = {}
    for line in ended.stdout.splitlines():
        name = re.match(r"(\d+\.ts)\(", line)
        at = name[1] if name else (list(said) or ["?"])[-1]
        said[at] = said.get(at, "") + line + "\n"
    strays = set(said) - {file.name for file in files}
    assert not strays, ended.stdout
    assert said or not ended.returncode, ended.stderr
    return [said.get(file.name, "") for file in files]


def _judged(run: Run, faults: str) -> Run:
    return Run(run.status or 2, run.out, faults + run.err) if faults else run


_LITERALS = re.compile(
    r"""('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`)|([A-Za-z_$][\w$]*)""", re.DOTALL
)
_WORDS = {"true": "True", "false": "False", "null": "None", "undefined": "None"}


def literal(text: str) -> Any:
    """Read a value as `console.log` writes it; what that leaves out (`[Object]`) is an error."""

    def written(found: re.Match[str]) -> str:
        quoted, word = found.groups()
        if word:
            ahead = text[found.end() :].lstrip().startswith(":")
            return repr(word) if ahead else _WORDS[word]
        if quoted[0] == "`":  # it holds both other marks
            return '"' + quoted[1:-1].replace('"', '\\"') + '"'
        return quoted

    return ast.literal_eval(_LITERALS.sub(written, text).strip())


def read(request: Request, out: str) -> Any:
    """Read what the answers are printed as: text, a vector or an object."""
    if request.protocol in TASKS:
        return finished(literal(out))
    if request.protocol == "openai-embeddings":
        return read_vectors(request, out, literal)
    if request.option == TOOLS:
        name, _, arguments = out.partition(" ")
        return name, literal(arguments)
    return read_lines(request, out)


def package_version(package: str) -> str:
    """Give the installed version of a package."""
    version: str = json.loads((PACKAGES / package / "package.json").read_text())["version"]
    return version


def _node_name() -> str:
    return f"Node {version_of(node(), '--version')}"


def _tsc_name() -> str:
    return f"{_node_name()}, checked by TypeScript {package_version('typescript')}"


JAVASCRIPT = Runtime(partial(run, suffix=".mjs"), read, name=_node_name, version=package_version)
TYPESCRIPT = Runtime(partial(run, suffix=".ts"), read, name=_tsc_name, version=package_version)

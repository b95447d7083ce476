"""Runs snippets as a visitor does, with the real programs and SDKs, and says what did not go as meant.

Each snippet has a key of its own, by which the gateway's record of arrivals tells whose request it was.
"""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.snippets import LANGUAGES, Request, SiteSettings
from gateway.answers import EMBEDDING, said
from gateway.arrivals import Arrival
from gateway.server import STEPS, Gateway, serving
from snippet_calls import KEY

UPLOADED = b"ID3 not music, but bytes\x00\xff"
VARIABLE = "RUNAPI_KEY"
AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Run:
    """How one snippet ended and what it printed."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One snippet, how it ran and what the gateway saw of it."""

    request: Request
    language: str
    run: Run
    arrivals: list[Arrival]

    @property
    def name(self) -> str:
        """Say which snippet this is."""
        return f"{self.language} {self.request.protocol} {self.request.action} {self.request.model_id}"

    def faults(self) -> list[str]:
        """List what did not go as meant; empty where all did."""
        found = [f"exit status {self.run.status}: {self.run.err.strip()[-400:]}"] * bool(self.run.status)
        found += [
            f"{each.address}: {each.status} {each.said}" for each in self.arrivals if each.status != 200
        ]
        seen = [_seen(each) for each in self.arrivals]
        meant = _meant(self.request, self.arrivals)
        if seen != meant:
            found.append(f"meant {meant}, arrived {seen}")
        if not found:
            found += _misread(self)
        return found


def prove(
    gateway: Gateway,
    requests: Sequence[Request],
    language: str,
    folder: Path,
    *,
    variable: str = VARIABLE,
    planted: Callable[[str], str] = str,
) -> list[Proof]:
    """Run the snippet of each request; `planted` may spoil its code, and it reads its key from `variable`."""
    gateway.arrivals.clear()
    gateway.keys = {_key(number) for number in range(len(requests))}
    (folder / "interview.mp3").write_bytes(UPLOADED)
    with serving(gateway) as url:
        site = SiteSettings(api_base_url=url, api_key_env=variable)
        runs = RUNNERS[language]([planted(LANGUAGES[language](each, site).code) for each in requests], folder)
    by_key: dict[str | None, list[Arrival]] = {}
    for arrival in gateway.arrivals:
        by_key.setdefault(arrival.key, []).append(arrival)
    proofs = [
        Proof(request, language, run, by_key.pop(_key(number), []))
        for number, (request, run) in enumerate(zip(requests, runs, strict=True))
    ]
    stray = [arrival for arrivals in by_key.values() for arrival in arrivals]
    return [Proof(each.request, language, each.run, each.arrivals + stray) for each in proofs]


def faults(proofs: Iterable[Proof]) -> dict[str, list[str]]:
    """Give what did not go as meant, by snippet."""
    return {proof.name: found for proof in proofs if (found := proof.faults())}


def _key(number: int) -> str:
    return f"{KEY}-{number}"


def _environment() -> dict[str, str]:
    """Give an environment in which nothing but the programs is found: no settings, no other key."""
    return {"PATH": os.environ["PATH"], "HOME": "/nowhere", "LANG": "C.UTF-8"}


def _bash(codes: Sequence[str], folder: Path) -> list[Run]:
    """Run each code in a bash of its own, with the real curl and jq; only waiting is left out."""

    def one(number: int) -> Run:
        environment = _environment() | {VARIABLE: _key(number), "BASH_FUNC_sleep%%": "() { :; }"}
        ended = subprocess.run(
            ["bash", "-c", codes[number]],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Run(ended.returncode, ended.stdout, ended.stderr)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(len(codes))))


_PYTHON = """\
import contextlib, io, json, os, sys, time, traceback
time.sleep = lambda seconds: None
snippets, variable = json.load(sys.stdin)
found = []
for code, key in snippets:
    os.environ[variable] = key
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


def _python(codes: Sequence[str], folder: Path) -> list[Run]:
    """Run each code in one Python with the real SDKs, with names of its own; only waiting is left out."""
    snippets = [[code, _key(number)] for number, code in enumerate(codes)]
    ended = subprocess.run(
        [sys.executable, "-c", _PYTHON],
        cwd=folder,
        env=_environment(),
        input=json.dumps([snippets, VARIABLE]),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return [Run(*each) for each in json.loads(ended.stdout)]


RUNNERS = {"curl": _bash, "python": _python}
PROGRAMS = {"curl": ("bash", "curl", "jq"), "python": ()}


def _seen(arrival: Arrival) -> tuple[str, ...]:
    sent = "" if arrival.method == "GET" else json.dumps([arrival.body, arrival.files], sort_keys=True)
    contents = "" if not arrival.contents else repr(sorted(arrival.contents.items()))
    return arrival.method, arrival.address, sent, contents


def _meant(request: Request, arrivals: Sequence[Arrival]) -> list[tuple[str, ...]]:
    """Say what must arrive; the ID of a task is the one that the gateway gave."""
    files = {name: request.body[name] for name in request.uploads}
    body = request.body
    if request.uploads:
        fields = {name: value for name, value in body.items() if name not in files}
        body = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()
        }
    contents = repr(sorted((name, UPLOADED) for name in files)) if files else ""
    sent = json.dumps([body, files], sort_keys=True)
    calls: list[tuple[str, ...]] = [(request.method, request.address, sent, contents)]
    if request.poll_path and len(arrivals) > 1:
        task_id = arrivals[1].path.rpartition("/")[2]
        calls += [("GET", request.poll_path.replace("{task_id}", task_id), "", "")] * len(STEPS)
    elif request.poll_path:
        calls += [("GET", request.poll_path, "", "")] * len(STEPS)
    return calls


def _misread(proof: Proof) -> list[str]:
    """Say whether what was printed is not the answer that the gateway gave."""
    request, out = proof.request, proof.run.out
    try:
        printed = (_read_curl if proof.language == "curl" else _read_python)(request, out)
    except (ValueError, SyntaxError, LookupError, TypeError) as error:
        return [f"not the answer ({error!r}): {out[:400]}"]
    wanted: Any = EMBEDDING if request.protocol == "openai-embeddings" else said(request.model_id)
    if request.protocol in {"task", "task-sync"}:
        wanted = ("completed", request.body.get("model"), True)
    return [] if printed == wanted else [f"printed {printed!r}, not {wanted!r}"]


def _finished(task: Any) -> Any:
    made = set(task) - {"id", "status", "model"}
    return task["status"], task["model"], bool(made)


_FOUND: dict[str, Callable[[Any], Any]] = {
    "anthropic-messages": lambda body: body["content"][0]["text"],
    "openai-chat": lambda body: body["choices"][0]["message"]["content"],
    "openai-responses": lambda body: body["output"][0]["content"][0]["text"],
    "openai-embeddings": lambda body: body["data"][0]["embedding"],
    "gemini-generate-content": lambda body: body["candidates"][0]["content"]["parts"][0]["text"],
    "task": _finished,
    "task-sync": _finished,
}


_STREAMED: dict[str, Callable[[Any], str]] = {
    "anthropic-messages": lambda event: event["delta"].get("text", "") if "delta" in event else "",
    "openai-chat": lambda event: "".join(one["delta"].get("content") or "" for one in event["choices"]),
    "openai-responses": lambda event: event["delta"] if event["type"].endswith("text.delta") else "",
    "gemini-generate-content": _FOUND["gemini-generate-content"],
}


def _read_curl(request: Request, out: str) -> Any:
    if not request.is_streaming:
        return _FOUND[request.protocol](json.loads(out))
    data = [line.removeprefix("data: ") for line in out.splitlines() if line.startswith("data: ")]
    events = [json.loads(line) for line in data if line != "[DONE]"]
    return "".join(_STREAMED[request.protocol](event) for event in events)


def _read_python(request: Request, out: str) -> Any:
    if request.protocol in {"task", "task-sync"}:
        return _finished(ast.literal_eval(out))
    if request.protocol == "openai-embeddings":
        return ast.literal_eval(out)
    return out.removesuffix("\n")

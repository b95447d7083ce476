"""Which snippets a run of the tests has to run: those that no proof covers, and one of each shape.

A proof covers a snippet while its code, the versions of the SDKs and the gateway are those that it ran with.
"""

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from catalog.snippets import LANGUAGES, PLAIN, Request, digest, languages_of, proof_of
from runtimes.registry import RUNTIMES
from snippet_shapes import shape

TESTS = Path(__file__).parent
IMPORTS = re.compile(r"^(?:from|import) [^\n(]*(?:\([^)]*\))?\n", re.MULTILINE)
HOSTILE = TESTS / "proven_hostile.json"
"""Name of a test and language -> a digest of all that last ran there: its code, its SDKs, the gateway."""
SAMPLE = 5
IS_PROVING = os.environ.get("PROOFS") == "write"
"""Whether all of them run, and what has run is written down: `make prove`."""


def gateway_digest() -> str:
    """Digest what answers snippets and judges them; a module that only moved changes nothing."""
    files = [
        *(TESTS / "gateway").glob("*.py"),
        *(TESTS / "runtimes").glob("*.py"),
        TESTS / "snippet_proofs.py",
        TESTS / "tool_turns.py",
    ]
    found = sha256()
    for file in sorted(files):
        found.update(IMPORTS.sub("", file.read_text()).encode())
    return found.hexdigest()[:12]


def sdk_versions(language: str, requests: Iterable[Request]) -> dict[str, str]:
    """Look up the installed version of each package that these snippets use."""
    packages = {LANGUAGES[language](request, PLAIN).package for request in requests}
    return {package: RUNTIMES[language].version(package) for package in packages if package}


def code_digest(language: str, request: Request) -> str:
    """Digest the code of one snippet, as its proof knows it."""
    return digest(LANGUAGES[language](request, PLAIN).code)


def first_of_each(requests: Iterable[Request], kind: Callable[[Request], Any]) -> list[Request]:
    """List the first request of each kind."""
    found: dict[Any, Request] = {}
    for request in requests:
        found.setdefault(kind(request), request)
    return list(found.values())


def to_run(language: str, requests: Sequence[Request]) -> list[Request]:
    """List the requests whose snippets have to run, of those that the language has a form for."""
    requests = [request for request in requests if language in languages_of(request)]
    known = proof_of(language)
    is_covered = known and known.gateway == gateway_digest()
    if IS_PROVING or not is_covered or known.packages != sdk_versions(language, requests):
        return list(requests)
    samples = {id(request) for request in first_of_each(requests, shape)}
    return [
        request
        for request in requests
        if id(request) in samples or code_digest(language, request) not in known.codes
    ]


class HostileRun:
    """The snippets of one test with hostile texts: all, or a few where just these have run before."""

    def __init__(self, name: str, language: str, requests: Sequence[Request]) -> None:
        """Read whether all have to run."""
        self.key = f"{name} {language}"
        ran = [code_digest(language, request) for request in requests]
        ran += [gateway_digest(), json.dumps(sdk_versions(language, requests), sort_keys=True)]
        self.digest = digest("\n".join(ran))
        self.is_whole = IS_PROVING or _proven_hostile().get(self.key) != self.digest
        self.requests = list(requests) if self.is_whole else list(requests)[:: len(requests) // SAMPLE or 1]

    def passed(self) -> None:
        """Hold what has run against what is on file; `make prove` writes that anew."""
        if not IS_PROVING:
            assert _proven_hostile().get(self.key) == self.digest, "other snippets have run: make prove"
            return
        with HOSTILE.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = json.load(file) | {self.key: self.digest}
            file.seek(0)
            file.truncate()
            file.write(json.dumps(known, indent=1, sort_keys=True) + "\n")


def _proven_hostile() -> dict[str, str]:
    found: dict[str, str] = json.loads(HOSTILE.read_text())
    return found

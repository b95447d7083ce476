"""Which snippets were run, from files that the tests write."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from catalog.snippets.snippet import SiteSettings

FOLDER = Path(__file__).parent / "proven"
PLAIN = SiteSettings(api_base_url="https://api.example.com", api_key_env="API_KEY")
"""Snippets are identified by their code for this site."""


@dataclass(frozen=True, slots=True)
class Proof:
    """When and with what a language's snippets last ran."""

    ran_on: date
    program: str
    packages: Mapping[str, str]
    codes: frozenset[str]
    gateway: str = ""
    """Digest of the gateway that answered, if known."""

    def ran_with(self, package: str) -> str:
        """Return the SDK and its version, else the program that ran a snippet."""
        version = self.packages.get(package)
        return f"{package} {version}" if version else self.program

    @property
    def day(self) -> str:
        """Return the day in English."""
        return f"{self.ran_on.day} {self.ran_on:%B %Y}"


def digest(code: str) -> str:
    """Return the hash of code rendered for `PLAIN`."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@cache
def proof_of(language: str) -> Proof | None:
    """Return a language's proof, if any."""
    file = FOLDER / f"{language}.json"
    if not file.exists():
        return None
    known = json.loads(file.read_text())
    ran_on, codes = date.fromisoformat(known["ran_on"]), frozenset(known["codes"])
    return Proof(ran_on, known["program"], known["packages"], codes, known.get("gateway", ""))


def write_proof(
    language: str,
    ran_on: date,
    program: str,
    packages: Mapping[str, str],
    codes: Iterable[str],
    gateway: str = "",
) -> None:
    """Write a language's proof; the same facts give the same bytes."""
    known = {
        "ran_on": ran_on.isoformat(),
        "program": program,
        "packages": dict(sorted(packages.items())),
        "gateway": gateway,
        "codes": sorted({digest(code) for code in codes}),
    }
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{language}.json").write_text(json.dumps(known, indent=1) + "\n")
    proof_of.cache_clear()  # it may have been read before

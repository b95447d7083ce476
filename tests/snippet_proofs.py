"""Runs snippets as a visitor does, with the real programs and SDKs, and says what did not go as meant.

Each snippet has a key of its own, by which the gateway's record of arrivals tells whose request it was.
"""

import base64
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.snippets import LANGUAGES, Request, SiteSettings
from catalog.snippets.attached import TINY
from catalog.snippets.pictures import saves_picture
from catalog.snippets.protocol import ASYNC, TOOL_RESULT
from catalog.snippets.sample_values import CHAT_PROMPT, PROMPTS_AT_ONCE
from gateway.arrivals import Arrival
from gateway.made_files import FILE, content
from gateway.server import STEPS, Gateway, serving
from runtimes.answers_read import wanted
from runtimes.registry import RUNTIMES
from runtimes.running import VARIABLE, Run, key_of_code, place_of
from tool_turns import LOOPING, faults_of_rounds

UPLOADED = b"ID3 not music, but bytes\x00\xff"


@dataclass(frozen=True, slots=True)
class Proof:
    """One snippet, how it ran and what the gateway saw of it."""

    request: Request
    language: str
    run: Run
    arrivals: list[Arrival]
    place: Path

    @property
    def name(self) -> str:
        """Say which snippet this is."""
        asked = self.request
        return f"{self.language} {asked.protocol} {asked.action} {asked.option} {asked.model_id}"

    def faults(self) -> list[str]:
        """List what did not go as meant, in what arrived or else in what was printed; empty where all did."""
        return self.faults_of_calls() or _misread(self)

    def faults_of_calls(self) -> list[str]:
        """List what did not arrive as meant, or was not answered."""
        found = [f"exit status {self.run.status}: {self.run.err.strip()[-400:]}"] * bool(self.run.status)
        statuses = [503] * self.request.is_retried + [200] * len(self.arrivals)
        found += [
            f"{each.address}: {each.status} {each.said}"
            for each, status in zip(self.arrivals, statuses, strict=False)
            if each.status != status
        ]
        once = {each.headers.get("idempotency-key") for each in self.arrivals if each.method != "GET"}
        if len(once) != 1 or (None not in once) != self.request.is_retried:
            found.append(f"Idempotency-Key: {once}")
        if self.request.option == TOOL_RESULT and self.language in LOOPING and not self.request.is_streaming:
            return found + faults_of_rounds(self.request, self.arrivals)
        seen = [_seen(each) for each in self.arrivals]
        meant = _meant(self.request, self.arrivals)
        if self.request.option == ASYNC:  # sent at once, they arrive in any order
            seen, meant = sorted(seen), sorted(meant)
        if seen != meant:
            found.append(f"meant {meant}, arrived {seen}")
        return found


def prove(
    gateway: Gateway,
    requests: Sequence[Request],
    language: str,
    folder: Path,
    *,
    variable: str = VARIABLE,
    under: str = "",
    planted: Callable[[str], str] = str,
) -> list[Proof]:
    """Run the snippet of each request, which reads its key from `variable` and calls `under` a path.

    `planted` may spoil its code.
    """
    gateway.arrivals.clear()
    gateway.is_unsteady = True
    gateway.keys = {key_of_code(number) for number in range(len(requests))}
    places = [place_of(folder, number) for number in range(len(requests))]
    for place in places:
        for file in place.iterdir():
            file.unlink()
        (place / "interview.mp3").write_bytes(UPLOADED)
        for file, text in TINY.items():
            (place / file).write_bytes(base64.b64decode(text))
    with serving(gateway) as url:
        site = SiteSettings(api_base_url=url + under, api_key_env=variable)
        codes = [planted(LANGUAGES[language](each, site).code) for each in requests]
        runs = RUNTIMES[language].run(codes, folder)
    by_key: dict[str | None, list[Arrival]] = {}
    for arrival in gateway.arrivals:
        by_key.setdefault(arrival.key, []).append(arrival)
    proofs = [
        Proof(request, language, run, by_key.pop(key_of_code(number), []), places[number])
        for number, (request, run) in enumerate(zip(requests, runs, strict=True))
    ]
    stray = [arrival for arrivals in by_key.values() for arrival in arrivals]
    return [replace(each, arrivals=each.arrivals + stray) for each in proofs]


def faults(proofs: Iterable[Proof]) -> dict[str, list[str]]:
    """Give what did not go as meant, by snippet."""
    return {proof.name: found for proof in proofs if (found := proof.faults())}


def _seen(arrival: Arrival) -> tuple[str, ...]:
    body = arrival.body
    if isinstance(body, dict) and body.get("generationConfig") == {}:
        # Google's SDK for JavaScript sends it with every tool; it asks for nothing.
        body = {name: value for name, value in body.items() if name != "generationConfig"}
    sent = "" if arrival.method == "GET" else json.dumps([body, arrival.files], sort_keys=True)
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
    posts = 1 + request.is_retried
    calls: list[tuple[str, ...]] = [(request.method, request.address, sent, contents)] * posts
    if request.option == ASYNC:
        texts = [sent.replace(CHAT_PROMPT, prompt) for prompt in PROMPTS_AT_ONCE]
        return [(request.method, request.address, text, contents) for text in texts]
    if request.poll_path and len(arrivals) > posts:
        task_id = arrivals[posts].path.rpartition("/")[2]
        calls += [("GET", request.poll_path.replace("{task_id}", task_id), "", "")] * len(STEPS)
    elif request.poll_path:
        calls += [("GET", request.poll_path, "", "")] * len(STEPS)
    if request.saved:
        files = [each.path for each in arrivals if FILE.fullmatch(each.path)]
        calls += [("GET", path, "", "") for path in files or ["a file"]]
    return calls


def _misread(proof: Proof) -> list[str]:
    """Say whether what was printed is not the answer that the gateway gave, or no file holds it."""
    request, out = proof.request, proof.run.out
    if request.saved:
        return _unsaved(proof)
    if saves_picture(request):
        picture, line = proof.place / "output.png", "Saved output.png\n"
        is_saved = picture.exists() and picture.read_bytes() == content(request.model_id)
        return [] if is_saved and line in out else [f"no picture was saved: {out[:400]}"]
    try:
        printed = RUNTIMES[proof.language].read(request, out)
    except (ValueError, SyntaxError, LookupError, TypeError) as error:
        return [f"not the answer ({error!r}): {out[:400]}"]
    meant = wanted(request)
    return [] if printed == meant else [f"printed {printed!r}, not {meant!r}"]


def _unsaved(proof: Proof) -> list[str]:
    """Say which files were not saved byte for byte, or under names that were not printed."""
    served = [content(each.path) for each in proof.arrivals if FILE.fullmatch(each.path)]
    names = re.findall("^Saved (output-[1-9].+)$", proof.run.out, re.MULTILINE)
    saved = [(proof.place / name).read_bytes() for name in names if (proof.place / name).exists()]
    return [] if served == saved else [f"{len(served)} files were sent, saved are {names}: {proof.run.out}"]

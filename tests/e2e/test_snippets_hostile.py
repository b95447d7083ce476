"""Hostile model IDs and prompts go through every language's real programs, and arrive as they were meant."""

import dataclasses
import json
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

import hostile
import languages
from catalog.snippets import LANGUAGES, describe
from catalog.snippets.constraints import parameter
from catalog.snippets.literals import JAVASCRIPT, PHP, PYTHON, RUBY, go_json
from gateway.server import Gateway
from runtimes.answers_read import read_http
from runtimes.registry import RUNTIMES
from snippet_proofs import prove
from snippet_records import HOSTILE, made_records
from snippets_to_run import SAMPLE, HostileRun

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # no database is asked: once is enough

language = languages.language
AT = datetime(2026, 11, 22, tzinfo=UTC)
TEXTS = {"content", "text", "input", "prompt"}
KINDS = ["text", "gemini", "task", "speech"]
OWN = ["#{`touch PWNED`} #@x #$x\n{$x} ${x} $x\u2028 `touch PWNED` \x01 ?>"]
"""What Ruby and PHP would put in, in a text that needs double quotes."""
IDS = list(dict.fromkeys([*HOSTILE, *OWN, *hostile.entries("model_ids")]))
PROMPTS = list(dict.fromkeys([*HOSTILE, *OWN, *hostile.entries("prompts")]))
LONE_BREAK = re.compile(r"(?<!\r)\n|\r(?!\n)")


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


def records(kind, ids):
    """Make a record of one kind for each ID; its prompts may be of any length."""
    made = [made_records(model_id)[KINDS.index(kind)] for model_id in ids]
    anything = parameter("prompt", "string", required=True)
    for specs in [each for record in made for each in record["parameters"].values()]:
        specs[:] = [anything if spec["name"] == "prompt" else spec for spec in specs]
    return made


def calls(record):
    """The first call of each protocol, with a file and without."""
    found = {}
    for request in describe(record):
        found.setdefault((request.protocol, bool(request.uploads)), request)
    return list(found.values())


def with_text(value, text):
    """Put a text in the place of every prompt of a body."""
    if isinstance(value, dict):
        return {
            name: text if name in TEXTS and isinstance(entry, str) else with_text(entry, text)
            for name, entry in value.items()
        }
    return [with_text(entry, text) for entry in value] if isinstance(value, list) else value


def refusal(language, request):
    """What is answered to the few calls that cannot be what is meant; None of all others.

    No address is left of an empty ID in a path. A form's line breaks are all CR LF in JavaScript: its
    standard makes them so, and the ID that arrives is another one.
    """
    if not request.model_id and request.protocol == "gemini-generate-content":
        return "nothing answers at"
    forms = language in {"javascript", "typescript"} and request.uploads
    return "there is no model" if forms and LONE_BREAK.search(request.model_id) else None


def check(gateway, requests, language, folder):
    """Run the snippet of each request: each arrives and is answered, or is refused as is stated above."""
    proofs = prove(gateway, requests, language, folder)
    assert not list(folder.rglob("PWNED*"))
    found = {}
    for proof in proofs:
        said = refusal(language, proof.request)
        if said is not None:
            assert proof.run.status != 0, proof.name
            assert [said in each.said for each in proof.arrivals] == [True], proof.name
            continue
        # An SDK's languages read by the ID whether an SDK was used: here it is enough that they print.
        reads = RUNTIMES[language].read is read_http
        problems = proof.faults() if reads else proof.faults_of_calls()
        if problems or not proof.run.out.strip():
            found[proof.name] = problems or ["nothing printed"]
    assert found == {}
    return [proof for proof in proofs if refusal(language, proof.request) is None]


def test_hostile_model_ids_arrive_as_meant(kind, language, tmp_path):
    made = records(kind, IDS)
    run = HostileRun(f"IDs, {kind}", language, [each for record in made for each in calls(record)])
    arrived = check(Gateway(made, AT), run.requests, language, tmp_path)
    assert arrived
    assert not run.is_whole or {proof.request.model_id for proof in arrived} >= {*IDS} - {""}
    run.passed()


def test_hostile_prompts_arrive_as_meant(kind, language, tmp_path):
    made = records(kind, ["m-1"])
    requests = [
        dataclasses.replace(each, body=with_text(each.body, prompt))
        for each in calls(made[0])
        for prompt in PROMPTS
        if with_text(each.body, prompt) != each.body
    ]
    run = HostileRun(f"prompts, {kind}", language, requests)
    arrived = check(Gateway(made, AT), run.requests, language, tmp_path)
    assert len(arrived) == len(run.requests) >= (len(PROMPTS) if run.is_whole else SAMPLE)
    run.passed()


def test_all_are_run_where_just_their_code_has_not_run_before(monkeypatch):
    requests = [each for record in records("text", IDS) for each in calls(record)]
    known = HostileRun("IDs, text", "curl", requests)
    assert (known.is_whole, len(known.requests) < 10) == (False, True)
    render = LANGUAGES["curl"]

    def changed(request, site):
        snippet = render(request, site)
        return dataclasses.replace(snippet, code=f"{snippet.code}\n") if request is requests[-1] else snippet

    monkeypatch.setitem(LANGUAGES, "curl", changed)
    run = HostileRun("IDs, text", "curl", requests)
    assert (run.is_whole, run.requests) == (True, requests)
    with pytest.raises(AssertionError, match="make prove"):
        run.passed()


def between(mark, scalar=json.dumps):
    """Quote a text by a mark on either side, and escape nothing."""
    return lambda value: f"{mark}{value}{mark}" if isinstance(value, str) else scalar(value)


def careless(notation, mark):
    return dataclasses.replace(notation, scalar=between(mark, notation.scalar))


CARELESS = {
    "curl": ("curl.shlex", SimpleNamespace(quote=between("'"))),
    "python": ("python_http.PYTHON", careless(PYTHON, '"')),
    "javascript": ("javascript.JAVASCRIPT", careless(JAVASCRIPT, '"')),
    "typescript": ("javascript.JAVASCRIPT", careless(JAVASCRIPT, '"')),
    "go": ("go.go_json", lambda body: go_json(body).replace('\\"', '"')),
    "ruby": ("ruby.RUBY", careless(RUBY, '"')),
    "php": ("php.PHP", careless(PHP, "'")),
}
"""Language -> what quotes its texts, and what stands there instead: it forgets the quotes within a text."""


@pytest.mark.parametrize(("model_id", "is_noticed"), [("its-so", False), ('it\'s "so"', True)])
def test_quoting_that_forgets_the_quotes_within_is_noticed(
    model_id, is_noticed, language, monkeypatch, tmp_path
):
    place, quoting = CARELESS[language]
    monkeypatch.setattr(f"catalog.snippets.{place}", quoting)
    (record,) = records("text", [model_id])
    proofs = prove(Gateway([record], AT), calls(record)[:3], language, tmp_path)
    assert [bool(proof.faults()) for proof in proofs] == [is_noticed] * 3


@pytest.mark.parametrize("planted", ["it'\"'\"'z", "it'; touch PWNED; echo '\"s"])
def test_what_a_shell_would_make_of_an_open_quote_is_noticed(planted, tmp_path):
    languages.ready("curl")
    made = records("text", ["it's"])
    proofs = prove(
        Gateway(made, AT),
        calls(made[0])[:4],
        "curl",
        tmp_path,
        planted=lambda code: code.replace("it'\"'\"'s", planted),
    )
    assert all(proof.faults() for proof in proofs) or list(tmp_path.rglob("PWNED*"))

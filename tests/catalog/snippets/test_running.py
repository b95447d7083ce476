"""Every snippet is run, and the calls that arrive are the ones that were meant."""

import dataclasses
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

import hostile
from catalog.snippets import LANGUAGES, Request, SiteSettings, describe, validate_request
from snippet_calls import Call, meant
from snippet_records import HOSTILE, SITE, bundled_records, made_records, task_record
from snippet_runs import NEEDS, RUNNERS, run_curl

TEXTS = {"content", "text", "input", "prompt"}


@pytest.fixture(params=sorted(LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    """Give each language whose runtime is on this machine."""
    for program in NEEDS[request.param]:
        if not shutil.which(program):
            pytest.skip(
                f"{program} is not installed: apt-get install {'nodejs' if program == 'node' else program}"
            )
    name: str = request.param
    return name


def run(language: str, requests: Iterable[Request], folder: Path, site: SiteSettings = SITE) -> None:
    """Run a snippet of each request and compare what arrived; no snippet made a file in the folder."""
    listed = list(requests)
    codes = [LANGUAGES[language](request, site).code for request in listed]
    arrived = RUNNERS[language](codes, folder, site.api_key_env)
    assert len(arrived) == len(listed) > 0
    for request, calls in zip(listed, arrived, strict=True):
        assert calls == meant(request, site), f"{language} {request.protocol} {request.model_id!r}"
    assert not list(folder.rglob("PWNED*"))


def with_text(value: object, text: str) -> object:
    """Put a text in the place of every prompt of a body."""
    if isinstance(value, dict):
        return {
            name: text if name in TEXTS and isinstance(entry, str) else with_text(entry, text)
            for name, entry in value.items()
        }
    return [with_text(entry, text) for entry in value] if isinstance(value, list) else value


def saying(request: Request, text: str) -> Request:
    body = with_text(request.body, text)
    assert isinstance(body, dict)
    return dataclasses.replace(request, body=body)


def test_each_protocol_makes_the_call_that_was_meant(language: str, tmp_path: Path) -> None:
    run(language, [request for record in made_records() for request in describe(record)], tmp_path)


def test_the_polling_command_works_with_the_real_jq(tmp_path: Path) -> None:
    if not shutil.which("jq"):
        pytest.skip("jq is not installed: apt-get install jq")
    request = next(each for each in describe(task_record()) if each.poll_path)
    code = LANGUAGES["curl"](request, SITE).code
    assert run_curl([code], tmp_path, real_jq=True) == [meant(request, SITE)]


def test_another_base_url_and_key_variable_are_used_throughout(language: str, tmp_path: Path) -> None:
    site = SiteSettings(api_base_url="http://127.0.0.1:9/gate it's/", api_key_env="GATE_KEY")
    requests = [request for record in made_records() for request in describe(record)]
    if language == "curl":
        codes = [LANGUAGES[language](request, site).code for request in requests]
        arrived = RUNNERS[language](codes, tmp_path, "GATE_KEY")
        assert [calls[0]["url"] for calls in arrived] == [site.url(request.address) for request in requests]
    else:
        run(language, requests, tmp_path, site)


def test_hostile_model_ids_arrive_as_meant(language: str, tmp_path: Path) -> None:
    run(
        language,
        [each for value in HOSTILE for record in made_records(value) for each in describe(record)],
        tmp_path,
    )


def test_hostile_prompts_arrive_as_meant(language: str, tmp_path: Path) -> None:
    requests = [request for record in made_records() for request in describe(record)]
    run(language, [saying(request, value) for value in HOSTILE for request in requests], tmp_path)


def test_hostile_model_ids_of_the_corpus_arrive_as_meant(language: str, tmp_path: Path) -> None:
    values = hostile.entries("model_ids")
    run(
        language,
        [each for value in values for record in made_records(value) for each in describe(record)],
        tmp_path,
    )


def test_hostile_prompts_of_the_corpus_arrive_as_meant(language: str, tmp_path: Path) -> None:
    requests = [request for record in made_records() for request in describe(record)]
    run(
        language,
        [saying(request, value) for value in hostile.entries("prompts") for request in requests],
        tmp_path,
    )


def test_every_snippet_of_the_bundled_catalog_runs(language: str, tmp_path: Path) -> None:
    records = bundled_records()
    run(language, [request for record in records for request in describe(record)], tmp_path)


def test_every_request_of_the_bundled_catalog_fits_its_model() -> None:
    found = {
        f"{record['model_id']} {request.protocol} {request.action}": validate_request(record, request)
        for record in bundled_records()
        for request in describe(record)
    }
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_every_action_with_recorded_parameters_has_a_snippet() -> None:
    for record in bundled_records():
        described = {request.action for request in describe(record)}
        offered = {
            endpoint["action"]
            for endpoint in record["endpoints"]
            if endpoint["method"] == "POST" and endpoint["action"] in record["parameters"]
        }
        assert offered <= described, record["model_id"]


@pytest.mark.parametrize(
    ("written", "planted"),
    [
        ("Bearer $RUNAPI_KEY", "Bearer $RUNAPI_API_KEY"),
        ("it'\"'\"'s", "it's"),
        ("/v1/chat/completions", "/v1/completions"),
        ('"content": "', '"text": "'),
    ],
)
def test_a_planted_fault_in_a_command_is_noticed(written: str, planted: str, tmp_path: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("bash is not installed: apt-get install bash")
    request = next(each for each in describe(made_records("it's")[0]) if each.protocol == "openai-chat")
    code = LANGUAGES["curl"](request, SITE).code
    assert written in code
    arrived: list[Call] = []
    with suppress(Exception):  # a shell that stumbles has noticed too
        arrived = RUNNERS["curl"]([code.replace(written, planted)], tmp_path, "RUNAPI_KEY")
    assert arrived != [meant(request, SITE)]

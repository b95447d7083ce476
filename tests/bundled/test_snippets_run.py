"""Snippets of every model run with the real programs and SDKs, and planted faults in them are noticed."""

import dataclasses
import json
import os
import re
from datetime import UTC, datetime
from zlib import crc32

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

import clock
import languages
from catalog.snippets import LANGUAGES, PLAIN, describe, digest, languages_of, proof_of
from catalog.snippets.call_parameters import parameters_of
from catalog.snippets.proofs import write_proof
from faulty_code import FAULTS_OF_CODE
from gateway.arrivals import Arrival, RefusedError
from gateway.server import Gateway
from runtimes.registry import RUNTIMES
from runtimes.running import KEY
from snippet_proofs import faults, prove
from snippet_records import bundled_records
from snippet_shapes import shape
from snippets_to_run import IS_PROVING, first_of_each, gateway_digest, sdk_versions, to_run

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # no database is asked: once is enough

language = languages.language
AT = datetime(2026, 11, 22, tzinfo=UTC)
FAULTY_WAYS = int(os.environ.get("FAULTY_WAYS", "6"))


@pytest.fixture(scope="module")
def gateway():
    return Gateway(bundled_records(), AT)


@pytest.fixture(scope="module")
def every(gateway):
    """Each call with each option, of every served model."""
    return [each for record in gateway.catalog.served for each in describe(record)]


@pytest.fixture(scope="module")
def shapes(every):
    """The first request of each shape."""
    return first_of_each(every, shape)


def way(request):
    return request.protocol, bool(request.uploads), request.option == "streaming"


@pytest.fixture(scope="module")
def ways(shapes):
    """The first of each way to send: a fault of headers, address or key is the same in all options."""
    return first_of_each(shapes, way)


def some(ways, fault, language):
    """One in FAULTY_WAYS of these: other ones in another language."""
    return ways[(crc32(fault.encode()) + sorted(RUNTIMES).index(language)) % FAULTY_WAYS :: FAULTY_WAYS]


def test_every_call_of_every_served_model_runs(language, every, gateway, tmp_path):
    every = [request for request in every if language in languages_of(request)]
    assert len(every) > 1400
    assert faults(prove(gateway, to_run(language, every), language, tmp_path)) == {}
    assert not list(tmp_path.rglob("PWNED*"))
    codes = {LANGUAGES[language](request, PLAIN).code for request in every}
    versions = sdk_versions(language, every)
    if IS_PROVING:
        today, program = clock.of_the_machine().date(), RUNTIMES[language].name()
        write_proof(language, today, program, versions, codes, gateway_digest())
    known = proof_of(language)
    assert known, f"nothing is known of {language}: make prove"
    assert {digest(code) for code in codes} == known.codes, "other snippets have run: make prove"
    assert versions == known.packages, "they have run with other versions: make prove"
    assert gateway_digest() == known.gateway, "they have run with another gateway: make prove"


def as_it_arrives(request):
    """A request as it reaches the gateway, without the code that would send it."""
    headers = {"authorization": f"Bearer {KEY}", "content-type": "application/json", "host": "127.0.0.1"}
    raw = json.dumps(request.body).encode()
    if request.uploads:
        files = {name: SimpleUploadedFile(request.body[name], b"a file") for name in request.uploads}
        fields = {name: as_text(value) for name, value in request.body.items()}
        headers["content-type"], raw = MULTIPART_CONTENT, encode_multipart(BOUNDARY, fields | files)
    return Arrival(request.method, request.path, request.query, headers, raw)


def as_text(value):
    return value if isinstance(value, str) else json.dumps(value)


def test_the_gateway_takes_every_call_as_it_is_described(every):
    """A proof tells what the code sends, not whether the catalog as it is now allows it."""
    gateway = Gateway(bundled_records(), AT)
    refused = {}
    for request in every:
        try:
            gateway.take(as_it_arrives(request))
        except RefusedError as refusal:
            refused[f"{request.protocol} {request.action} {request.option} {request.model_id}"] = str(refusal)
    assert refused == {}


def test_what_a_proof_covers_is_not_run_again_but_for_one_of_each_shape(language, every, shapes):
    assert to_run(language, every) == [each for each in shapes if language in languages_of(each)]


@pytest.mark.parametrize("language", ["curl"], indirect=True)
def test_a_changed_snippet_is_run_and_noticed_where_it_is_wrong(
    language, every, shapes, gateway, monkeypatch, tmp_path
):
    changed = next(request for request in reversed(every) if request not in shapes)
    render = LANGUAGES[language]

    def wrong(request, site):
        snippet, address = render(request, site), site.api_base_url
        spoiled = snippet.code.replace(address, f"{address}/beta")
        return dataclasses.replace(snippet, code=spoiled) if request is changed else snippet

    monkeypatch.setitem(LANGUAGES, language, wrong)
    running = to_run(language, every)
    offered = [request for request in every if language in languages_of(request)]
    assert running == [request for request in offered if request in shapes or request is changed]
    proofs = prove(gateway, running, language, tmp_path)
    assert set(faults(proofs)) == {proof.name for proof in proofs if proof.request is changed}


@pytest.mark.parametrize(
    "change", [{"gateway": "another"}, {"packages": {"openai": "0.1"}}, {"codes": frozenset()}], ids=str
)
def test_all_are_run_with_another_gateway_sdk_or_code(change, every, monkeypatch):
    languages.ready("python")
    known = dataclasses.replace(proof_of("python"), **change)
    monkeypatch.setattr("snippets_to_run.proof_of", lambda language: known)
    assert to_run("python", every) == every


def test_every_protocol_and_option_is_among_them(shapes):
    found = {}
    for protocol, option, is_upload, _, is_streaming in map(shape, shapes):
        streams = is_streaming and protocol.startswith("gemini")  # elsewhere the body asks for it
        kind = f"{protocol}{', file' * is_upload}{', stream' * streams}"
        found.setdefault(kind, set()).add(option)
    plain = {"basic"}
    text = {"basic", "streaming", "tools", "image", "structured", "thinking", "async", "timeouts"}
    text |= {"conversation", "tool_result", "image_file", "pdf"}
    assert found == {
        "anthropic-messages": text | {"caching", "count_tokens"},
        "gemini-generate-content": text - {"streaming"} | {"audio"},
        "gemini-generate-content, stream": text - {"async"} | {"audio"},
        "openai-chat": text | {"caching", "audio"},
        "openai-responses": text | {"caching"},
        "openai-embeddings": plain | {"batch"},
        "task": {"basic", "webhook", "retry"},
        "task-sync": plain,
        "task-sync, file": plain,
    }


def test_a_retired_model_is_refused(language, gateway, tmp_path):
    retired = [gateway.catalog.by_id[model_id] for model_id in sorted(gateway.catalog.retired)]
    requests = first_of_each([each for record in retired for each in describe(record)], way)
    proofs = prove(gateway, requests, language, tmp_path)
    assert len(proofs) == len(requests) > 0
    for proof in proofs:
        assert proof.run.status != 0, proof.name
        assert "is retired" in proof.arrivals[0].said, proof.name
        assert proof.faults(), proof.name


def required(request, gateway):
    """The last parameter without which the model refuses."""
    record = gateway.catalog.by_id[request.model_id]
    specs = parameters_of(record, request.protocol, request.action)
    return [spec["name"] for spec in specs if spec["required"]][-1]


def with_body(request, body):
    uploads = tuple(name for name in request.uploads if name in body)
    headers = {"Content-Type": "application/json"} if not uploads else {}
    return dataclasses.replace(request, body=body, uploads=uploads, headers=headers)


FAULTS_OF_REQUESTS = {
    "an unknown parameter": lambda request, gateway: with_body(request, request.body | {"flavour": "mint"}),
    "a missing required field": lambda request, gateway: with_body(
        request,
        {name: value for name, value in request.body.items() if name != required(request, gateway)},
    ),
    "a wrong path": lambda request, gateway: dataclasses.replace(
        request, path=re.sub(r"/(v1|v1beta|api/v1)/", r"/\1/beta/", request.path)
    ),
}


SDK_MAKES = {"python", "javascript", "typescript"}


@pytest.mark.soak
@pytest.mark.parametrize("fault", FAULTS_OF_REQUESTS)
def test_a_fault_in_what_is_described_is_noticed(fault, language, gateway, ways, tmp_path):
    spoiled = []
    for request in some(ways, fault, language):
        if language in SDK_MAKES and request.protocol == "gemini-generate-content" and "field" in fault:
            continue  # that SDK makes `contents` from what it is given: nothing can be left out
        spoiled.append(FAULTS_OF_REQUESTS[fault](request, gateway))
    proofs = prove(gateway, spoiled, language, tmp_path)
    assert set(faults(proofs)) == {proof.name for proof in proofs} != set()


@pytest.mark.soak
@pytest.mark.parametrize(
    ("language", "fault"),
    [(language, fault) for language, planted in FAULTS_OF_CODE.items() for fault in planted],
    indirect=["language"],
)
def test_a_fault_in_code_is_noticed(language, fault, gateway, ways, tmp_path):
    pattern, replacement = FAULTS_OF_CODE[language][fault]

    def planted(code):
        spoiled = re.sub(pattern, replacement, code, flags=re.MULTILINE)
        assert spoiled != code
        address = re.search(r"http://127[^/]+", code)[0]
        return spoiled.replace("ADDRESS", address)

    proofs = prove(gateway, some(ways, fault, language), language, tmp_path, planted=planted)
    assert set(faults(proofs)) == {proof.name for proof in proofs} != set()


class Under(Gateway):
    """A gateway whose addresses all stand under a path."""

    def take(self, arrival):
        # Files of a task stand where the gateway says.
        assert arrival.path.startswith(("/gate-it's/", "/files/")), arrival.path
        arrival.path = arrival.path.removeprefix("/gate-it's")
        return super().take(arrival)


def test_a_base_address_with_a_path_is_kept(language, ways, tmp_path):
    proofs = prove(Under(bundled_records(), AT), ways, language, tmp_path, under="/gate-it's/")
    assert faults(proofs) == {}


def test_a_variable_that_holds_no_key_is_noticed(language, gateway, ways, tmp_path):
    proofs = prove(gateway, ways, language, tmp_path, variable="OTHER_KEY")
    assert set(faults(proofs)) == {proof.name for proof in proofs}

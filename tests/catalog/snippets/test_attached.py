"""A file within a body is read by the code, and stands in for itself where nothing can be read."""

import base64
import json

import pytest

from catalog.snippets import LANGUAGES, describe, validate_request
from catalog.snippets.attached import TINY, Attached, attached_in
from snippet_records import SITE, gemini_record, text_record

ABLE = {"capabilities": ["vision", "pdf_input", "audio_input"]}
BEGINNINGS = {"receipt.png": b"\x89PNG", "invoice.pdf": b"%PDF", "voicemail.wav": b"RIFF"}


@pytest.fixture
def requests():
    """The calls with a file in base64."""
    every = [each for record in (text_record(), gemini_record()) for each in describe(record | ABLE)]
    return [request for request in every if request.attached]


def test_each_tiny_file_is_of_its_kind_and_the_same_in_both_alphabets():
    assert TINY.keys() == BEGINNINGS.keys()
    for file, text in TINY.items():
        assert base64.b64decode(text, validate=True) == base64.urlsafe_b64decode(text)
        assert base64.b64decode(text).startswith(BEGINNINGS[file])


def test_a_body_is_json_with_the_tiny_file_where_no_code_reads_one():
    body = {"parts": [{"data": Attached("receipt.png")}, {"url": Attached("invoice.pdf", "data:x;base64,")}]}
    assert json.loads(json.dumps(body)) == {
        "parts": [{"data": TINY["receipt.png"]}, {"url": "data:x;base64," + TINY["invoice.pdf"]}]
    }
    assert [each.file for each in attached_in([body, body])] == ["receipt.png", "invoice.pdf"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_reads_the_file_and_holds_none_of_its_bytes(language, requests):
    assert {request.option for request in requests} == {"image_file", "pdf", "audio"}
    for request in requests:
        code = LANGUAGES[language](request, SITE).code
        for each in request.attached:
            assert each.file in code
            assert each.base64 not in code


def test_only_a_model_that_reads_a_kind_of_file_is_sent_one():
    for capability, option in [("vision", "image_file"), ("pdf_input", "pdf"), ("audio_input", "audio")]:
        able = text_record() | {"capabilities": [capability]}
        assert option in {request.option for request in describe(able)}
        assert all(validate_request(able, request) == [] for request in describe(able))
        assert option not in {request.option for request in describe(text_record())}

"""The schema of a call and the reference gateway say the same of a body: sent or refused."""

import pytest
from jsonschema import Draft202012Validator

from catalog.parameter_schema import call_schema
from gateway.server import Gateway, serving
from gateway_calls import AT, MESSAGE, ask
from snippet_records import bundled_records

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough

VECTORS = {"model": "text-embedding-3-small"}


@pytest.fixture(scope="module")
def records():
    return {record["model_id"]: record for record in bundled_records()}


@pytest.fixture(scope="module")
def url(records):
    with serving(Gateway(list(records.values()), AT)) as address:
        yield address


def takes(record, call, body):
    """Say whether the schema of a call takes a body."""
    return Draft202012Validator(call_schema(record, "https://models.example.com/schema.json", call)).is_valid(
        body
    )


@pytest.mark.parametrize(
    ("path", "call", "body"),
    [
        ("/v1/messages", "message", MESSAGE | {"system": "be kind"}),
        ("/v1/messages", "message", MESSAGE | {"system": [{"type": "text", "text": "be kind"}]}),
        ("/v1/embeddings", "openai-embeddings", VECTORS | {"input": "a"}),
        ("/v1/embeddings", "openai-embeddings", VECTORS | {"input": ["a", "b"]}),
        ("/v1/embeddings", "openai-embeddings", VECTORS | {"input": [1, 2]}),
        ("/v1/embeddings", "openai-embeddings", VECTORS | {"input": [[1, 2], [3]]}),
    ],
)
def test_every_form_that_a_protocol_has_of_a_field_is_taken_by_both(records, url, path, call, body):
    assert takes(records[body["model"]], call, body)
    assert ask(url + path, body)[0] == 200


@pytest.mark.parametrize("value", ["", [], ["a", ""], [[]], 7, ["a", 1], [[1], "a"], {"text": "a"}, [True]])
def test_what_is_no_input_of_an_embedding_is_refused(url, value):
    assert ask(f"{url}/v1/embeddings", VECTORS | {"input": value})[0] == 422

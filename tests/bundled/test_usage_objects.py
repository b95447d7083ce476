"""Usage objects that people outside reported, of models of the bundled catalog."""

import json

import pytest

from catalog.search import lookup
from usage_samples import REPORTED

MODELS = {
    "openai-responses-cache-write": "gpt-5.6-luna",
    "gemini-tool-use-prompt": "gemini-3.7-flash",
    "xai-reasoning-beside-completion": "grok-4.3",
    "deepseek-hit-miss": "deepseek-v4-pro",
    "anthropic-no-ttl-breakdown": "claude-sonnet-4-6",
}
"""Case -> the model of the report, where the catalog has it."""


@pytest.mark.django_db
@pytest.mark.parametrize("case", REPORTED)
def test_a_reported_object_is_read_by_the_model_alone(client, case):
    protocol, provider, usage, meters = REPORTED[case]
    record = lookup.by_model_id(MODELS[case])
    if record is None:
        pytest.skip(f"the catalog has no {MODELS[case]}")
    assert record["provider"]["slug"] == provider
    body = {"model": MODELS[case], "usage": usage, "kind": "list"}
    answer = client.post("/api/v1/usage", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["protocol"] == protocol
    assert answer.json()["meters"] == meters
    assert answer.json()["unread"] == []

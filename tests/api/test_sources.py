"""What each source says of a model, field by field: which value is shown, from where, and why."""

import json

import pytest

from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.models import Variant
from catalog.publishing import publish
from catalog.vocabulary import Origin
from other_catalogs import AT
from small import TOKENS, TOKENS_ALIAS

pytestmark = pytest.mark.django_db

ADDRESS = f"/api/v1/models/{TOKENS}/sources"
SAID = {
    "litellm_provider": "anthropic",
    "mode": "chat",
    "input_cost_per_token": 3e-06,
    "output_cost_per_token": 1.5e-05,
    "input_cost_per_token_batches": 1.5e-06,
    "max_input_tokens": 200_000,
    "max_output_tokens": 64_000,
    "deprecation_date": "2026-11-30",
    "supports_vision": True,
    "supports_function_calling": True,
}
"""What a map of LiteLLM says of the model: what the catalog does."""


def evidence(**changed):
    found = prepare(
        ImportScope("litellm", "evidence"), json.dumps({TOKENS: SAID | changed}).encode(), "map.json", AT
    )
    carry_out(found, reason="Test")


def fields(client, address=ADDRESS):
    answer = client.get(address)
    assert answer.status_code == 200
    body = answer.json()
    assert body["count"] == len(body["items"])
    assert body["disagreements"] == sum(item["disagrees"] for item in body["items"])
    return {item["field"]: item for item in body["items"]}


def test_without_evidence_every_value_still_says_where_it_is_from(client):
    found = fields(client)
    assert found["context_window"]["shown"] == 200_000
    assert found["context_window"]["source"]
    assert found["prices.sell.input_tokens"]["shown"]["per"] == 1_000_000
    assert all(item["says"] == [] and item["why"] for item in found.values())


def test_a_disagreement_is_told_with_both_values_and_how_far_they_lie_apart(client):
    evidence(input_cost_per_token=3.3e-06)
    price = fields(client)["prices.list.input_tokens"]
    assert (price["shown"]["amount"], price["disagrees"]) == ("3", True)
    (said,) = price["says"]
    assert said == {
        "source": "litellm",
        "listed_as": TOKENS,
        "value": {"state": "known", "amount": "3.3", "per": 1_000_000, "currency": "USD"},
        "as_of": "2026-11-20",
        "agrees": False,
        "apart_percent": "10",
    }


def test_what_only_others_state_is_not_shown_in_its_place(client):
    Variant.objects.filter(model_id=TOKENS).update(capabilities=[])
    with publish.publish(actor=None, origin=Origin.FILE) as edition:
        edition.change(Variant.objects.get(model_id=TOKENS), {"max_output_tokens": None})
    evidence()
    found = fields(client)
    assert found["max_output_tokens"]["shown"] is None
    assert found["max_output_tokens"]["says"][0]["agrees"] is None
    assert not found["max_output_tokens"]["disagrees"]
    assert "states nothing" in found["max_output_tokens"]["why"]


def test_what_an_admin_set_says_so(client):
    with publish.publish(actor=None, origin=Origin.ADMIN) as edition:
        edition.change(Variant.objects.get(model_id=TOKENS), {"context_window": 150_000})
    evidence()
    window = fields(client)["context_window"]
    assert (window["shown"], window["source"], window["disagrees"]) == (150_000, None, True)
    assert "An admin set it" in window["why"]


def test_an_alias_is_found_and_an_unknown_id_is_not(client):
    assert client.get(f"/api/v1/models/{TOKENS_ALIAS}/sources").json()["model_id"] == TOKENS
    assert client.get("/api/v1/models/no-such-model/sources").status_code == 404


def test_the_page_shows_the_disagreement_and_has_no_such_section_without_evidence(client):
    path = Variant.objects.get(model_id=TOKENS).path
    assert 'id="evidence"' not in client.get(path).content.decode()
    evidence(max_output_tokens=32_000)
    page = client.get(path).content.decode()
    section = page.partition('id="evidence"')[2].partition("</section>")[0]
    assert "Max output tokens" in section
    assert "64,000" in section
    assert "32,000" in section
    assert "50% apart" in section
    assert "Context window" not in section, "only what disagrees is listed"


def test_the_queries_do_not_grow_with_what_is_said(client, django_assert_max_num_queries):
    evidence()
    with django_assert_max_num_queries(5):
        client.get(ADDRESS)

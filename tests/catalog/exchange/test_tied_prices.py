"""Two prices that tie once a file is loaded are named in the plan, with the question that settles them."""

import json

import pytest

from catalog.exchange import importing
from catalog.exchange.importing import ImportScope
from other_catalogs import AT

pytestmark = pytest.mark.django_db

# A tier and a limit, and no source says what holds where both do.
ROW = {
    "litellm_provider": "acme",
    "mode": "chat",
    "input_cost_per_token": 1e-06,
    "output_cost_per_token": 4e-06,
    "input_cost_per_token_priority": 2e-06,
    "output_cost_per_token_priority": 8e-06,
    "input_cost_per_token_above_272k_tokens": 3e-06,
    "output_cost_per_token_above_272k_tokens": 6e-06,
}


def planned(**more):
    content = json.dumps({"acme/zinnia": {**ROW, **more}}).encode()
    return importing.prepare(ImportScope("litellm", "add"), content, "map.json", AT)


def test_a_tie_is_named_once_with_its_meters_and_the_question():
    (line,) = planned().warnings
    assert line.subject == "acme/zinnia"
    assert line.said == (
        'list prices of input, output under {"prompt_tokens_over":272000} and {"service_tier":"priority"} '
        "tie: a request that meets both has no price, and its quote says so. Which holds there? "
        "State a price under both."
    )


def test_a_price_under_both_settles_it():
    both = {
        "input_cost_per_token_above_272k_tokens_priority": 5e-06,
        "output_cost_per_token_above_272k_tokens_priority": 9e-06,
    }
    assert planned(**both).warnings == []


def test_a_tie_with_a_price_on_record_is_named_too():
    limits = {key for key in ROW if "above" in key}
    first = {key: value for key, value in ROW.items() if key not in limits}
    content = json.dumps({"acme/zinnia": first}).encode()
    prepared = importing.prepare(ImportScope("litellm", "add"), content, "map.json", AT)
    assert prepared.warnings == []
    importing.carry_out(prepared, reason="first")
    (line,) = planned(input_cost_per_token_priority=None, output_cost_per_token_priority=None).warnings
    assert "tie" in line.said
    assert line.place.file == "map.json"


def test_a_row_in_another_currency_keeps_it():
    (entry,) = planned(currency="CNY").models
    assert {price.value.currency for price in entry.prices} == {"CNY"}
    refused = planned(currency="yuan").refused
    assert "is not a currency" in refused[0].reason

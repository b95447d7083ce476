"""Exports read by the clients of their formats: litellm, genai-prices, openrouter, and models.dev's rules."""

import json
import math
from decimal import Decimal
from functools import cache

import pytest
from jsonschema import Draft202012Validator

import needs
from exported import AT, CALLS, USES, ours, records, written
from models_dev_rules import API

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@cache
def litellm():
    import os

    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    litellm = needs.client("litellm")
    litellm.suppress_debug_info = True
    return litellm


def near(theirs, exact):
    """Agree to the last digits a product of two floats can hold."""
    return abs(theirs - float(exact)) <= 2 * math.ulp(float(exact))


def test_litellm_prices_as_our_quote_does():
    content, _ = written("litellm")
    entries = json.loads(content)
    client = litellm()
    # A name of our own keeps its bundled map out of it.
    client.register_model({f"ours-{id_}": entry for id_, entry in entries.items()})
    checked, known = 0, records()
    for id_, entry in entries.items():
        if (
            not {"input_cost_per_token", "output_cost_per_token"} <= entry.keys()
            or entry.get("mode") != "chat"
        ):
            continue
        record = known[id_]
        for usage in CALLS:
            lines = {line.meter: line.amount for line in ours(record, usage).lines}
            prompt, completion = client.cost_per_token(
                model=f"ours-{id_}",
                custom_llm_provider=entry["litellm_provider"],
                prompt_tokens=usage["input_tokens"],
                completion_tokens=usage["output_tokens"],
            )
            assert near(prompt, lines["input_tokens"]), (id_, usage, prompt, lines)
            assert near(completion, lines["output_tokens"]), (id_, usage, completion, lines)
            if usage["input_tokens"] == 1:
                assert prompt == float(lines["input_tokens"]), "one token is the nearest float"
            checked += 1
    assert checked > 40


def test_genai_prices_own_engine_prices_as_our_quote_does():
    theirs = needs.client("genai_prices")
    snapshots = needs.client("genai_prices.data_snapshot")
    raw = json.loads(written("genai-prices")[0], parse_float=Decimal)
    snapshots.set_custom_snapshot(
        snapshots.DataSnapshot(theirs.types._providers_from_raw(raw), from_auto_update=False)
    )
    checked, known = 0, records()
    try:
        for model in raw[0]["models"]:
            if not {"input_mtok", "output_mtok"} <= model["prices"].keys():
                continue
            for usage in USES:
                if "cache_read_tokens" in usage and "cache_read_mtok" not in model["prices"]:
                    continue
                total = theirs.calc_price(
                    theirs.Usage(
                        input_tokens=usage["input_tokens"] + usage.get("cache_read_tokens", 0),
                        cache_read_tokens=usage.get("cache_read_tokens", 0),
                        output_tokens=usage["output_tokens"],
                    ),
                    model_ref=model["id"],
                    provider_id=raw[0]["id"],
                    genai_request_timestamp=AT,
                ).total_price
                assert total == ours(known[model["id"]], usage).total, (model["id"], usage)
                checked += 1
    finally:
        snapshots.set_custom_snapshot(None)
    assert checked > 40


@pytest.mark.parametrize("kind", ["sell", "list"])
def test_models_devs_rules_hold(kind):
    found = json.loads(written("models-dev", kind)[0])
    assert [error.message for error in Draft202012Validator(API).iter_errors(found)] == []
    for provider in found.values():
        for id_, model in provider["models"].items():
            assert model["id"] == id_
            assert ("reasoning_options" in model) is model["reasoning"]
            cost = model.get("cost", {})
            sizes = [tier["tier"]["size"] for tier in cost.get("tiers", [])]
            assert len(set(sizes)) == len(sizes)
            assert ("context_over_200k" in cost) is (len(sizes) == 1 and sizes[0] >= 200_000)
            assert model["reasoning"] or "reasoning" not in cost


@pytest.mark.parametrize("fault", ["extra", "release_date", "negative"])
def test_the_rules_refuse_what_models_dev_refuses(fault):
    found = json.loads(written("models-dev")[0])
    model = next(iter(next(iter(found.values()))["models"].values()))
    if fault == "extra":
        model["canonical"] = True
    elif fault == "negative":
        model["cost"] = {"input": -1, "output": 1}
    else:
        del model["release_date"]
    assert list(Draft202012Validator(API).iter_errors(found))


def test_openrouters_own_reader_takes_every_model():
    model = needs.client("openrouter.components").Model
    found = json.loads(written("openrouter")[0])
    assert found["total_count"] == len(found["data"]) > 15
    for row in found["data"]:
        assert model.model_validate(row).id == row["id"]
        assert not {"e", "E"} & set(row["pricing"]["prompt"]), "plain decimal text"

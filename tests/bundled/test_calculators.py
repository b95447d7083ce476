"""Other catalogs' own calculators, fed with their own catalogs, agree with our quotes at list prices.

LiteLLM's map of 1.110.2, genai-prices of 2026-08-21 and OpenRouter's answer of 2026-08-22 lie beside the
project. `DIFFER` lists each model on which one of them states another price, and why.
"""

import json
import math
import os
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import product

import pytest

import needs
import real_catalogs
from catalog.models import Document
from catalog.pricing.quote import Usage, quote
from catalog.records.facts import facts
from catalog.records.price_rows import price_rows
from catalog.records.record import read_record

pytestmark = [pytest.mark.slow, pytest.mark.engine("sqlite"), pytest.mark.django_db]

AT = datetime(2026, 11, 30, 2, tzinfo=UTC)
"""A Monday within DeepSeek's peak, whose prices LiteLLM's calculator takes at any time."""
SIZES = (1, 999, 10_000, 128_000, 150_001, 199_998, 260_007, 300_001, 800_000)
USES = [
    {"input_tokens": size, "output_tokens": written, **({"cache_read_tokens": cached} if cached else {})}
    for size, written, cached in product(SIZES, (1, 777, 20_000), (0, 1, 50_003))
]
PREFIXES = {"xai": "xai", "google": "gemini", "deepseek": "deepseek", "moonshot-ai": "moonshot",
            "z-ai": "zai", "minimax": "minimax"}  # fmt: skip
"""Provider -> prefix of its keys in LiteLLM's map."""
OPENROUTER = {"xai": "x-ai", "moonshot-ai": "moonshotai"}
GENAI = {"xai": "x-ai", "moonshot-ai": "moonshotai", "z-ai": "zai"}
HOSTED = "OpenRouter's price of another company that hosts the open weights"
OLDER = "read in August; LiteLLM of November agrees with ours"
NO_TIER = "has no tier above a size of prompt"
DIFFER: dict[str, dict[str, str]] = {
    "litellm": {"MiniMax-M3": NO_TIER},
    "genai-prices": {
        "MiniMax-M2.5-highspeed": OLDER,
        "claude-sonnet-5": OLDER,
        "deepseek-v4-flash": OLDER,
        "deepseek-v4-pro": OLDER,
        "gpt-5.5": NO_TIER,
        "gpt-5.5-pro": NO_TIER,
        "gpt-5.6-sol": OLDER,
        "grok-4.3": NO_TIER,
        "grok-4.5": OLDER,
    },
    "openrouter": {
        **dict.fromkeys(("MiniMax-M2", "MiniMax-M2.5", "MiniMax-M3"), HOSTED),
        **dict.fromkeys(("deepseek-v4-flash", "deepseek-v4-pro"), HOSTED),
        **dict.fromkeys(("glm-4.5-air", "glm-4.6", "glm-4.7", "glm-5", "glm-5.1", "glm-5.2"), HOSTED),
        **dict.fromkeys(("kimi-k2.6", "kimi-k2.7-code"), HOSTED),
        "gemini-3.7-flash": OLDER,
        "gpt-5.6-sol": OLDER,
    },
}


def catalog(name):
    path = real_catalogs.DATA / name
    if not path.is_file():
        needs.cannot_run(f"{path} is not here", "put the folder `shared/data` beside the project")
    return json.loads(path.read_text(), parse_float=Decimal)


@pytest.fixture
def known():
    """The records of models that have list prices and answer."""
    found = (read_record(body) for body in Document.objects.values_list("body", flat=True))
    return {
        row["model_id"]: row
        for row in found
        if any(price["kind"] == "list" for price in row["prices"]) and not facts(row, AT).is_retired
    }


def ours(record, usage):
    lines = quote(price_rows(record), Usage(usage, AT), "list")
    return None if lines.unpriced else lines.total


@cache
def litellm():
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    client = needs.client("litellm")
    client.suppress_debug_info = True
    return client


def litellms(known):
    """Model, use, and what LiteLLM's calculator makes of its own map."""
    rows, client = catalog("litellm_model_prices_1.110.2.json"), litellm()
    for id_, record in known.items():
        prefix = PREFIXES.get(record["provider"]["slug"])
        row = rows.get(f"{prefix}/{id_}" if prefix else id_)
        if not row or row.get("mode") not in {"chat", "responses"}:
            continue
        plain = json.loads(json.dumps(row, default=float))
        client.register_model({f"ours-{id_}": plain})
        for usage in USES:
            if "cache_read_tokens" in usage and "cache_read_input_token_cost" not in row:
                continue
            cached = usage.get("cache_read_tokens", 0)
            prompt, completion = client.cost_per_token(
                model=f"ours-{id_}",
                custom_llm_provider=row["litellm_provider"],
                prompt_tokens=usage["input_tokens"] + cached,
                completion_tokens=usage["output_tokens"],
                cache_read_input_tokens=cached,
            )
            yield id_, usage, prompt + completion


def genai_prices(known):
    """Model, use, and what genai-prices' engine makes of its own data."""
    theirs = needs.client("genai_prices")
    snapshots = needs.client("genai_prices.data_snapshot")
    raw = catalog("genai_prices_v2.json")
    snapshots.set_custom_snapshot(
        snapshots.DataSnapshot(theirs.types._providers_from_raw(raw), from_auto_update=False)
    )
    try:
        for id_, record in known.items():
            provider = GENAI.get(record["provider"]["slug"], record["provider"]["slug"])
            for usage in USES:
                cached = usage.get("cache_read_tokens", 0)
                counted = theirs.Usage(
                    input_tokens=usage["input_tokens"] + cached,
                    cache_read_tokens=cached,
                    output_tokens=usage["output_tokens"],
                )
                try:
                    total = theirs.calc_price(
                        counted, model_ref=id_, provider_id=provider, genai_request_timestamp=AT
                    ).total_price
                except (LookupError, ValueError):
                    break
                yield id_, usage, total
    finally:
        snapshots.set_custom_snapshot(None)


def openrouters(known):
    """Model, use, and what OpenRouter's documented rules make of its answer."""
    rows = {row["id"]: row["pricing"] for row in catalog("openrouter_models.json")["data"]}
    for id_, record in known.items():
        slug = record["provider"]["slug"]
        row = rows.get(f"{OPENROUTER.get(slug, slug)}/{openrouter_name(id_)}")
        if not row:
            continue
        for usage in USES:
            cached = usage.get("cache_read_tokens", 0)
            held = dict(row)
            for override in sorted(row.get("overrides", []), key=lambda one: one["min_prompt_tokens"]):
                if usage["input_tokens"] + cached >= override["min_prompt_tokens"]:
                    held |= override
            if cached and "input_cache_read" not in held:
                continue
            amounts = (
                usage["input_tokens"] * Decimal(held["prompt"]),
                usage["output_tokens"] * Decimal(held["completion"]),
                cached * Decimal(held.get("input_cache_read", 0)),
            )
            yield id_, usage, sum(amounts)


def openrouter_name(id_):
    """Its names have no date, and dots where vendors write dashes: claude-opus-4.8."""
    words = id_.split("-")
    if len(words[-1]) == len("20250929") and words[-1].isdigit():
        words.pop()
    if words[0] == "claude" and len(words) > 3 and words[-1].isdigit():
        words[-2:] = [f"{words[-2]}.{words[-1]}"]
    return "-".join(words).lower()


def near(theirs, exact):
    """Agree to the last digits that sums of floats can hold."""
    if isinstance(theirs, Decimal):
        return theirs == exact
    return abs(theirs - float(exact)) <= 8 * math.ulp(float(exact))


def test_calculators_agree_with_our_quotes_on_5_900_uses(known, capsys):
    agreed, differ = {}, {}
    for name, uses in {"litellm": litellms, "genai-prices": genai_prices, "openrouter": openrouters}.items():
        agreed[name], differ[name] = 0, {}
        for id_, usage, theirs in uses(known):
            exact = ours(known[id_], usage)
            if exact is None:
                continue  # a meter without a published price
            if near(theirs, exact):
                agreed[name] += 1
            else:
                differ[name].setdefault(id_, (usage, theirs, exact))
    with capsys.disabled():
        print(f"\n  uses that agree: {agreed}, {sum(agreed.values()):,} in all", end="")  # noqa: T201
    assert {name: sorted(rows) for name, rows in differ.items()} == {
        name: sorted(rows) for name, rows in DIFFER.items()
    }, differ
    assert sum(agreed.values()) >= 5_900

"""A year of drift in models.dev, OpenRouter and genai-prices: read exactly, or counted and marked."""

import pytest

from other_catalogs import model, prices, read

COSTS = {"input_cost_per_token": 1e-06, "output_cost_per_token": 3e-06}


def dev(**model):
    known = {
        "id": "lily",
        "name": "Lily",
        "modalities": {"input": ["text"], "output": ["text"]},
        "limit": {"context": 128000, "output": 8192},
        "cost": {"input": 0.22, "output": 0.66},
    }
    maker = {"id": "acme", "name": "Acme", "models": {"lily": known | model}}
    return read("models-dev", {"acme": maker})


def router(pricing, **more):
    row = {"id": "acme/quince", "name": "Acme: Quince", "pricing": pricing, "architecture": {}, **more}
    return read("openrouter", {"data": [row]})


def genai(**model):
    known = {"id": "iris", "prices": {"input_mtok": 1, "output_mtok": 2}}
    return read("genai-prices", [{"id": "acme", "name": "Acme", "models": [known | model]}])


def omits(found, meter):
    (entry,) = found.document.models
    return {price.omits for price in entry.prices if price.value.meter == meter}


def test_keys_that_nobody_knows_are_counted_in_every_format():
    assert read("litellm", {"acme/a": {"litellm_provider": "acme", **COSTS, "aroma": 1}}).lost["aroma"] == 1
    found = dev(aroma="x", limit={"context": 1, "aroma": 2}, cost={"input": 1, "output": 2, "aroma": 3})
    assert [found.lost[key] for key in ("aroma", "limit.aroma", "cost.aroma")] == [1, 1, 1]
    assert omits(found, "input_tokens") == {"cost.aroma"}
    routed = router({"prompt": "0.1", "completion": "0.2", "aroma": "0.3"}, bouquet={"a": 1})
    assert (routed.lost["pricing.aroma"], routed.lost["bouquet"]) == (1, 1)
    assert omits(routed, "input_tokens") == {"pricing.aroma"}
    priced = genai(bouquet=1, prices={"input_mtok": 1, "aroma_mtok": 2})
    assert (priced.lost["bouquet"], priced.lost["prices.aroma_mtok"]) == (1, 1)
    assert omits(priced, "input_tokens") == {"prices.aroma_mtok"}


HALF = {"input": 0.11, "output": 0.33}


def test_a_tier_by_time_becomes_hours_and_weekdays():
    window = {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "01:00", "to": "04:00"}
    tier = {**HALF, "tier": {"type": "time", "windows": [window], "timezone": "Asia/Tokyo"}}
    known = prices(model(dev(cost={"input": 0.22, "output": 0.66, "tiers": [tier]}), "acme/lily"))
    # 01:00 on Monday in Tokyo is 16:00 on Sunday in UTC.
    when = '{"utc_window":["16:00","19:00"],"weekdays":[1,2,3,4,7]}'
    assert known["input_tokens", when][0] == "0.11"
    assert known["output_tokens", "{}"][0] == "0.66"


@pytest.mark.parametrize(
    ("bound", "name"),
    [
        ({"type": "mood"}, "cost.tiers of type mood"),
        (
            {"type": "time", "timezone": "Europe/Paris", "windows": [{"from": "01:00", "to": "04:00"}]},
            "cost.tiers of type time in a zone with daylight saving",
        ),
        (
            {"type": "time", "windows": [{"days": ["fri"], "from": "22:00", "to": "02:00"}]},
            "cost.tiers of type time on certain days past midnight",
        ),
    ],
)
def test_a_tier_that_cannot_be_told_costs_the_tier_not_the_model(bound, name):
    found = dev(cost={"input": 0.22, "output": 0.66, "cache_read": 0.02, "tiers": [{**HALF, "tier": bound}]})
    assert (found.refused, found.lost[name]) == ([], 1)
    assert omits(found, "input_tokens") == {name}
    assert omits(found, "cache_read_tokens") == {""}


def test_an_unknown_status_costs_the_word_not_the_model():
    found = dev(status="retired")
    assert (found.refused, found.lost["status retired"]) == ([], 1)
    assert "lifecycle" not in model(found, "acme/lily").fields


def test_space_around_names_is_trimmed_in_each_format():
    assert model(dev(name=" Lily\t"), "acme/lily").fields["name"] == "Lily"
    assert model(genai(name="Iris\n"), "acme/iris").fields["name"] == "Iris"
    routed = router({"prompt": "0.1", "completion": "0.2"}, name="  Acme: Quince ")
    assert model(routed, "openrouter/acme/quince").fields["name"] == "Acme: Quince"


def test_zero_for_what_does_not_apply_is_no_price():
    zeros = dict.fromkeys(("image", "request", "input_cache_read", "web_search", "internal_reasoning"), "0")
    found = router({"prompt": "0.00000055", "completion": "0.00000219", **zeros})
    entry = model(found, "openrouter/acme/quince")
    assert {price.value.meter for price in entry.prices} == {"input_tokens", "output_tokens"}
    assert found.lost["pricing.internal_reasoning of 0 beside charged tokens"] == 1
    assert {price.omits for price in entry.prices} == {""}


def test_zero_beside_tokens_that_are_free_is_free():
    found = router({"prompt": "0", "completion": "0", "internal_reasoning": "0"})
    states = {price.value.meter: price.value.state for price in model(found, "openrouter/acme/quince").prices}
    assert states == dict.fromkeys(("input_tokens", "output_tokens", "reasoning_tokens"), "free")


def test_an_override_under_an_unknown_condition_is_left_out():
    override = {"prompt": "0.5", "moon_phase": ["full"]}
    found = router({"prompt": "0.1", "completion": "0.2", "overrides": [override]})
    assert found.lost["pricing.overrides with moon_phase"] == 1
    assert prices(model(found, "openrouter/acme/quince"))["input_tokens", "{}"][0] == "100000"
    assert omits(found, "input_tokens") == {"pricing.overrides with moon_phase"}
    assert omits(found, "output_tokens") == {""}


def test_an_image_at_the_price_of_text_changes_no_total():
    found = router({"prompt": "0.1", "completion": "0.2", "image": "0.1", "image_output": "0.3"})
    assert found.lost["pricing.image"] == 1
    assert omits(found, "input_tokens") == {""}
    assert ("output_image_tokens", "{}") in prices(model(found, "openrouter/acme/quince"))


def test_prices_under_an_unknown_constraint_are_left_out():
    rows = [{"prices": {"input_mtok": 1}}, {"constraint": {"region": "eu"}, "prices": {"input_mtok": 2}}]
    found = genai(prices=rows)
    assert found.lost["prices with region"] == 1
    assert prices(model(found, "acme/iris"))["input_tokens", "{}"][0] == "1"
    assert omits(found, "input_tokens") == {"prices with region"}


def test_variants_that_are_left_out_mark_the_prices_of_their_meters():
    variant = {"when": {"region": "eu"}, "prices": {"input_mtok": 2}}
    found = genai(price_variants=[variant])
    assert found.lost["price_variants"] == 1
    assert omits(found, "input_tokens") == {"price_variants"}
    assert omits(found, "output_tokens") == {""}


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_a_key_that_says_nothing_marks_nothing(nothing):
    assert omits(dev(cost={"input": 1, "output": 2, "aroma": nothing}), "input_tokens") == {""}
    assert omits(router({"prompt": "0.1", "completion": "0.2", "aroma": nothing}), "input_tokens") == {""}
    assert omits(genai(prices={"input_mtok": 1, "aroma_mtok": nothing}), "input_tokens") == {""}


def test_what_is_omitted_is_named_in_the_order_of_the_file():
    names = [f"scent_{letter}" for letter in "zqmaxk"]
    found = dev(cost={"input": 1, "output": 2, **dict.fromkeys(names, 3)})
    assert omits(found, "input_tokens") == {", ".join(f"cost.{name}" for name in names)}


@pytest.mark.parametrize(
    ("tiers", "is_read"),
    [
        ([{**HALF, "tier": {"type": "context", "size": 200_000}}], False),
        ([{**HALF, "tier": {"type": "context", "size": 272_000}}], False),
        ([{**HALF, "tier": {"type": "context", "size": 32_000}}], True),
        ([{**HALF, "tier": {"type": "time", "windows": [{"from": "01:00", "to": "04:00"}]}}], True),
        ([], True),
    ],
)
def test_the_price_over_200k_is_a_copy_only_of_a_tier_of_that_size(tiers, is_read):
    found = dev(cost={"input": 0.2, "output": 0.6, "tiers": tiers, "context_over_200k": {"input": 9}})
    known = prices(model(found, "acme/lily"))
    assert (known.get(("input_tokens", '{"prompt_tokens_over":200000}'), [""])[0] == "9") is is_read

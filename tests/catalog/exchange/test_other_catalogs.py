"""What each reader of another catalog makes of a real piece of it: exact, and nothing guessed."""

import copy
from datetime import UTC, datetime

import pytest

from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.registry import READABLE
from other_catalogs import AT, model, parsed, prices, read

MILLION = 1_000_000


def over(size, **more):
    body = ",".join(f'"{key}":{value}' for key, value in sorted({"prompt_tokens_over": size, **more}.items()))
    return f"{{{body}}}"


def test_models_dev_is_read_to_the_last_price():
    found = read("models-dev")
    opus = model(found, "anthropic/claude-opus-4-5")
    assert opus.fields["context_window"] == 200_000
    assert opus.fields["input_modalities"] == ["text", "image", "file"], "what they call pdf is a file"
    assert opus.abilities["tool_call"] is True
    assert prices(opus)["input_tokens", "{}"] == ("5", MILLION)
    assert {price.value.kind for price in opus.prices} == {"list"}
    tiered = model(found, "routing-run/route/mimo-v2.5-pro")
    sizes = {key for _meter, key in prices(tiered)} - {"{}"}
    assert len(sizes) == 1, "the copy that its generator writes beside one tier is not a second tier"
    assert next(iter(sizes)).startswith('{"prompt_tokens_over":')


def test_absent_is_not_published_and_zero_is_free():
    found = read("models-dev")
    assert model(found, "cohere/c4ai-aya-vision-8b").prices == []
    free = model(found, "iflowcn/deepseek-r1").prices
    assert {price.value.state for price in free} == {"free"}


def test_a_month_is_no_day_and_is_counted_lost():
    found = read("models-dev")
    assert "released_on" not in model(found, "routing-run/route/kimi-k2.5").fields
    assert found.lost["release_date by month"] >= 1


@pytest.mark.parametrize("words", ["2025-02-31", "2025-13", "0000-01", "2025-1", "\uff12025-01", "2025-01\n"])
@pytest.mark.parametrize("key", ["knowledge", "release_date"])
def test_a_month_or_day_of_no_calendar_is_set_aside(key, words):
    whole = parsed("models-dev")
    whole["cohere"]["models"]["c4ai-aya-vision-8b"][key] = words
    (refused,) = [one for one in read("models-dev", whole).refused if one.subject == "c4ai-aya-vision-8b"]
    assert f"cohere.models.c4ai-aya-vision-8b.{key}: " in refused.reason


def test_space_around_a_name_is_trimmed():
    found = read("models-dev")
    turbo = model(found, "novita-ai/deepseek/deepseek-v3-turbo")
    assert turbo.fields["name"] == "DeepSeek V3 (Turbo)", "a tab stands behind it in the file"
    assert not found.refused


def test_a_row_with_a_control_character_within_a_name_is_set_aside_and_the_others_are_kept():
    whole = parsed("models-dev")
    whole["novita-ai"]["models"]["deepseek/deepseek-v3-turbo"]["name"] = "DeepSeek\tV3"
    found = read("models-dev", whole)
    (refused,) = found.refused
    assert refused.subject == "deepseek/deepseek-v3-turbo"
    assert "U+0009" in refused.reason
    assert "novita-ai.models" in refused.reason
    assert refused.place.file == "models-dev.json"
    assert found.rows == len(found.document.models) + 1


TREE = {
    "providers/acme/provider.toml": b'name = "Acme"\nenv = ["ACME"]\nnpm = "x"\ndoc = "https://acme.example"',
    "providers/acme/models/deep/one.toml": (
        b'base_model = "lab/one"\nbase_model_omit = ["limit.input"]\nstatus = "beta"\n'
        b"[cost]\ninput = 0.1\noutput = 0.2\n[limit]\noutput = 5\n"
    ),
    "models/lab/one.toml": (
        b'id = "x"\nname = "One"\nstatus = "deprecated"\nopen_weights = true\n'
        b'[limit]\ncontext = 100\ninput = 90\n[cost]\ninput = 9\n[modalities]\ninput = ["text"]\n'
    ),
}


def test_a_tree_of_toml_is_read_as_its_generator_would_write_it():
    entry = model(read_tree(TREE), "acme/deep/one")
    assert entry.fields["name"] == "One"
    assert (entry.fields["context_window"], entry.fields["max_output_tokens"]) == (100, 5)
    assert entry.fields["lifecycle"] == "preview", "its status is never its base's"
    assert prices(entry) == {
        ("input_tokens", "{}"): ("0.1", MILLION),
        ("output_tokens", "{}"): ("0.2", MILLION),
    }
    assert "max_input_tokens" not in entry.fields, "its own row leaves out what its base states"


def test_a_longest_prompt_beside_the_window_is_read():
    row = TREE["providers/acme/models/deep/one.toml"].replace(b'base_model_omit = ["limit.input"]\n', b"")
    entry = model(read_tree(TREE | {"providers/acme/models/deep/one.toml": row}), "acme/deep/one")
    assert (entry.fields["context_window"], entry.fields["max_input_tokens"]) == (100, 90)


def test_a_tree_without_the_base_that_it_names_is_refused():
    broken = {path: text for path, text in TREE.items() if not path.startswith("models/")}
    with pytest.raises(CatalogFileError, match="there is no models/'lab/one'"):
        read_tree(broken)


def read_tree(files):
    from catalog.exchange.registry import FORMATS

    return FORMATS["models-dev"].read(files, "tree", AT)


def test_litellms_floats_become_exact_amounts_with_every_condition():
    found = read("litellm")
    sonnet = prices(model(found, "anthropic/claude-sonnet-4-5-20250929"))
    assert sonnet["input_tokens", "{}"] == ("3", MILLION)
    assert sonnet["cache_write_1h_tokens", "{}"] == ("6", MILLION)
    gemini = prices(model(found, "gemini/gemini-2.5-pro"))
    assert gemini["cache_read_tokens", over(200_000, service_tier='"priority"')] == ("0.45", MILLION)
    assert gemini["cache_read_tokens", '{"service_tier":"batch"}'] == ("0.125", MILLION)
    assert gemini["output_tokens", over(200_000)] == ("15", MILLION)


def test_litellms_tiers_time_windows_and_resolutions_become_conditions():
    found = read("litellm")
    assert any("prompt_tokens_over" in key for _m, key in prices(model(found, "dashscope/qwen-flash")))
    cheap = prices(model(found, "deepseek/deepseek-flash"))
    # On weekdays from 10:00 on, and on Saturday and Sunday all day: windows that never hold at once.
    assert {key for meter, key in cheap if meter == "input_tokens"} == {
        "{}",
        '{"utc_window":["01:00","04:00"],"weekdays":[6,7]}',
        '{"utc_window":["04:00","06:00"]}',
        '{"utc_window":["06:00","10:00"],"weekdays":[6,7]}',
        '{"utc_window":["10:00","01:00"]}',
    }
    video = prices(model(found, "dashscope/wan3.0-video"))
    assert ("video_seconds", '{"output_resolution":"1080p"}') in video


def test_litellm_rows_that_cannot_be_models_are_set_aside_with_the_reason():
    found = read("litellm")
    assert {one.subject for one in found.refused} == {
        "ft:gpt-4-0613",
        "'bedrock/*/1-month-commitment/cohere.command-light-text-v14'",
    }
    assert "is not a model ID" in next(one.reason for one in found.refused if "bedrock" in one.subject)
    assert not any("sample_spec" in entry.model_id for entry in found.document.models)


def test_openrouters_minus_one_is_dynamic_and_its_overrides_are_conditions():
    found = read("openrouter")
    router = model(found, "openrouter/openrouter/auto-beta")
    assert {(price.value.state, price.value.amount) for price in router.prices} == {("dynamic", None)}
    sonnet = prices(model(found, "openrouter/anthropic/claude-sonnet-4.5"))
    assert sonnet["input_tokens", "{}"] == ("3", MILLION)
    assert sonnet["cache_write_1h_tokens", over(200_000)] == ("12", MILLION)
    assert sonnet["searches", "{}"] == ("10", 1_000)
    timed = prices(model(found, "openrouter/deepseek/deepseek-v4-flash-vision-exp"))
    assert timed["input_tokens", '{"utc_window":["10:00","01:00"]}'] == ("0.22", MILLION)
    assert timed["output_tokens", '{"utc_window":["01:00","04:00"]}'] == ("1.32", MILLION)


def test_a_price_with_more_decimals_than_are_kept_says_from_what_it_was_rounded():
    flash = model(read("openrouter"), "openrouter/google/gemini-3.7-flash")
    (rounded,) = (price for price in flash.prices if price.note)
    assert f"{rounded.value.amount:f}" == "0.020833333"
    assert rounded.note == "Rounded to nine decimals from 0.0208333333333333"


def one(name, content):
    """The prices of the one model of a catalog."""
    (entry,) = read(name, content).document.models
    return prices(entry)


@pytest.mark.parametrize(
    ("hours", "condition"),
    [
        ((1630, 2400), '{"utc_window":["16:30","00:00"]}'),
        ((1630, 0), '{"utc_window":["16:30","00:00"]}'),
        ((0, 2400), "{}"),
    ],
)
def test_2400_of_openrouter_is_midnight_and_a_whole_day_is_always(hours, condition):
    override = {"utc_start": hours[0], "utc_end": hours[1], "prompt": "0.000002"}
    pricing = {"prompt": "0.000001", "completion": "0", "overrides": [override]}
    found = one("openrouter", {"data": [{"id": "a/m", "pricing": pricing}]})
    assert found["input_tokens", condition] == ("2", 1_000_000)
    assert ("input_tokens", "{}") in found


def test_models_devs_price_over_200k_is_a_tier_where_no_tiers_stand_beside_it():
    over = {"input": 6, "output": 22.5, "tokens": 1}
    cost = {"input": 3, "output": 15, "context_over_200k": over}
    condition = '{"prompt_tokens_over":200000}'

    def catalog():
        return {"p": {"id": "p", "name": "P", "models": {"m": {"id": "m", "cost": cost}}}}

    found = one("models-dev", catalog())
    assert found["input_tokens", condition] == ("6", 1_000_000)
    assert found["output_tokens", condition] == ("22.5", 1_000_000)
    assert read("models-dev", catalog()).lost["cost.context_over_200k.tokens"] == 1
    cost["tiers"] = [{"tier": {"size": 250_000}, "input": 6, "output": 22.5}]
    assert ("input_tokens", condition) not in one("models-dev", catalog())
    cost.pop("tiers")
    cost["context_over_200k"] = 6
    (refused,) = read("models-dev", catalog()).refused
    assert "context_over_200k" in refused.reason


@pytest.mark.parametrize(("length", "models"), [(80, 1), (81, 0)])
def test_the_family_of_a_long_provider_is_a_slug_or_its_rows_are_set_aside(length, models):
    found = read("litellm", {"m": {"litellm_provider": "p" * length, "input_cost_per_token": 1e-06}})
    assert len(found.document.models) == models
    assert all(len(entry.family) <= 100 for entry in found.document.models)


def test_the_far_date_of_openrouter_is_none_and_its_tilde_is_kept():
    latest = model(read("openrouter"), "openrouter/~z-ai/glm-latest")
    assert "end_of_life" not in latest.fields
    assert latest.family == "openrouter.z-ai"
    spring = model(read("openrouter"), "openrouter/dots-studio/dots-3-note-preview:free")
    assert [row["retires_on"] for row in spring.fields["end_of_life"]] == ["2026-09-30"]
    assert {price.value.state for price in spring.prices} == {"free"}


def test_one_page_of_a_longer_list_is_refused():
    whole = parsed("openrouter")
    whole["links"]["next"] = "https://openrouter.ai/api/v1/models?offset=500"
    with pytest.raises(CatalogFileError, match="one page of a longer list"):
        read("openrouter", whole)


def test_genai_prices_dates_and_windows_become_times():
    found = read("genai-prices")
    sonnet = model(found, "anthropic/claude-sonnet-5")
    (price,) = (price for price in sonnet.prices if price.value.meter == "input_tokens")
    assert (f"{price.value.amount:f}", price.effective_from) == ("3", datetime(2026, 9, 1, tzinfo=UTC))
    timed = prices(model(found, "deepseek/deepseek-chat"))
    assert timed["input_tokens", "{}"] == ("0.135", MILLION)
    assert timed["input_tokens", '{"utc_window":["00:30","16:30"]}'] == ("0.27", MILLION)
    assert model(found, "mistral/mistral-tiny").fields["lifecycle"] == "deprecated"


def test_genai_prices_tiers_and_announced_prices_are_read():
    whole = parsed("genai-prices")
    opus = copy.deepcopy(whole[0]["models"][0])
    opus["prices"][1]["constraint"]["start_date"] = "2027-03-13"
    whole[0]["models"] = [opus]
    entry = model(read("genai-prices", whole), "anthropic/claude-opus-4-6")
    rows = [price for price in entry.prices if price.value.meter == "input_tokens"]
    told = {
        (row.value.conditions.canonical, row.effective_from.year): f"{row.value.amount:f}" for row in rows
    }
    assert told == {("{}", 2026): "5", (over(200_000), 2026): "10", ("{}", 2027): "5"}
    assert {price.effective_until for price in rows if price.effective_from.year == 2026} == {
        datetime(2027, 3, 13, tzinfo=UTC)
    }


def test_one_provider_alone_keeps_its_bare_ids():
    for name, provider in (
        ("models-dev", "anthropic"),
        ("litellm", "anthropic"),
        ("genai-prices", "anthropic"),
    ):
        found = read(name, provider=provider)
        assert {entry.slug for entry in found.document.providers} == {"anthropic"}
        assert all(not entry.model_id.startswith("anthropic/") for entry in found.document.models)
        assert found.document.models


@pytest.mark.parametrize("name", READABLE)
def test_a_model_says_where_each_of_its_values_is_from(name):
    for entry in read(name).document.models:
        cited = {field for row in entry.groups.get("sources", []) for field in row["fields"]}
        assert cited == entry.fields.keys() - {"slug"}
        assert all(price.source_label and price.source_url and price.checked_on for price in entry.prices)

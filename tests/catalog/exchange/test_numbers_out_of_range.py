"""Numbers that no column, record or program keeps are refused with file, path and reason."""

import json

import pytest

from catalog.exchange.catalog_file import parse
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.load import load_files
from catalog.models import Document, Parameter
from catalog_files import SMALL, write
from other_catalogs import parsed, read

BEFORE = "required = true, minimum = 1 }"
TOO_LARGE = [
    "99999999999999999999",
    "-9223372036854775809",
    "1e999",
    "1.5e999",
    "1e999999999",
    "1e-999999999",
]
NO_NUMBERS = ["inf", "-inf", "nan"]
PLACE = "a.toml:30: family[1].model[1].parameter[1]"


@pytest.mark.parametrize("number", [*TOO_LARGE, *NO_NUMBERS])
@pytest.mark.parametrize("key", ["default", "enum", "items", "minimum", "max_items"])
def test_a_number_of_a_parameter_is_refused_with_its_place(key, number):
    value = {"enum": f"[1, {number}]", "items": f"{{ a = [{number}] }}"}.get(key, number)
    text = SMALL.replace(BEFORE, f"{key} = {value} }}")
    with pytest.raises(CatalogFileError) as caught:
        parse(text.encode(), "a.toml")
    assert str(caught.value).startswith(f"{PLACE}.{key}: ")


@pytest.mark.parametrize("number", [number for number in TOO_LARGE if number != "-9223372036854775809"])
def test_a_number_of_a_condition_is_refused(number):
    text = SMALL.replace(
        "per = 1_000_000", f"per = 1_000_000\nconditions = {{ prompt_tokens_over = {number} }}"
    )
    with pytest.raises(CatalogFileError, match="conditions"):
        parse(text.encode(), "a.toml")


@pytest.mark.parametrize("deep", ["[" * 33 + "]" * 33, "{a=" * 30 + "{b.c.d.e=1}" + "}" * 30])
def test_a_value_that_is_nested_too_deeply_is_refused(deep):
    with pytest.raises(CatalogFileError, match="nested too deeply"):
        parse(SMALL.replace(BEFORE, f"default = {deep} }}").encode(), "a.toml")


@pytest.mark.parametrize("key", ["\\ud800", "\\u0000", "\\u202e"])
def test_a_key_that_cannot_be_written_down_is_refused(key):
    row = {"action": "a", "name": "b", "default": {"@": 1}}
    model = {"model_id": "m", "parameter": [row]}
    whole = {"provider": {"slug": "a", "name": "A"}}
    whole["family"] = [{"slug": "f", "name": "F", "model": [model]}]
    with pytest.raises(CatalogFileError, match="default"):
        parse(json.dumps(whole).replace("@", key).encode(), "a.json")


@pytest.mark.django_db
def test_the_largest_and_smallest_that_are_kept_are_on_record(tmp_path):
    numbers = "[9223372036854775807, -9223372036854775807, 1e250, 0.5, 1e-250, 0e999999999]"
    load_files([write(tmp_path, SMALL.replace(BEFORE, f"enum = {numbers} }}"))])
    found = Parameter.objects.get(variant__model_id="beacon-2").enum
    assert found == [9223372036854775807, -9223372036854775807, 1e250, 0.5, 1e-250, 0]
    held = json.loads(Document.objects.get(variant__model_id="beacon-2").body)
    assert held["parameters"]["message"][0]["enum"] == found


HUGE = ["99999999999999999999", "1e400", "1e999999999", "-1e999999999", "1.5e-999999999"]


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("name", ["models-dev", "litellm", "openrouter", "genai-prices"])
def test_a_number_in_place_of_any_other_of_another_catalog_is_set_aside_or_not_read(name, number):
    """The rows around it are read; none holds the number."""
    whole = parsed(name)
    everywhere = json.dumps(_marked(whole)).replace('"@"', number)
    found = read(name, everywhere.encode())
    assert found.rows == len(found.document.models) + len(found.refused)
    for entry in found.document.models:
        assert all((price.value.amount or 0) < 10**6 for price in entry.prices)
        assert all(entry.fields.get(key, 0) < 2**31 for key in ("context_window", "max_output_tokens"))


@pytest.mark.parametrize("number", HUGE)
def test_a_range_of_tiers_is_refused_before_its_digits_are_spelt_out(number):
    tier = {"range": ["@", 128000], "input_cost_per_token": 1e-06}
    content = json.dumps({"m": {"litellm_provider": "p", "tiered_pricing": [tier]}}).replace('"@"', number)
    (one,) = read("litellm", content.encode()).refused
    assert "range" in one.reason


def test_a_tier_of_any_number_of_digits_is_read_or_not():
    for count in (30, 5_000):
        key = f"input_cost_per_token_above_{'9' * count}k_tokens"
        found = read("litellm", {"m": {"litellm_provider": "p", key: 1e-06}})
        assert found.rows == len(found.document.models) + len(found.refused)


def _marked(value):
    """The same with a mark in place of every number."""
    if isinstance(value, dict):
        return {key: _marked(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_marked(inner) for inner in value]
    return "@" if isinstance(value, int | float) and not isinstance(value, bool) else value

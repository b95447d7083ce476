"""A broken file is refused with its name, the line and the reason; a whole one is read to the last value."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from catalog.exchange.catalog_file import parse
from catalog.exchange.file_table import CatalogFileError
from catalog.pricing.units import METERS
from catalog_files import SMALL


def refused(text: str | bytes, file: str = "a.toml") -> str:
    """The message a file is refused with."""
    with pytest.raises(CatalogFileError) as caught:
        parse(text if isinstance(text, bytes) else text.encode(), file)
    return str(caught.value)


def changed(before: str, after: str) -> str:
    """The message the small file is refused with after a change."""
    assert SMALL.count(before) == 1, before
    return refused(SMALL.replace(before, after))


def test_a_whole_file_is_read_to_the_last_value():
    found = parse(SMALL.encode(), "a.toml")
    model = found.models[0]
    assert [entry.slug for entry in found.providers] == ["example-labs"]
    assert [entry.model_id for entry in found.models] == ["beacon-2", "beacon-1"]
    assert model.fields["slug"] == "2"
    assert model.fields["released_on"] == date(2026, 3, 1)
    assert model.groups["aliases"] == [{"alias_id": "beacon-latest"}]
    assert model.groups["endpoints"][0]["path"] == "/v1/messages"
    price = model.prices[0]
    assert (price.value.amount, price.value.state, price.value.per) == (Decimal("1.875"), "known", 1_000_000)
    assert price.effective_from == datetime(2026, 1, 1, tzinfo=UTC)
    assert found.models[1].replacement == "beacon-2"
    assert "context_window" not in found.models[1].fields


@pytest.mark.parametrize("meter", METERS)
def test_a_unit_that_is_left_out_is_the_usual_one_of_the_meter(meter):
    text = SMALL.replace('meter = "input_tokens"\nper = 1_000_000', f'meter = "{meter}"')
    (price,) = parse(text.encode(), "a.toml").models[0].prices
    assert (price.value.meter, price.value.per) == (meter, METERS[meter].per)


def test_json_of_the_same_shape_is_read_the_same():
    twin = {
        "provider": {"slug": "example-labs", "name": "Example Labs"},
        "family": [
            {
                "slug": "beacon",
                "name": "Beacon",
                "model": [
                    {
                        "model_id": "beacon-2",
                        "released_on": "2026-03-01",
                        "price": [
                            {
                                "kind": "sell",
                                "meter": "input_tokens",
                                "per": 1_000_000,
                                "amount": "1.875",
                                "effective_from": "2026-01-01T00:00:00Z",
                            }
                        ],
                    }
                ],
            }
        ],
    }
    model = parse(json.dumps(twin).encode(), "a.json").models[0]
    assert model.fields["released_on"] == date(2026, 3, 1)
    assert model.prices[0].value.amount == Decimal("1.875")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            'amount = "1.875"',
            'amount = "1,875"',
            "a.toml:37: family[1].model[1].price[1].amount: '1,875' is not an",
        ),
        ('amount = "1.875"', "amount = -1", "-1 is negative"),
        ('amount = "1.875"', "amount = nan", "is not an amount"),
        ('amount = "1.875"', 'amount = "0"', 'state = "free" goes with amount = "0"'),
        ('amount = "1.875"', 'amount = "0.0000000001"', "never rounded silently"),
        ('amount = "1.875"', "", "a.toml:33: family[1].model[1].price[1]: 'amount' is missing"),
        ("per = 1_000_000", "per = 3", "per 3 is not a power of ten"),
        ('meter = "input_tokens"', 'meter = "input_token"', "did you mean 'input_tokens'?"),
        ('kind = "sell"', 'kind = "cell"', "did you mean 'sell'?"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00", "is not an instant from 1990 to 2099 with a zone"),
        ('model_id = "beacon-2"', 'model_id = "bea con"', "is not a model ID"),
        ('model_id = "beacon-2"', 'model_id = "a/../b"', "holds a path step"),
        ('model_id = "beacon-2"', 'model_id = "\\u202ebeacon"', "a mark that reorders"),
        ('name = "Beacon 2"', 'name = "Bea\\u202econ"', "a mark that reorders what is read"),
        ('name = "Beacon 2"', 'name = "Bea\\u0000con"', "control character U+0000"),
        ('name = "Beacon 2"', 'name = ""', "is not a text"),
        ('name = "Beacon 2"', 'nam = "Beacon 2"', "a.toml:18: family[1].model[1].nam: the key is not known"),
        (
            "context_window = 200000",
            "context_window = 0",
            "a.toml:22: family[1].model[1].context_window: 0 is not",
        ),
        ("context_window = 200000", 'context_window = "200k"', "is not a whole number"),
        ("context_window = 200000", "context_window = 2e5", "is not a whole number"),
        ("released_on = 2026-03-01", 'released_on = "2026-02-30"', "is not a date"),
        (
            "released_on = 2026-03-01",
            'knowledge_cutoff = "2026-02-30"',
            "knowledge_cutoff: '2026-02-30' is neither a month (2025-01) nor a day (2025-01-31)",
        ),
        ('capabilities = ["streaming"]', 'capabilities = ["streming"]', "did you mean 'streaming'?"),
        ('endpoints = ["POST /v1/messages"]', 'endpoints = ["POST /v2"]', "is not an endpoint of the family"),
        (
            'url = "https://labs.example/models"',
            'url = "javascript:alert(1)"',
            "is not an http or https address",
        ),
        (
            "required = true, minimum = 1 }",
            'required = "yes" }',
            "a.toml:30: family[1].model[1].parameter[1].required",
        ),
        ('slug = "beacon"', 'slug = "Bea con"', "is not a slug"),
        ('protocol = "anthropic-messages"', 'protocol = "grpc"', "use one of anthropic-messages"),
        ('[provider]\nslug = "example-labs"', "[provider]", "a.toml:2: provider: 'slug' is missing"),
        ("[[family]]", "[family]", "is not a list of tables"),
    ],
)
def test_a_wrong_value_is_refused_with_its_line_and_what_is_right(before, after, message):
    assert message in changed(before, after)


def test_syntax_is_refused_with_its_line():
    assert refused('[provider]\nslug = "a"\nname = ').startswith("a.toml:3: is not TOML")
    assert refused('{\n"a": 1,\n}', "a.json").startswith("a.json:3: is not JSON")
    assert refused('[provider]\nslug = "a"\nslug = "b"').startswith("a.toml:3: is not TOML")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '"x"',
        "123",
        "{",
        '{"a":1,"a":2}',
        "\ufeff{}",
        '{"a":NaN}',
        '{"a":Infinity}',
        '{"a":1e999}',
        '{"a":' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"a":' * 5000 + "1" + "}" * 5000,
        '{"__proto__":{}}',
        '{"a":"\\ud800"}',
        '{"a":"\\u0000"}',
        '{"models":[1]}',
        '{"provider": {"slug": "\\ud800", "name": "x"}}',
        '{"provider": {"slug": "a", "name": 1e999}}',
        "// comment\n{}",
        "{'a':1}",
        '{"a":1,}',
        "<html>502 Bad Gateway</html>",
    ],
)
def test_hostile_json_is_refused_with_file_line_and_reason(text):
    file, line, reason = refused(text, "a.json").split(":", 2)
    assert file == "a.json"
    assert int(line) >= 1
    assert reason.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = 1\na = 2",
        "\ufeff[provider]",
        "a = nan",
        "a = inf",
        "a = 1e999999999",
        "a = " + "9" * 5000,
        "a = " + "[" * 100_000,
        "a = " + "{a=" * 5000,
        "[__proto__]",
        'a = "\\ud800"',
        'a = "\\u0000"',
        'a = "\0"',
        "models = [1]",
        "provider = 1",
        "family = {}",
        '[provider]\nslug="a"\nname="b"\n[family]\nslug="c"',
        "// comment",
        "<html>502 Bad Gateway</html>",
        b"\xff\xfe[\0p\0",
        b'[provider]\nslug = "\xc3\x28"',
    ],
)
def test_hostile_toml_is_refused_with_file_line_and_reason(text):
    file, line, reason = refused(text).split(":", 2)
    assert file == "a.toml"
    assert int(line) >= 1
    assert reason.strip()

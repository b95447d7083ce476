"""The page on catalog files says of every key what the reader does with it."""

import json
import tomllib
from copy import deepcopy
from decimal import Decimal

import pytest

import docs_source
from catalog.exchange import catalog_file
from catalog.exchange.child_rows import TYPES
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.pricing.units import METERS
from catalog.vocabulary import CAPABILITIES, Lifecycle, Modality, PriceState, Protocol, TaskType

PAGE = "catalog-files"
SOURCE = {"url": "https://labs.example/models", "label": "Model list", "checked_on": "2026-11-22"}
CLAIM = {"text": "Half of the list price", "source": "https://labs.example/pricing"}
WHOLE = {
    "provider": {"slug": "labs", "name": "Labs", "url": "https://labs.example/", "source": SOURCE},
    "family": [
        {
            "slug": "beacon",
            "name": "Beacon",
            "source": SOURCE,
            "price_claim": CLAIM,
            "best_for": [{"title": "Agents", "body": "Calls.", "rests_on": "tool_call"}],
            "endpoint": [{"method": "POST", "path": "/v1/messages", "protocol": "anthropic-messages"}],
            "model": [
                {
                    "model_id": "beacon-2",
                    "endpoints": ["POST /v1/messages"],
                    "price_claim": CLAIM,
                    "sources": [{"fields": ["name"], **SOURCE}],
                    "best_for": [{"title": "Signals", "body": "Short texts."}],
                    "faq": [{"question": "Why?", "answer": "Because."}],
                    "parameter": [{"action": "message", "name": "max_tokens"}],
                    "rule": [{"action": "message", "when": {"max_tokens": 1}, "required": ["top_p"]}],
                    "price": [
                        {
                            "kind": "sell",
                            "meter": "input_tokens",
                            "per": 1_000_000,
                            "amount": "1.875",
                            "effective_from": "2026-11-22T00:00:00Z",
                            "source": SOURCE,
                        }
                    ],
                }
            ],
        }
    ],
}
MODEL = ("family", "model")
PLACES = {
    "Provider": ("provider",),
    "Family": ("family",),
    "Best for": ("family", "best_for"),
    "Endpoints": ("family", "endpoint"),
    "Model": MODEL,
    "Prices": (*MODEL, "price"),
    "Parameters": (*MODEL, "parameter"),
    "Rules": (*MODEL, "rule"),
    "Sources": ("provider", "source"),
}
"""Heading of the page -> the table of a file that it describes."""
BELOW = {"endpoint", "model", "price", "parameter", "rule", "best_for", "faq"}
"""Tables within tables: the page gives those a heading or a row of their own."""


def parse(content):
    return catalog_file.parse(json.dumps(content).encode(), "labs.json")


@pytest.fixture
def taken(monkeypatch):
    """Place of a table -> the keys that its reader asks for."""
    found, finish = {}, FileTable.finish

    def recorded(table):
        place = tuple(step for step in table.path if isinstance(step, str))
        found.setdefault(place, set()).update(table.taken)
        finish(table)

    monkeypatch.setattr(FileTable, "finish", recorded)
    parse(WHOLE)
    return found


def documented(heading):
    """Key -> what the column "Required" says."""
    rows = docs_source.table(PAGE, heading)
    return {key: row[1] for row in rows for key in docs_source.words(row[0])}


@pytest.mark.parametrize("heading", PLACES)
def test_the_keys_of_a_table_are_those_that_the_reader_takes(taken, heading):
    keys = taken[PLACES[heading]] - (BELOW - {"best_for", "faq"} if heading != "Rules" else set())
    assert set(documented(heading)) == keys


@pytest.mark.parametrize("heading", PLACES)
def test_a_key_is_required_exactly_where_the_page_says_so(heading):
    for key, said in documented(heading).items():
        content = deepcopy(WHOLE)
        at = content
        for step in PLACES[heading]:
            at = at[step][0] if isinstance(at[step], list) else at[step]
        if key not in at:
            assert said != "yes", f"{heading}: {key} is required and the example has none"
            continue
        del at[key]
        if key == "endpoint":
            continue
        if said in ("yes", "where the state is known"):
            with pytest.raises(CatalogFileError, match=key):
                parse(content)
        else:
            parse(content)


def test_lists_of_a_model_are_described_by_the_keys_of_their_rows(taken):
    rows = {key: row for row in docs_source.table(PAGE, "Model") for key in docs_source.words(row[0])}
    for key in ("sources", "best_for", "faq"):
        named = next(span for span in docs_source.words(rows[key][2]) if span.startswith("{"))
        assert {word.strip() for word in named.strip("{} ").split(",")} == taken[*MODEL, key]
    assert taken["family", "price_claim"] == {"text", "source"}
    assert "{ text, source }" in docs_source.pages()[PAGE]


@pytest.mark.parametrize(
    ("start", "known"),
    [("Capabilities", CAPABILITIES), ("Meters", METERS)],
)
def test_a_list_of_words_is_the_vocabulary(start, known):
    line = next(line for line in docs_source.pages()[PAGE].splitlines() if line.startswith(f"{start}: "))
    assert docs_source.words(line) == list(known)


def test_words_in_tables_are_the_vocabularies():
    assert [
        docs_source.words(row[0])[0] for row in docs_source.tables(docs_source.section(PAGE, "Endpoints"))[1]
    ] == (Protocol.values)
    meaning = {
        (heading, key): docs_source.words(row[2])
        for heading in PLACES
        for row in docs_source.table(PAGE, heading)
        for key in docs_source.words(row[0])
    }
    assert meaning["Family", "modality"] == Modality.values
    assert meaning["Model", "task_type"] == TaskType.values
    assert meaning["Model", "lifecycle"] == Lifecycle.values
    assert meaning["Prices", "state"] == PriceState.values
    assert meaning["Parameters", "type"] == list(TYPES)
    assert meaning["Endpoints", "method"] == ["POST", "GET"]


def test_the_whole_file_of_the_page_reads_the_same_as_json():
    code = docs_source.codes("toml")[0]
    values = tomllib.loads(code.text, parse_float=Decimal)
    from_toml = catalog_file.parse(code.text.encode(), "labs.toml")
    from_json = catalog_file.parse(json.dumps(values, default=_json).encode(), "labs.json")
    for document in (from_toml, from_json):
        (model,) = document.models
        assert (model.model_id, model.fields["context_window"]) == ("beacon-2", 200_000)
        assert [(row.value.amount, row.value.per) for row in model.prices] == [(Decimal("1.875"), 1_000_000)]
    assert from_toml.models[0].groups == from_json.models[0].groups
    assert from_toml.models[0].fields == from_json.models[0].fields


def _json(value):
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else str(value)


def test_lists_may_be_written_inline_as_the_page_says():
    inline = 'parameter = [ { action = "message", name = "max_tokens", required = true } ]'
    assert "parameter = [" in docs_source.pages()[PAGE]
    head = '[provider]\nslug = "labs"\nname = "Labs"\n[[family]]\nslug = "beacon"\nname = "Beacon"\n'
    model = '[[family.model]]\nmodel_id = "beacon-2"\n'
    apart = '[[family.model.parameter]]\naction = "message"\nname = "max_tokens"\nrequired = true\n'
    one, other = (
        catalog_file.parse(f"{head}{model}{text}".encode(), "labs.toml").models[0].groups["parameters"]
        for text in (inline, apart)
    )
    assert one == other


def test_a_price_may_end_and_a_free_one_needs_no_amount():
    content = deepcopy(WHOLE)
    price = content["family"][0]["model"][0]["price"][0]
    price |= {"effective_until": "2026-12-01T00:00:00Z", "state": "free"}
    del price["amount"]
    (row,) = parse(content).models[0].prices
    assert (row.value.amount, row.effective_until.isoformat()) == (Decimal(0), "2026-12-01T00:00:00+00:00")

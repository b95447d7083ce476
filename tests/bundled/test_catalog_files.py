"""The bundled catalog is whole, sourced, and comes out of the database as it went in."""

from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import call_command

from catalog.exchange import catalog_file
from catalog.exchange.file_promises import FILE
from catalog.exchange.load import bundled_files, load_bundled
from catalog.models import Family, Price, Provider, Variant
from catalog.records.end_of_life import GOVERNED

# Each statement about an end of life is a row with its source.
NOT_SOURCED = {"slug", "position", "price_claim", "price_claim_source", "end_of_life"}
UNDATED = ("undated", "read 20")
"""In labels of sources whose day of reading nobody knows exactly."""


@pytest.fixture(scope="module")
def document():
    """The files, read."""
    return catalog_file.read(bundled_files())


def test_every_provider_family_and_model_is_there(document):
    # 26 providers are known by name; one stands for the family whose provider nobody states.
    assert (len(document.providers), len(document.families), len(document.models)) == (27, 50, 238)
    prices = Counter(price.value.kind for model in document.models for price in model.prices)
    assert prices == {"sell": 411, "list": 889}


def test_each_value_has_its_source(document):
    for model in document.models:
        sourced = {field for source in model.groups["sources"] for field in source["fields"]}
        statements = model.fields.get("end_of_life", [])
        assert all(row["source_label"] and row["read_on"] for row in statements), model.model_id
        # What statements decide has their sources.
        sourced |= {"end_of_life", *(GOVERNED if statements else ())}
        stated = {name for name, value in model.fields.items() if value is not None} - NOT_SOURCED
        stated |= {name for name in ("aliases", "endpoints", "parameters") if model.groups.get(name)}
        assert not stated - sourced, model.model_id
        for price in model.prices:
            is_dated = price.checked_on or any(words in price.source_label for words in UNDATED)
            assert price.source_label, model.model_id
            assert is_dated, model.model_id


def test_nothing_unknown_is_written_as_zero(document):
    for model in document.models:
        assert all(
            value is False or value not in ("", 0, [])
            for name, value in model.fields.items()
            if name != "position"
        )
        assert all(price.value.amount for price in model.prices if price.value.state == "known")


def test_one_file_holds_one_provider(document):
    first, *others = bundled_files()
    assert first.stem == FILE
    assert [path.stem for path in others] == [entry.slug for entry in document.providers]


@pytest.mark.django_db
def test_the_database_holds_what_the_files_say(document):
    assert (Provider.objects.count(), Family.objects.count(), Variant.objects.count()) == (27, 50, 238)
    amounts = sorted(price.value.amount for model in document.models for price in model.prices)
    assert sorted(Price.objects.values_list("amount", flat=True)) == amounts
    seed = Price.objects.filter(variant__model_id="claude-sonnet-4-5-20250929", kind="sell")
    assert dict(seed.values_list("meter", "amount")) == {
        "input_tokens": Decimal("1.5"),
        "output_tokens": Decimal("7.5"),
        "cache_read_tokens": Decimal("0.15"),
        "cache_write_5m_tokens": Decimal("1.88"),
    }


@pytest.mark.django_db
def test_loading_it_again_finds_nothing_to_do():
    again = load_bundled()
    assert again.revision is None
    assert again.plan.lines == []
    # No source says what a batch of long prompts costs: the plan asks, and a quote gives no total.
    assert [line.said for line in again.plan.warnings if " tie: " not in line.said] == []


@pytest.mark.django_db
def test_exported_it_is_the_same_to_the_byte(tmp_path):
    call_command("export_catalog", str(tmp_path))
    for path in bundled_files():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name

"""Days of retirement in other catalogs come in as statements about a platform, and take nothing away."""

import json
from datetime import date

import pytest

from catalog.exchange.foreign_endings import platform_of
from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.models import Variant
from catalog.publishing.publish import publish
from catalog.search import lookup
from catalog.search.successors import successors
from catalog.vocabulary import Origin
from other_catalogs import AT, model, read
from rows import a_variant

DAY = "2026-12-15"


def row_of(provider, key="m1", **stated):
    row = {"litellm_provider": provider, "mode": "chat", "input_cost_per_token": 1e-06, **stated}
    (entry,) = read("litellm", {key: {"deprecation_date": DAY, **row}}).document.models
    return entry.fields


@pytest.mark.parametrize(
    ("provider", "platform"),
    [
        ("openai", "vendor"),
        ("gemini", "vendor"),
        ("vertex_ai-language-models", "vertex"),
        ("bedrock_converse", "bedrock"),
        ("azure_ai", "azure"),
        ("together_ai", "other: together_ai"),
    ],
)
def test_each_of_litellms_providers_is_a_platform(provider, platform):
    assert platform_of(provider) == platform


def test_the_day_of_a_vendor_is_a_statement_that_governs():
    fields = row_of(
        "xai",
        "xai/m1",
        successor_model="xai/m2",
        deprecation_source="https://docs.x.ai/migration",
    )
    assert fields["end_of_life"] == [
        {
            "platform": "vendor",
            "retires_on": DAY,
            "firmness": "committed",
            "replacements": ["xai/m2"],
            "source": "https://docs.x.ai/migration",
            "source_label": "LiteLLM",
            "read_on": "2026-11-20",
            "trust": "aggregator",
        }
    ]
    assert fields["retires_on"] == date(2026, 12, 15)


def test_a_bare_gemini_key_is_vertex_and_its_day_is_the_earliest_and_no_day_of_the_model():
    fields = row_of("vertex_ai-language-models", "gemini-9-flash")
    assert fields["end_of_life"][0]["platform"] == "vertex"
    assert fields["end_of_life"][0]["firmness"] == "earliest"
    assert not {"retires_on", "retires_not_before"} & fields.keys()


def test_a_key_of_the_gemini_api_is_the_vendors_and_never_retires():
    fields = row_of("gemini", "gemini/gemini-9-flash")
    assert fields["retires_not_before"] == date(2026, 12, 15)
    assert "retires_on" not in fields


def test_a_gateways_day_is_shown_and_decides_nothing():
    fields = row_of("groq", "groq/m1")
    assert fields["end_of_life"][0]["platform"] == "other: groq"
    assert "retires_on" not in fields


def test_an_address_with_braces_does_not_set_the_row_aside():
    fields = row_of("azure", "azure/m1", deprecation_source="https://a.example/{id}/x y")
    assert fields["end_of_life"][0]["source"].startswith("https://")


def test_openrouters_day_is_that_of_another_gateway():
    spring = model(read("openrouter"), "openrouter/dots-studio/dots-3-note-preview:free")
    (row,) = spring.fields["end_of_life"]
    assert (row["platform"], row["retires_on"]) == ("other: openrouter", "2026-09-30")


VENDOR = {
    "platform": "vendor",
    "retires_on": "2027-06-01",
    "firmness": "committed",
    "source_label": "Labs: retirements",
    "trust": "vendor",
}


def imported(**stated):
    row = {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06, **stated}
    scope = ImportScope("litellm", "models", provider="openai")
    content = json.dumps({"testfam-old": {"deprecation_date": DAY, **row}}).encode()
    load_plan = prepare(scope, content, "litellm.json", AT)
    carry_out(load_plan, reason="Test")
    return load_plan


@pytest.mark.django_db
class TestOnRecord:
    def test_a_vendors_statement_stays_and_governs(self):
        a_variant("testfam-old", end_of_life=[VENDOR], retires_on=date(2027, 6, 1))
        imported()
        variant = Variant.objects.get(model_id="testfam-old")
        assert variant.retires_on == date(2027, 6, 1)
        assert [row["source_label"] for row in variant.end_of_life] == ["Labs: retirements", "LiteLLM"]
        assert imported().is_empty

    def test_a_blank_is_filled_and_moved_by_the_same_catalog(self):
        a_variant("testfam-old")
        imported()
        imported(deprecation_date="2026-12-20")
        variant = Variant.objects.get(model_id="testfam-old")
        assert variant.retires_on == date(2026, 12, 20)
        assert len(variant.end_of_life) == 1

    def test_a_day_of_no_statement_is_disputed_and_stays(self):
        a_variant("testfam-old", retires_on=date(2027, 6, 1))
        lines = imported().lines
        variant = Variant.objects.get(model_id="testfam-old")
        assert variant.retires_on == date(2027, 6, 1)
        assert any("retires_on: 2026-12-15 stands against 2027-06-01" in line.said for line in lines)

    def test_a_successor_that_is_on_record_is_followed_and_sets_nothing_aside(self):
        a_variant("testfam-new", lifecycle="active")
        a_variant("testfam-old")
        assert imported(successor_model="openai/testfam-new").refused == []
        record = lookup.by_model_id("testfam-old")
        assert successors(record, AT).living.model_id == "testfam-new"
        assert record["replacement"] == "testfam-new"
        assert imported(successor_model="openai/testfam-new").is_empty

    def test_a_model_that_is_said_to_replace_itself_does_not(self):
        a_variant("testfam-old")
        imported(successor_model="openai/testfam-old")
        assert Variant.objects.get(model_id="testfam-old").replacement is None

    def test_what_an_admin_has_set_is_left_alone(self):
        variant = a_variant("testfam-old")
        with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
            edition.change(variant, {"end_of_life": [VENDOR], "retires_on": date(2027, 6, 1)})
        imported()
        variant.refresh_from_db()
        assert variant.end_of_life == [VENDOR]
        assert variant.retires_on == date(2027, 6, 1)

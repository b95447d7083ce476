"""Importing another catalog: one transaction with a plan, and nothing to do the second time."""

import copy
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.exchange import load
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.exchange.registry import READABLE
from catalog.history.disagreements import disagreements
from catalog.history.source_claims import field_views
from catalog.models import Alias, ChangeEvent, Document, Price, SearchEntry, SourceClaim, Variant
from catalog.publishing import publish
from catalog.records.record import read_record as record_of
from catalog.vocabulary import Origin
from other_catalogs import AT, load_known_models, parsed, piece

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known_models(db):
    load_known_models()


SONNET = "claude-sonnet-4-5-20250929"
OURS = f"anthropic/{SONNET}"


def planned(name, content=None, mode="models", at=AT, **options):
    if content is None:
        content = piece(name)
    elif not isinstance(content, bytes):
        content = json.dumps(content).encode()
    return prepare(ImportScope(name, mode, **options), content, f"{name}.json", at)


def imported(name, content=None, **options):
    found = planned(name, content, **options)
    carry_out(found, reason="Test")
    return found


def counts():
    return (
        publish.current_revision()[0],
        Variant.objects.count(),
        Price.objects.count(),
        SourceClaim.objects.count(),
        ChangeEvent.objects.count(),
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", READABLE)
def test_a_model_is_on_record_with_its_prices_its_sources_and_its_page(name, client):
    found = imported(name)
    assert found.count("new")
    assert not found.count("conflict")
    for entry in found.models:
        variant = Variant.objects.get(model_id=entry.model_id)
        record = record_of(Document.objects.get(variant=variant).body)
        stored = {(row["meter"], row["per"], row["amount"]) for row in record["prices"]}
        stated = {
            (price.meter, price.per, None if price.amount is None else f"{price.amount:f}")
            for price in (row.value for row in entry.prices)
        }
        assert {(meter, per) for meter, per, _ in stored} == {(meter, per) for meter, per, _ in stated}
        assert len(record["prices"]) == len(entry.prices)
        assert {row["kind"] for row in record["prices"]} <= {"list"}
        assert SearchEntry.objects.filter(variant=variant).exists()
        assert client.get(variant.path).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["models", "evidence"])
@pytest.mark.parametrize("name", READABLE)
def test_the_second_time_there_is_nothing_to_do(name, mode):
    imported(name)
    imported(name, mode=mode)
    before = counts()
    again = imported(name, mode=mode, at=AT + timedelta(minutes=5))
    assert again.is_empty
    assert again.lines == []
    assert counts() == before


def test_what_a_catalog_says_anew_is_a_change_and_a_successor():
    imported("litellm")
    whole = parsed("litellm")
    whole[SONNET]["max_output_tokens"] = 99_000
    whole[SONNET]["input_cost_per_token"] = 4e-06
    found = imported("litellm", whole, at=AT + timedelta(hours=1))
    said = {line.said for line in found.lines}
    assert "max_output_tokens: 64000 → 99000" in said
    variant = Variant.objects.get(model_id=OURS)
    assert variant.max_output_tokens == 99_000
    rows = variant.prices.filter(meter="input_tokens", conditions_key="{}").order_by("effective_from")
    assert [row.amount for row in rows] == [Decimal(3), Decimal(4)]
    assert rows[0].effective_until == rows[1].effective_from == AT + timedelta(hours=1)


def test_what_an_admin_set_is_left_alone_and_shown():
    imported("litellm")
    variant = Variant.objects.get(model_id=OURS)
    with publish.publish(actor=None, origin=Origin.ADMIN) as edition:
        edition.change(variant, {"context_window": 123_456})
    found = imported("litellm")
    assert [line.verb for line in found.lines] == ["conflict"]
    assert "context_window" in found.lines[0].said
    variant.refresh_from_db()
    assert variant.context_window == 123_456
    imported("litellm", force=True)
    variant.refresh_from_db()
    assert variant.context_window == 200_000


def test_a_disagreement_of_two_catalogs_is_no_change_of_price():
    imported("models-dev")
    whole = parsed("litellm")
    whole[SONNET]["input_cost_per_token"] = 9e-06
    first = Variant.objects.get(model_id=OURS) if Variant.objects.filter(model_id=OURS).exists() else None
    assert first is not None, "both pieces list it"
    before = first.prices.filter(meter="input_tokens").count()
    found = imported("litellm", whole, at=AT + timedelta(hours=1))
    conflicts = [line.said for line in found.lines if line.verb == "conflict" and line.subject == OURS]
    assert any(
        "list input_tokens: 9 USD" in said and "models.dev says otherwise" in said for said in conflicts
    )
    plain = first.prices.filter(meter="input_tokens", conditions_key="{}")
    assert [row.amount for row in plain] == [Decimal(3)]
    assert first.prices.filter(meter="input_tokens").count() > before, (
        "what models.dev does not state is added"
    )


def test_a_value_of_another_source_is_left_alone_and_a_blank_is_filled():
    imported("models-dev")
    Variant.objects.filter(model_id=OURS).update(context_window=None)
    whole = parsed("litellm")
    whole[SONNET] |= {"max_output_tokens": 32_000, "supports_function_calling": False}
    found = imported("litellm", whole)
    variant = Variant.objects.get(model_id=OURS)
    assert variant.max_output_tokens == 64_000
    assert variant.context_window == 200_000
    assert "tool_call" in variant.capabilities
    said = [line.said for line in found.lines if line.verb == "conflict" and line.subject == OURS]
    assert "max_output_tokens: 32000 stands against 64000, from models.dev" in said
    assert "capabilities: no tool_call stands against models.dev: not known until they agree" in said


def test_a_value_cites_the_catalog_that_set_it():
    imported("models-dev")
    imported("litellm")
    views = {view.field: view for view in views_of(OURS)}
    assert views["knowledge_cutoff"].source == "models.dev"
    assert views["retires_on"].source == "LiteLLM"
    assert views["retires_on"].source_url.startswith("https://github.com/BerriAI/")


def test_an_id_listed_twice_with_other_facts_is_set_aside():
    found = planned("litellm")
    assert any("listed twice with different facts" in one.reason for one in found.refused)
    assert found.rows == len(found.models) + len(found.refused)


def test_an_id_that_is_an_alias_here_is_set_aside():
    Alias.objects.create(variant=Variant.objects.get(model_id=SONNET), alias_id=OURS)
    found = imported("litellm")
    assert any(one.reason.endswith(f"{OURS} is an alias of {SONNET} on record") for one in found.refused)
    assert not Variant.objects.filter(model_id=OURS).exists()


def test_one_provider_keeps_its_bare_ids_and_the_family_on_record():
    before = Variant.objects.get(model_id=SONNET)
    found = imported("litellm", provider="anthropic")
    after = Variant.objects.get(model_id=SONNET)
    assert (after.family_id, after.slug) == (before.family_id, before.slug)
    assert not any(
        line.subject == SONNET and line.verb == "new" for line in found.lines if "added" in line.said
    )


def test_evidence_is_matched_by_exact_id_or_alias_and_never_by_guess():
    found = imported("litellm", mode="evidence")
    assert set(found.names.values()) == {SONNET, "gemini-2.5-pro"}
    assert "deepseek/deepseek-chat" in found.unmatched
    before = Variant.objects.count()
    Alias.objects.create(
        variant=Variant.objects.get(model_id="claude-opus-4-8"),
        alias_id="openrouter/anthropic/claude-sonnet-4.5",
    )
    other = imported("openrouter", mode="evidence")
    assert set(other.names.values()) == {"claude-opus-4-8"}
    assert Variant.objects.count() == before


def test_evidence_changes_nothing_that_is_shown():
    body = Document.objects.get(variant__model_id=SONNET).body
    imported("litellm", mode="evidence")
    assert Document.objects.get(variant__model_id=SONNET).body == body


def test_evidence_follows_its_catalog_word_by_word():
    imported("litellm", mode="evidence")
    whole = parsed("litellm")
    whole[SONNET]["max_output_tokens"] = 1
    del whole[SONNET]["supports_vision"]
    found = imported("litellm", whole, mode="evidence")
    assert sorted(line.said.partition(" (")[0] for line in found.lines) == [
        "capabilities.vision: yes is not said any more",
        "max_output_tokens: 64000 → 1",
    ]
    claims = SourceClaim.objects.filter(variant__model_id=SONNET)
    assert claims.get(field="max_output_tokens").value == 1
    assert not claims.filter(field="capabilities.vision").exists()
    later = imported("litellm", whole, mode="evidence", at=AT + timedelta(days=1))
    assert (len(later.lines), later.unchanged) == (0, 0)
    assert claims.get(field="max_output_tokens").as_of == (AT + timedelta(days=1)).date()


def test_where_sources_disagree_it_is_said_which_is_shown_and_why():
    whole = parsed("litellm")
    whole[SONNET] |= {"max_output_tokens": 32_000, "input_cost_per_token": 3.3e-06}
    imported("litellm", whole, mode="evidence")
    views = {view.field: view for view in views_of(SONNET)}
    limit = views["max_output_tokens"]
    assert (limit.shown, limit.disagrees, limit.says[0].value) == (64_000, True, 32_000)
    assert limit.says[0].apart == Decimal(50)
    assert limit.why
    assert not views["context_window"].disagrees
    price = views["prices.list.input_tokens"]
    assert (price.shown["amount"], price.says[0].value["amount"], price.disagrees) == ("3", "3.3", True)
    found = {one.field: one.saying.apart for one in disagreements(AT)}
    assert found["prices.list.input_tokens"] == Decimal(10)
    assert found["max_output_tokens"] == Decimal(50)
    assert "context_window" not in found


def test_a_disagreement_of_one_per_cent_is_not_listed():
    whole = parsed("litellm")
    whole[SONNET] |= {"max_output_tokens": 64_640}
    imported("litellm", whole, mode="evidence")
    assert "max_output_tokens" not in {one.field for one in disagreements(AT)}


def test_a_plan_that_has_become_another_is_not_carried_out():
    found = planned("litellm")
    imported("litellm")
    before = counts()
    with pytest.raises(CatalogFileError, match="has changed since the plan was made"):
        carry_out(found, reason="Late")
    assert counts() == before


def test_an_import_that_fails_at_the_end_leaves_nothing(monkeypatch):
    before = counts()
    monkeypatch.setattr(load.publish.build_records, "rebuild", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported("models-dev")
    assert counts() == before


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["models", "evidence"])
def test_the_queries_do_not_grow_with_the_rows(mode):
    def queries(rows, at):
        content = {
            f"m{at}-{number}": {
                "litellm_provider": f"p{at}",
                "input_cost_per_token": 1e-06,
                "max_input_tokens": 9,
            }
            for number in range(rows)
        }
        imported("litellm", content)
        for row in content.values():
            row |= {"max_input_tokens": 10, "input_cost_per_token": 2e-06}
        with CaptureQueriesContext(
            connection,
        ) as found:
            imported("litellm", content, mode=mode, at=AT + timedelta(hours=1))
        return len(found)

    few = queries(3, 1)
    assert queries(150, 2) <= few + 6


def views_of(model_id):
    record = record_of(Document.objects.get(variant__model_id=model_id).body)
    return field_views(copy.deepcopy(record), AT + timedelta(days=1))

"""The models of the API, over the whole bundled catalog."""

from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from api.schemas import FullModel, ModelList, PriceList
from catalog.models import Price, Provider, Variant
from catalog.publishing.publish import publish
from catalog.snippets import LANGUAGES
from catalog.snippets.options import OPTIONS
from catalog.vocabulary import Origin, Protocol
from small import TOKENS, TOKENS_ALIAS, UNKNOWN_KIND

pytestmark = [pytest.mark.django_db, pytest.mark.writes]


def get(client, address, **headers):
    return client.get(address, headers=headers)


def test_every_model_is_listed_once_over_the_pages(client):
    seen, address = [], "/api/v1/models?limit=100"
    while address:
        body = get(client, address).json()
        seen += [item["model_id"] for item in body["items"]]
        assert body["count"] == Variant.objects.served(timezone.now()).count()
        address = body["next"] and urlsplit(body["next"])._replace(scheme="", netloc="").geturl()
    served = Variant.objects.served(timezone.now())
    assert sorted(seen) == sorted(served.values_list("model_id", flat=True))


def test_what_is_retired_is_listed_where_it_is_asked_for(client):
    def listed(query):
        items = get(client, f"/api/v1/models?limit=1000&{query}").json()["items"]
        return {item["model_id"]: item for item in items}

    everything, retired = listed("retired=true"), listed("lifecycle=retired")
    assert len(everything) == Variant.objects.count()
    assert retired
    assert all(item["lifecycle"] == "retired" for item in retired.values())
    assert everything.keys() - listed("").keys() == retired.keys()
    gone = next(iter(retired))
    assert listed(f"q={gone}").keys() & retired.keys() == set()
    assert gone in listed(f"q={gone}&retired=true")
    record = get(client, f"/api/v1/models/{gone}").json()
    assert record["lifecycle"] == "retired"


def test_the_list_fits_the_schema_it_states(client):
    ModelList.model_validate(get(client, "/api/v1/models?limit=1000&facets=true").json())


def test_a_capability_is_yes_no_or_absent_and_what_cannot_apply_is_named(client):
    with publish(actor=None, origin=Origin.ADMIN, reason="Denied") as edition:
        edition.change(Variant.objects.get(model_id=TOKENS), {"lacks": ["computer_use"]})
    model = get(client, f"/api/v1/models/{TOKENS}").json()
    assert model["capability_values"]["computer_use"] is False
    assert {word for word, yes in model["capability_values"].items() if yes} == {*model["capabilities"]}
    assert "computer_use" not in model["capabilities"]
    media = get(client, "/api/v1/models?modality=image&limit=1").json()["items"][0]
    assert {"context_window", "max_output_tokens"} <= {*media["does_not_apply"]}
    assert media["context_window"] is None


def test_every_model_in_full_fits_the_schema_it_states(client):
    for model_id in Variant.objects.values_list("model_id", flat=True):
        answer = get(client, f"/api/v1/models/{model_id}")
        assert answer.status_code == 200, model_id
        FullModel.model_validate(answer.json())


def test_the_number_of_queries_does_not_grow_with_the_list(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        get(client, "/api/v1/models?limit=1")
    with django_assert_max_num_queries(8):
        get(client, "/api/v1/models?limit=1000")


def test_the_seed_model_says_what_it_costs_as_exact_strings(client):
    prices = get(client, f"/api/v1/models/{TOKENS}/prices").json()["items"]
    plain = {(row["kind"], row["meter"]): row["amount"] for row in prices if not row["conditions"]}
    assert plain["sell", "input_tokens"] == "1.5"
    assert plain["sell", "output_tokens"] == "7.5"
    assert plain["sell", "cache_read_tokens"] == "0.15"
    assert plain["sell", "cache_write_5m_tokens"] == "1.88"
    assert plain["list", "input_tokens"] == "3"
    assert {row["unit"] for row in prices} == {"1M tokens"}


def test_an_alias_answers_as_its_model_and_says_what_was_asked(client):
    body = get(client, f"/api/v1/models/{TOKENS_ALIAS}").json()
    assert body["model_id"] == TOKENS
    assert body["requested_id"] == TOKENS_ALIAS
    assert body["alias_of"] == TOKENS
    assert get(client, f"/api/v1/models/{TOKENS}").json()["alias_of"] is None


def test_what_is_not_known_is_null_and_never_zero(client):
    body = get(client, f"/api/v1/models/{UNKNOWN_KIND}").json()
    for key in ("modality", "context_window", "released_on", "task_type", "knowledge_cutoff"):
        assert body[key] is None, key
    assert body["prices"] == []
    assert "nothing of" in body["overview"]


def test_prices_as_of_a_day_before_they_were_seen_are_not_published(client):
    body = get(client, f"/api/v1/models/{TOKENS}/prices?at=2020-01-01").json()
    assert body["items"] == []
    assert body["at"] == "2020-01-01T00:00:00Z"


def test_history_gives_every_row(client):
    body = get(client, f"/api/v1/models/{TOKENS}/prices?history=true").json()
    PriceList.model_validate(body)
    assert body["count"] == Price.objects.filter(variant__model_id=TOKENS).count()


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("modality=image", lambda item: item["modality"] == "image"),
        ("provider=arbor", lambda item: item["provider"]["slug"] == "arbor"),
        ("family=oriel&family=linden", lambda item: item["family"]["slug"] in ("oriel", "linden")),
        ("lifecycle=retired", lambda item: item["lifecycle"] == "retired"),
        (
            "capability=tool_call&capability=reasoning",
            lambda item: {"tool_call", "reasoning"} <= {*item["capabilities"]},
        ),
        ("protocol=task", lambda item: any(row["protocol"] == "task" for row in item["endpoints"])),
        ("min_context=1000000", lambda item: item["context_window"] >= 1_000_000),
        ("released_after=2026-01-01", lambda item: item["released_on"] > "2026-01-01"),
        ("priced=true", lambda item: any(row["kind"] == "sell" for row in item["prices"])),
        ("q=ballad+linden", lambda item: "ballad" in item["model_id"]),
        ("input_modality=file", lambda item: "file" in item["input_modalities"]),
    ],
)
def test_a_filter_keeps_exactly_what_it_says(client, query, holds):
    every = get(client, "/api/v1/models?limit=1000&retired=true").json()["items"]
    kept = get(client, f"/api/v1/models?limit=1000&{query}").json()["items"]

    def wanted(item):
        try:
            return holds(item)
        except TypeError:
            return False

    every = every if "lifecycle" in query else [item for item in every if item["lifecycle"] != "retired"]
    assert kept
    assert {item["model_id"] for item in kept} == {item["model_id"] for item in every if wanted(item)}
    assert kept


def test_models_without_a_price_come_last_in_both_directions(client):
    for sort in ("input_price", "-input_price"):
        items = get(client, f"/api/v1/models?limit=1000&sort={sort}").json()["items"]
        priced = [
            any(row["meter"] == "input_tokens" and not row["conditions"] for row in item["prices"])
            for item in items
        ]
        assert priced == sorted(priced, reverse=True)


def test_facets_count_the_selected_models(client):
    body = get(client, "/api/v1/models?facets=true&limit=1&modality=image").json()
    providers = {row["value"]: row["count"] for row in body["facets"]["provider"]}
    assert sum(providers.values()) == body["count"]
    modalities = {row["value"] for row in body["facets"]["modality"]}
    assert {"text", "image", "video", "audio"} <= modalities


@pytest.mark.parametrize(
    ("word", "known"), [("protocol", Protocol.values), ("language", LANGUAGES), ("option", OPTIONS)]
)
def test_an_unknown_kind_of_snippet_is_refused_by_name_with_those_that_there_are(client, word, known):
    answer = client.get(f"/api/v1/models/{TOKENS}/snippets", {word: "Cobol"})
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["loc"]) == (422, f"query.{word}")
    assert [one for one in known if f"'{one}'" not in fault["msg"]] == []
    for one in known:
        assert client.get(f"/api/v1/models/{TOKENS}/snippets", {word: one}).status_code == 200


def test_snippets_are_given_per_language_and_protocol(client):
    items = get(client, f"/api/v1/models/{TOKENS}/snippets?language=curl").json()["items"]
    assert {item["protocol"] for item in items} >= {"anthropic-messages", "openai-chat"}
    assert all(TOKENS in item["code"] and item["language"] == "curl" for item in items)


def test_an_option_that_only_some_languages_have_is_given_in_those(client):
    address = f"/api/v1/models/{TOKENS}/snippets"
    items = get(client, f"{address}?option=async").json()["items"]
    assert {item["language"] for item in items} == {"python"}
    assert len(items) > 2
    assert get(client, f"{address}?option=async&language=go").json()["items"] == []


def test_providers_and_families_are_listed_with_their_models(client):
    body = get(client, "/api/v1/providers?limit=1000").json()
    assert body["count"] == Provider.objects.count()
    served = Variant.objects.served(timezone.now()).count()
    assert sum(item["model_count"] for item in body["items"]) == served
    assert sum(item["retired_count"] for item in body["items"]) == Variant.objects.count() - served > 0
    linden = get(client, "/api/v1/families/linden").json()
    assert TOKENS in linden["models"]
    assert get(client, "/api/v1/providers/arbor").json()["families"] == [{"slug": "linden", "name": "Linden"}]


def test_an_instant_is_read_as_a_date_or_as_an_instant_with_a_zone(client):
    assert get(client, f"/api/v1/models/{TOKENS}?at=2026-11-30").json()["lifecycle"] == "retired"
    assert get(client, f"/api/v1/models/{TOKENS}?at=2026-11-29T23:59:59Z").json()["lifecycle"] == "deprecated"
    assert get(client, f"/api/v1/models/{TOKENS}?at=2026-11-29T23:59:59").status_code == 422
    datetime.fromisoformat(get(client, f"/api/v1/models/{TOKENS}/prices").json()["at"])


@pytest.mark.parametrize(
    "path", [f"models/{TOKENS}", "models", "quote?model=x", "status", f"compare?models={TOKENS}"]
)
@pytest.mark.parametrize("at", ["0.5", "20261201", "1e9", "-1", "2026-W49-2", "2026-12", "2026-12-01 00:00Z"])
def test_a_number_is_no_instant(client, path, at):
    refused = get(client, f"/api/v1/{path}{'&' if '?' in path else '?'}at={at}")
    assert refused.status_code == 422
    (error,) = [error for error in refused.json()["errors"] if error["loc"] == "query.at"]
    assert "write 2026-11-01 or 2026-11-01T00:00:00Z" in error["msg"]


def test_a_retired_model_has_no_status(client):
    before, after = (
        get(client, f"/api/v1/models/{TOKENS}?at={day}").json() for day in ("2026-11-29", "2026-11-30")
    )
    assert (before["status"], after["status"]) == ("operational", None)

    def count(query: str) -> int:
        return get(client, f"/api/v1/models?limit=1&retired=true&{query}").json()["count"]

    assert count("") - count("lifecycle=retired") == count("status=operational")
    assert count("at=2026-11-30&status=operational") < count("at=2026-11-29&status=operational")

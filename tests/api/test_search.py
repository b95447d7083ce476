"""Search as JSON: groups with the facts that a line shows, capped, and refused where it cannot be meant."""

import pytest

from api.schemas import SearchResult
from small import TOKENS, TOKENS_PATH

pytestmark = [pytest.mark.django_db, pytest.mark.writes]
ADDRESS = "/api/v1/search"


def found(client, **query):
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    SearchResult.model_validate(response.json())
    return response.json()


def test_a_model_is_found_with_the_facts_of_its_page(client):
    body = found(client, q="linden-4-5-ballad")
    (item,) = body["groups"][0]["items"]
    assert item["id"] == TOKENS
    assert item["url"].endswith(TOKENS_PATH)
    assert item["context_window"] == 200_000
    assert item["price"] == {
        "kind": "sell",
        "meter": "input_tokens",
        "amount": "1.5",
        "currency": "USD",
        "unit": "1M tokens",
        "is_from": False,
    }


def test_what_is_no_model_has_no_facts_of_one(client):
    groups = {group["kind"]: group for group in found(client, q="video")["groups"]}
    assert list(groups) == ["model", "family", "docs"]
    for kind in ("family", "docs"):
        for item in groups[kind]["items"]:
            assert item["price"] is item["context_window"] is item["lifecycle"] is None
    assert groups["docs"]["items"][0]["detail"]
    priced = [item["price"] for item in groups["model"]["items"]]
    assert any(price and price["is_from"] for price in priced) or any(price is None for price in priced)


def test_the_limit_cuts_items_and_no_counts(client):
    all_of_it, some = found(client, q="linden", limit=100), found(client, q="linden", limit=2)
    assert [group["count"] for group in some["groups"]] == [group["count"] for group in all_of_it["groups"]]
    assert {len(group["items"]) for group in some["groups"]} <= {1, 2}
    assert some["count"] == sum(group["count"] for group in some["groups"])


def test_a_typing_error_says_what_was_searched_for(client):
    body = found(client, q="castorr")
    assert (body["q"], body["corrected"], body["words"]) == ("castorr", "castor", ["castor"])
    assert found(client, q="castor")["corrected"] is None
    assert found(client)["groups"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", f"q={'x' * 201}"])
def test_what_cannot_be_meant_is_refused(client, query):
    response = client.get(f"{ADDRESS}?{query}")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert response.json()["errors"][0]["loc"] in ("query.limit", "query.q")


def test_a_search_asks_four_questions(client, django_assert_num_queries):
    """The revision, the candidates, the promises, and the records of the models that are shown."""
    client.get(ADDRESS, {"q": "linden"})
    with django_assert_num_queries(4):
        client.get(ADDRESS, {"q": "linden"})

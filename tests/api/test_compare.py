"""A comparison in the API: its shape, its refusals, and that one query serves any number of models."""

import pytest

import hostile
from rows import a_price, a_variant
from small import OTHER_LINE, SIBLING, TOKENS, TOKENS_ALIAS

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/compare"


def compared(client, models, **query):
    answer = client.get(ADDRESS, {"models": models, **query})
    assert answer.status_code == 200, answer.content
    return answer.json()


def rows(body):
    return {row["key"]: row for row in body["rows"]}


def test_models_stand_in_the_order_asked_for_and_the_address_is_the_pages(client):
    body = compared(client, f"{TOKENS},{OTHER_LINE}")
    assert [model["model_id"] for model in body["models"]] == [TOKENS, OTHER_LINE]
    assert body["url"].endswith(f"/compare/{OTHER_LINE}-vs-{TOKENS}")
    assert client.get(ADDRESS, {"models": [TOKENS, OTHER_LINE]}).json() == body
    assert all(len(row["cells"]) == 2 for row in body["rows"])


def test_an_amount_is_the_string_that_the_prices_give(client):
    body = compared(client, f"{TOKENS},{OTHER_LINE}")
    prices = client.get(f"/api/v1/models/{TOKENS}/prices?kind=list").json()["items"]
    (amount,) = [row["amount"] for row in prices if row["meter"] == "input_tokens" and not row["conditions"]]
    row = rows(body)["price:list:input_tokens:1000000:USD:{}"]
    assert row["cells"][0]["value"] == amount == "3"
    assert (row["group"], row["label"], row["unit"], row["better"]) == (
        "list_price", "Input", "per 1M tokens", "lower")  # fmt: skip
    assert [cell["is_best"] for cell in row["cells"]] == [False, True]


@pytest.mark.slow
def test_a_cost_is_the_total_of_the_quote(client):
    usage = {"input_tokens": "10000", "output_tokens": "500"}
    body = compared(client, f"{TOKENS},{OTHER_LINE}", **usage)
    for kind in ("sell", "list"):
        cells = rows(body)[f"cost:{kind}"]["cells"]
        totals = [
            client.get("/api/v1/quote", {"model": name, "kind": kind, **usage}).json()["total"]
            for name in (TOKENS, OTHER_LINE)
        ]
        assert [cell["value"] for cell in cells] == totals
    assert "cost:sell" not in rows(compared(client, f"{TOKENS},{OTHER_LINE}"))


def test_another_instant_is_compared_as_it_was_or_will_be(client):
    now = rows(compared(client, f"{TOKENS},{OTHER_LINE}", at="2026-11-29"))
    then = rows(compared(client, f"{TOKENS},{OTHER_LINE}", at="2026-11-30"))
    assert now["lifecycle"]["cells"][0]["value"] == "deprecated"
    assert then["lifecycle"]["cells"][0]["value"] == "retired"
    assert then["status"]["cells"][0]["value"] is None


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 422, "models"),
        (f"models={TOKENS}", 422, "1 models"),
        (f"models={TOKENS},{TOKENS},{TOKENS_ALIAS}", 422, "1 models"),
        (f"models={TOKENS},linden-balad-4-6", 404, SIBLING),
        (f"models={TOKENS},{OTHER_LINE}&input_tokens=-1", 422, "not a quantity"),
        (f"models={TOKENS},{OTHER_LINE}&at=soon", 422, "query.at"),
        (f"models={','.join(f'x{n}' for n in range(100))}", 404, "x0"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(client, query, status, said):
    answer = client.get(f"{ADDRESS}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert said in answer.content.decode()


def test_seven_models_are_too_many(client):
    ids = [a_variant().model_id for _ in range(7)]
    answer = client.get(ADDRESS, {"models": ",".join(ids)})
    assert answer.status_code == 422
    assert "7 models" in answer.content.decode()


@pytest.mark.parametrize("name", hostile.entries("model_ids")[::7])
def test_a_hostile_name_is_refused(client, name):
    assert client.get(ADDRESS, {"models": f"{name},{TOKENS}"}).status_code in (400, 404, 422)


def test_the_queries_do_not_grow_with_the_models(client, django_assert_num_queries):
    ids = []
    for _ in range(6):
        ids.append(variant := a_variant())
        a_price(variant)
    names = [variant.model_id for variant in ids]
    for count in (2, 6):
        with django_assert_num_queries(4):
            compared(client, ",".join(names[:count]), input_tokens="1")

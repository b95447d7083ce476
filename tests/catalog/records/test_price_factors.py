"""Factors of prices are a field that pages leave out where there are none."""

import pytest

from rows import a_variant

FACTOR = {"kind": "list", "condition": "service_tier", "value": "batch", "factor": "0.5"}


@pytest.mark.django_db
def test_the_page_and_the_api_show_factors(client):
    plain, rich = a_variant(), a_variant(price_factors=[FACTOR])
    assert "Price factors" not in client.get(plain.path).content.decode()
    assert "List price · Service tier · batch · 0.5" in client.get(rich.path).content.decode()
    (row,) = client.get(f"/api/v1/models/{rich.model_id}").json()["price_factors"]
    assert row == {**FACTOR, "meters": [], "source": None}

"""The list of models offers the orders that can change something."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "is_offered"),
    [("", True), ("?modality=image", False), ("?modality=image&sort=input_price", True)],
)
def test_an_order_by_token_price_is_offered_where_a_model_has_one_or_it_is_in_use(client, query, is_offered):
    page = client.get(f"/models{query}").content.decode()
    assert ("Lowest input price" in page) is is_offered
    assert ("Lowest output price" in page) is (query == "")

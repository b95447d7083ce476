"""The calculator answers exactly what the API answers, as a plain form that has an address."""

import html
import re

import pytest

from catalog.models import Price
from small import IMAGE, TOKENS, TOKENS_ALIAS, TOKENS_PATH

pytestmark = pytest.mark.django_db
USE = {"input_tokens": "10000", "output_tokens": "2000", "cache_read_tokens": "50000"}


def words(client, path=TOKENS_PATH, status=200, **query):
    """The words of the calculator's answer."""
    answer = client.get(path, {**query, "fragment": "calculator"})
    assert answer.status_code == status
    assert "<html" not in answer.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def test_sell_and_list_stand_side_by_side_to_the_last_digit(client):
    said = words(client, **USE, times="1000")
    assert "Cache read 50,000 tokens $0.15 per 1M tokens $0.0075 $0.30 per 1M tokens $0.015" in said
    assert "Total $0.0375 1,000 times: $37.50 a month $0.075 1,000 times: $75.00 a month" in said


def test_the_whole_page_at_the_same_address_holds_the_same_answer(client):
    page = client.get(TOKENS_PATH, USE).content.decode()
    assert "$0.0375" in page
    assert 'value="50000"' in page
    assert client.get(f"/pricing?model=linden-ballad-4-5&{'&'.join(f'{k}={v}' for k, v in USE.items())}")
    assert "$0.0375" in words(client, "/pricing", model=TOKENS_ALIAS, **USE)


def test_what_has_no_price_is_said_and_the_sum_is_not_known(client):
    said = words(client, **USE, searches="3")
    assert "Searches 3 searches Not published Not published" in said
    assert "Not known: a price is missing. What has a price comes to $0.0375." in said


def test_without_a_question_a_first_use_is_shown(client):
    assert "Input 1,000 tokens $1.50 per 1M tokens $0.0015" in words(client)
    assert "Images 1 image " in words(client, "/models/prism-2/flex-text-to-image")


def test_a_media_models_parameters_choose_the_price(client):
    rows = Price.objects.filter(variant__model_id=IMAGE, kind="sell")
    prices = {row.conditions.get("output_resolution"): row.amount for row in rows}
    for resolution, amount in prices.items():
        query = {"param.output_resolution": resolution} if resolution else {}
        said = words(
            client, "/models/prism-2/flex-text-to-image", images="1", action="text_to_image", **query
        )
        assert f"${amount.normalize():f} per image" in said


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"input_tokens": "1,000"}, "'1,000' is not a quantity"),
        ({"input_tokens": "1", "param.fps": "2"}, "is no parameter of linden-ballad-4-5-20250929"),
        ({**USE, "times": "0"}, "is not a whole number"),
    ],
)
def test_what_cannot_be_read_is_said(client, query, message):
    assert message in words(client, **query)


def test_a_model_without_prices_has_nothing_to_calculate(client):
    assert (
        "No price of jot-latest is published"
        in client.get("/models/jot/jot-latest", follow=True).content.decode()
    )


def test_an_unknown_model_on_the_pricing_page_names_the_nearest(client):
    page = client.get("/pricing?model=linden-ballad-4-5-2025").content.decode()
    assert TOKENS in page


def test_presets_are_offered_only_where_their_meters_have_prices(client):
    assert "An agent session with caching" in client.get(TOKENS_PATH).content.decode()
    assert "An agent session with caching" not in client.get("/models/oriel/5.2").content.decode()


@pytest.mark.django_db
def test_where_all_prices_are_for_one_action_it_need_not_be_named(client):
    speech = "/models/castor-tts/castor-2.5-pro-tts"
    assert "$0.0154" in words(client, speech)
    assert "$0.0154" in words(client, speech, input_tokens="1000", output_tokens="500")
    assert "$0.0154" in client.get(f"{speech}.md").content.decode()

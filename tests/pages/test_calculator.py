"""The calculator answers exactly what the API answers, as a plain form that has an address."""

import html
import re
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Price
from catalog.snippets.constraints import parameter
from factories import a_price as a_price_record
from factories import a_record
from model_pages import a_context, an_endpoint
from pages.parts.calculator import calculator
from rows import a_price, a_variant
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
    assert "Searches 3 searches Not on record Not on record" in said
    assert "Not known: a price is missing. What has a price comes to $0.0375." in said


def test_without_a_question_a_first_use_is_shown(client):
    assert "Input 1,000 tokens $1.50 per 1M tokens $0.0015" in words(client)
    assert "Images 1 image " in words(client, "/models/prism-2/flex-text-to-image")


def test_a_media_models_parameters_choose_the_price(client):
    path, use = "/models/prism-2/flex-text-to-image", {"images": "1", "action": "text_to_image"}
    rows = Price.objects.quotable(timezone.now()).filter(variant__model_id=IMAGE, kind="sell")
    prices = {row.conditions["output_resolution"]: row.amount for row in rows}
    for resolution, amount in prices.items():
        said = words(client, path, **use, **{"param.output_resolution": resolution})
        assert f"${amount.normalize():f} per image" in said
    # Each value has a price of its own: without one, none is the price.
    said = words(client, path, **use)
    assert "The price depends on output_resolution. Known: 1k, 2k." in said
    assert "Not known" in said


def test_the_calculator_warns_of_what_might_mislead(client):
    said = words(client, service_tier="turbo", input_tokens="3000000")
    assert "Unknown service tier 'turbo'." in said
    assert "Context window: " in said
    assert "Total $4.50" in said
    assert (
        "Unknown service tier"
        in client.get(f"{TOKENS_PATH}.md", {"service_tier": "turbo", "input_tokens": "1"}).content.decode()
    )


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


@pytest.fixture
def an_image_model():
    """Charged by the image, with a list of prices by the token."""
    variant = a_variant("testfam-image", modality="image", lifecycle="active")
    for quality, amount in (("high", "0.2"), ("low", "0.01")):
        conditions = {"action": "text_to_image", "quality": quality}
        a_price(variant, meter="images", amount=Decimal(amount), conditions=conditions)
    listed = {"action": "text_to_image", "size": "1024x1024"}
    a_price(variant, kind="list", meter="images", amount=Decimal("0.25"), conditions=listed)
    for meter in ("input_tokens", "output_tokens"):
        a_price(variant, kind="list", meter=meter, amount=Decimal(10))
    return "/models/testfam/image"


def test_a_model_that_is_charged_by_the_image_opens_with_one(client, an_image_model):
    said = words(client, an_image_model)
    assert "Images 1 image $0.20 per image" in said
    assert "Total $0.20 $0.25" in said
    assert "depends on" not in said
    assert "Input 1,000 tokens" not in said


def test_uses_of_tokens_are_offered_only_where_tokens_are_charged(client, an_image_model):
    assert "A chat turn" not in client.get(an_image_model).content.decode()
    assert "A chat turn" not in client.get(f"{an_image_model}.md").content.decode()
    assert "A chat turn" in client.get(TOKENS_PATH).content.decode()


def test_the_default_values_of_the_first_action_are_the_first_use():
    def row(action, quality):
        return a_price_record(meter="images", conditions={"action": action, "quality": quality})

    spec = parameter("quality", "string", enum=["high", "low"], default="low")
    task = {"protocol": "task-sync", "task_type": "synchronous"}
    record = a_record(
        endpoints=[an_endpoint(f"/{one}", action=one, **task) for one in ("edit_image", "text_to_image")],
        parameters={"text_to_image": [spec]},
        prices=[row("edit_image", "low"), row("text_to_image", "high"), row("text_to_image", "low")],
    )
    shown = calculator(a_context(record))
    chosen = {
        choice.name: [one.value for one in choice.options if one.is_selected] for choice in shown.choices
    }
    assert chosen == {"action": ["text_to_image"], "param.quality": ["low"]}

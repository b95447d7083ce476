"""Beside each amount whose unit no source states, a page, its twin and every text for agents say so."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from rows import a_price, a_variant

pytestmark = pytest.mark.django_db
AMOUNT = "$0.0417"
# What may hold an amount and its mark. A total is a sum, not a price.
BLOCKS = re.compile(r"</(?:tr|li|dd|p|h1|title|figure|head)>|<meta|<tfoot>.*?</tfoot>", re.DOTALL)
TWINS = [
    "/models?q=testfam",
    "/models/testfam",
    "/providers/test-labs",
    "/pricing?q=testfam",
    "/pricing?model=testfam-one",
    "/compare/testfam-one-vs-testfam-two",
    "/models/testfam/one",
    "/search?q=testfam",
    "/",
]
TEXTS = ["/llms.txt", "/llms-full.txt", "/models/testfam/llms.txt", "/skills/testfam"]


@pytest.fixture
def price():
    rows = []
    for name in ("one", "two"):
        variant = a_variant(
            f"testfam-{name}",
            name=f"Testfam {name}",
            modality="image",
            lifecycle="active",
            released_on=date(2026, 11, 22),
        )
        amount = Decimal("0.0417" if name == "one" else "0.09")
        rows.append(a_price(variant, meter="images", amount=amount, unit_is_inferred=name == "one"))
    return rows[0]


def unmarked(blocks):
    priced = [block for block in blocks if AMOUNT in block]
    assert priced
    return [block for block in priced if "unit inferred" not in block]


def html(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return BLOCKS.split(answer.content.decode().replace("<wbr>", ""))


def markdown(client, path):
    where, mark, query = path.partition("?")
    twin = "/index" if where == "/" else where
    answer = client.get(f"{twin}.md{mark}{query}")
    assert answer.status_code == 200, path
    return [line for line in answer.content.decode().splitlines() if not line.startswith("| Total")]


@pytest.mark.parametrize("path", TWINS)
def test_no_amount_of_a_page_or_its_twin_is_without_the_mark(client, price, path):
    assert unmarked(html(client, path)) == []
    assert unmarked(markdown(client, path)) == []


def test_the_page_of_a_price_has_the_mark_beside_its_amount(client, price):
    other = a_price(price.variant, meter="images", amount=Decimal("0.05"), conditions={"resolution": "2k"})
    assert unmarked(html(client, f"/prices/{price.pk}")) == []
    assert unmarked(markdown(client, f"/prices/{price.pk}")) == []
    assert "unit inferred" not in client.get(f"/prices/{other.pk}").content.decode()


@pytest.mark.parametrize("path", TEXTS)
def test_texts_for_agents_have_it_too(client, price, path):
    answer = client.get(path)
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert unmarked(text.decode().splitlines()) == []


def test_cards_have_it_as_rows_have(client, price):
    text = client.get("/models?q=testfam&view=cards").content.decode()
    assert "model-cards" in text
    assert unmarked(BLOCKS.split(text)) == []


def test_a_stated_unit_has_no_mark(client, price):
    for path in ("/models?q=testfam", "/pricing?q=testfam", "/compare/testfam-one-vs-testfam-two"):
        for blocks in (html(client, path), markdown(client, path)):
            rows = [block for block in blocks if "$0.09" in block and AMOUNT not in block]
            assert rows or "compare" in path
            assert [row for row in rows if "unit inferred" in row] == [], path


def test_a_promotion_is_marked_in_the_table_of_all_prices_and_its_twin(client, price):
    until = datetime(2026, 12, 5, tzinfo=UTC)
    terms = {"meter": "audio_seconds", "is_promotion": True, "effective_until": until}
    a_price(price.variant, **terms)
    a_price(price.variant, **terms, kind="list", conditions={"region": "eu"})
    a_price(price.variant, meter="audio_seconds", conditions={"region": "us"})
    a_price(price.variant, **terms, kind="list", conditions={"region": "us"})
    for path in ("/pricing?q=testfam", "/pricing.md?q=testfam"):
        text = client.get(path).content.decode()
        assert text.count("Promotion until 5 December 2026") == 2, path
        assert text.count("List price: promotion until 5 December 2026") == 1, path


def test_the_mark_is_quiet_in_html_and_in_brackets_in_text(client, price):
    small = '<small class="unknown">unit inferred</small>'
    assert small in client.get("/models?q=testfam").content.decode()
    assert "$0.0417 per image (unit inferred)" in client.get("/models.md?q=testfam").content.decode()

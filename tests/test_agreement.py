"""Every model's file, stored facts, API answers and page agree, and a planted difference is seen."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest

from dom import tree
from small import TOKENS
from witnesses import NOON, SMALL_FILES, disagreements, stated, witnesses

pytestmark = pytest.mark.slow

ASKED = []
RETIREMENT = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """Sets the one clock that pages and the API read."""

    def stop(instant):
        monkeypatch.setattr("django.utils.timezone.now", lambda: instant)

    stop(NOON)
    return stop


@pytest.fixture
def seed(db, client, at):
    """What all say of one model; they were asked once."""
    if not ASKED:
        ASKED.append(witnesses(client, _seed()))
    return deepcopy(ASKED[0])


def _seed():
    return next(model for file in SMALL_FILES for model in stated(file) if model["model_id"] == TOKENS)


@pytest.mark.engine("sqlite")  # what a page says is the same on both
@pytest.mark.parametrize("file", SMALL_FILES, ids=lambda file: file.stem)
@pytest.mark.django_db
def test_all_witnesses_of_a_providers_models_agree(client, at, file):
    looked_at = set()
    for model in stated(file):
        said = witnesses(client, model, looked_at=looked_at)
        found = disagreements(said)
        assert found == [], f"{model['model_id']}:\n" + "\n".join(found[:20])
        looked_at |= said.calls.keys()


def test_an_amount_that_the_file_alone_has_is_seen(seed):
    seed.stated["price"][0]["amount"] = "1.51"
    assert len(disagreements(seed)) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "1.51"),
        ("meter", "output_tokens"),
        ("per", 1000),
        ("kind", "list"),
        ("conditions", {"service_tier": "batch"}),
        ("currency", "EUR"),
    ],
)
def test_a_price_that_the_api_alone_has_is_seen(seed, field, value):
    seed.prices[0][field] = value
    assert any("prices" in line or "price table" in line for line in disagreements(seed))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<data value="1.88">$1.88</data>', '<data value="1.875">$1.88</data>'),
        ('<data value="1.88">$1.88</data>', '<data value="1.88">$1.87</data>'),
        ("<td>1M tokens</td>", "<td>1K tokens</td>"),
        ("<td>Batch</td>", "<td>Flex</td>"),
        ("<td>200,000 tokens</td>", "<td>200,001 tokens</td>"),
        ("<td>64,000 tokens</td>", "<td>32,000 tokens</td>"),
        ("<td>30 November 2026</td>", "<td>1 November 2026</td>"),
        ("<td>29 September 2025</td>", "<td>30 September 2025</td>"),
        (", Streaming, PDF input, ", ", PDF input, "),
        (">Deprecated</li>", ">Active</li>"),
        ("<td>OpenAI Responses</td>", "<td>OpenAI Chat Completions</td>"),
        ('datetime="2026-11-22T00:00:00Z"', 'datetime="2026-11-21T00:00:00Z"'),
    ],
)
def test_a_difference_on_the_page_alone_is_seen(seed, client, before, after):
    html = client.get(seed.this.record["path"]).content.decode()
    assert before in html
    seed.page = tree(html.replace(before, after))
    assert disagreements(seed) != []


def test_code_that_the_page_alone_has_is_seen(seed):
    language, code, install = seed.calls["openai-chat", "basic"][1]
    seed.calls["openai-chat", "basic"][1] = (language, code.replace("chat", "chats", 1), install)
    assert len(disagreements(seed)) == 1


def test_code_that_the_api_alone_has_is_seen(seed):
    seed.snippets[0]["code"] += "#"
    assert len(disagreements(seed)) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("context_window", 100_000),
        ("max_output_tokens", None),
        ("retires_on", None),
        ("lifecycle", "active"),
        ("capabilities", []),
        ("aliases", []),
        ("endpoints", []),
    ],
)
def test_a_fact_that_the_api_alone_has_is_seen(seed, field, value):
    seed.model[field] = value
    assert disagreements(seed) != []


def test_the_seed_models_prices_stand_beside_the_lists(seed):
    section = seed.page.one("section", id="pricing")
    shown = {cells[0].text: [cell.text for cell in cells[1:4]] for cells in reversed(section.rows()[:4])}
    assert shown == {
        "Input": ["1M tokens", "$1.50", "$3.00"],
        "Output": ["1M tokens", "$7.50", "$15.00"],
        "Cache read": ["1M tokens a", "$0.15", "$0.30"],
        "Cache write, 5 minutes": ["1M tokens a", "$1.88", "$3.75"],
    }
    heads = [head.text for head in section.first("thead").all("th")]
    assert heads[1:4] == ["Unit", "Price", "List price"]
    sell = {row["meter"]: row["amount"] for row in seed.prices if row["kind"] == "sell"}
    assert sell == {
        "input_tokens": "1.5",
        "output_tokens": "7.5",
        "cache_read_tokens": "0.15",
        "cache_write_5m_tokens": "1.88",
    }


def test_the_seed_model_says_when_it_retires_and_how_much_it_holds(seed):
    callout = seed.page.one("div", class_="callout-warn")
    assert callout.first("strong").text == "Retires on 30 November 2026"
    strip = {fact.one("dt").text: fact.one("dd").text for fact in seed.page.one("dl").all("div")}
    assert strip["Context"] == "200,000 tokens"
    assert (seed.model["lifecycle"], seed.model["retires_on"]) == ("deprecated", "2026-11-30")
    assert seed.model["context_window"] == 200_000


@pytest.mark.django_db
def test_from_its_last_day_on_the_seed_model_is_retired_everywhere(client, at):
    at(RETIREMENT)
    later = witnesses(client, _seed(), RETIREMENT)
    assert disagreements(later) == []
    assert later.page.one("div", class_="callout-bad").first("strong").text == "Retired on 30 November 2026"
    assert later.model["lifecycle"] == "retired"


@pytest.mark.django_db
def test_the_api_says_what_holds_at_another_instant(client, at):
    address = f"/api/v1/models/{TOKENS}"
    before, after = "2026-11-29T23:59:59Z", "2026-11-30"
    assert client.get(address, {"at": before}).json()["lifecycle"] == "deprecated"
    assert client.get(address, {"at": after}).json()["lifecycle"] == "retired"

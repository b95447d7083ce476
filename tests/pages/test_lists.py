"""The list of models: orders, chips, views, table file and advice; what is no value is named and ignored."""

import csv
import io
from urllib.parse import quote

import pytest
from django.conf import settings

import hostile
from catalog.search.facets import FACETS, LISTS
from catalog.search.selection import Selection
from dom import tree
from pages.list_state import State, read_state
from rows import a_family, a_variant

pytestmark = pytest.mark.django_db

PLACES = ("/models", "/models.csv")
NUMBERS = (
    "-1",
    "1e9",
    "NaN",
    "Infinity",
    "9" * 400,
    "1,5",
    "0x10",
    "٣",
    "2026-02-30",
    "--",
    "\0",
    "true",
    "1.",
    " ",
)


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return tree(answer.content.decode())


def table(client, query):
    answer = client.get(f"/models.csv{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode(), newline="")))


@pytest.mark.parametrize(
    ("query", "is_offered"),
    [("", True), ("?modality=image", False), ("?modality=image&sort=input_price", True)],
)
def test_an_order_by_token_price_is_offered_where_a_model_has_one_or_it_is_in_use(client, query, is_offered):
    page = client.get(f"/models{query}").content.decode()
    assert ("Lowest input price" in page) is is_offered
    assert ("Lowest output price" in page) is (query == "")


def test_each_facet_is_a_list_of_links_with_counts_that_lead_to_so_many_models(client):
    page = shown(client, "/models?capability=tool_call")
    nav = page.one("nav", aria_label="Filters")
    headings = [heading.text for heading in nav.all("h2")]
    assert headings == list(dict.fromkeys(facet.heading for facet in FACETS.values()))
    for group in nav.all("ul"):
        link = group.all("a")[-1]
        if link.first("span", class_="tile-count"):
            count = link.one("span", class_="tile-count").text
            status = shown(client, link.attributes["href"]).first("p", role="status").text
            expected = count if "aria-current" not in link.attributes else status
            assert status.startswith(f"{expected.split()[0]} model"), link.text


def test_what_is_chosen_is_a_chip_that_takes_it_away_and_a_link_that_is_current(client):
    page = shown(
        client, "/models?q=linden&capability=tool_call&min_context=200000&lifecycle=active&lifecycle=unknown"
    )
    chips = {
        chip.text.removesuffix(" \N{MULTIPLICATION SIGN}"): chip.attributes["href"]
        for chip in page.all("a", class_="chip-removable")
    }
    assert list(chips) == [
        "Remove filter “linden”",
        "Remove filter Tool use",
        "Remove filter Context window: 200,000 or more",
        "Remove filter Active",
        "Remove filter Lifecycle: Not stated",
    ]
    assert "min_context" not in chips["Remove filter Context window: 200,000 or more"]
    current = [link.text for link in page.one("nav", aria_label="Filters").all("a", aria_current="true")]
    assert any(text.startswith("200,000 or more (set: follow to remove)") for text in current)


def test_a_bound_of_ones_own_is_kept_shown_and_can_be_removed(client):
    page = shown(client, "/models?min_context=123456&max_input_price=1.75&released_after=2025-02-03")
    form = page.one("form", class_="bounds")
    assert form.one("input", name="min_context").attributes["value"] == "123456"
    assert form.one("input", name="max_input_price").attributes["value"] == "1.75"
    assert form.one("input", name="released_after").attributes["value"] == "2025-02-03"
    text = page.text
    for said in ("123,456 or more", "$1.75 or less", "After 2025-02-03"):
        assert said in text


def test_a_state_is_written_as_it_is_read(rf):
    query = (
        "q=a+b&capability=tool_call&capability=zzz&min_context=5&max_input_price=0.5&retiring=false&priced=true"
        "&lifecycle=active&released_after=2025-01-01&sort=-input_price&view=cards&more=family&at=2026-01-01"
    )
    state = read_state(rf.get(f"/models?{query}").GET)
    assert state.ignored == ()
    assert read_state(rf.get(state.address(3)).GET) == state
    assert "page=3" in state.address(3)
    assert State().address() == "/models"
    assert State(Selection(q="x")).address() == "/models?q=x"


def test_links_keep_the_instant_that_is_shown(client):
    page = shown(client, "/models?at=2026-01-01&capability=tool_call")
    links = [link.attributes["href"] for link in page.one("nav", aria_label="Filters").all("a")]
    assert links
    assert all("at=2026-01-01" in link for link in links)


@pytest.mark.parametrize(
    "query",
    ["", "?q=linden", "?capability=tool_call&min_context=200000&sort=input_price", "?modality=nothing"],
)
def test_the_table_file_holds_the_selection_in_its_order(client, query):
    rows = table(client, query)
    listed, page = [], f"/models{query}"
    while page:
        found = shown(client, page)
        listed += [tick.attributes["value"] for tick in found.all("input", class_="pick")]
        following = found.first("a", class_="pager-next")
        page = following.attributes["href"] if following else ""
    assert [row["model_id"] for row in rows] == listed


def test_no_cell_of_the_table_file_is_a_formula(client):
    a_variant("=cmd|' /C calc'!A0", family=a_family("formula"), slug="a", name="+1+2", capabilities=["-x"])
    (row,) = table(client, "?family=formula")
    assert row["model_id"].startswith("'=")
    assert (row["name"], row["capabilities"]) == ("'+1+2", "'-x")
    assert (row["input_price"], row["context_window"], row["currency"]) == ("", "", "")


def test_cards_say_what_rows_say_and_can_be_ticked(client):
    rows = shown(client, "/models?family=linden")
    cards = shown(client, "/models?family=linden&view=cards")
    ticks = [
        [tick.attributes["value"] for tick in page.all("input", class_="pick")] for page in (rows, cards)
    ]
    assert ticks[0] == ticks[1] != []
    assert len(cards.all("li", class_="tile")) == len(ticks[1])


def test_where_nothing_fits_each_advice_leads_to_as_many_models_as_it_says(client):
    page = shown(client, "/models?capability=tool_call&modality=image&min_context=1000")
    lines = [item.text for item in page.one("ul", class_="advice").all("li")]
    links = [link.attributes["href"] for link in page.one("ul", class_="advice").all("a")]
    assert lines
    for line, link in zip(lines, links, strict=True):
        assert shown(client, link).first("p", role="status").text.startswith(line.rpartition(": ")[2])
    hopeless = shown(client, "/models?capability=zzz&provider=nobody").text
    assert "No single filter is to blame" in hopeless


def test_what_is_no_value_is_ignored_and_named_and_an_unknown_value_can_be_removed(client):
    page = shown(client, "/models?min_context=abc&max_input_price=-1&sort=zzz&capability=telepathy")
    assert [code.text for code in page.first("p", class_="ignored").all("code")] == [
        "min_context",
        "max_input_price",
        "sort",
    ]
    assert "Remove filter telepathy" in [
        chip.text.removesuffix(" \N{MULTIPLICATION SIGN}") for chip in page.all("a", class_="chip-removable")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", [*FACETS, "q", "sort", "view", "more", "page"])
def test_no_value_of_a_parameter_fails(client, place, name):
    values = [
        *NUMBERS,
        "x" * 2_000,
        "x" * 10_000,
        *hostile.entries("model_ids")[::9],
        "'; DROP TABLE catalog_variant; --",
    ]
    for value in values:
        others = "" if name == "family" else "&family=odd"  # so few that each page is written soon
        answer = client.get(place, QUERY_STRING=f"{name}={quote(value, safe='')}{others}")
        # An address with a NUL or of 10 kB is refused before any page is asked.
        is_refused = "\0" in value or len(value) == 10_000
        assert answer.status_code == (400 if is_refused else 200), (name, value[:40])
        if answer.streaming:
            assert answer.getvalue()


@pytest.mark.parametrize("name", [name for name in FACETS if name not in LISTS])
def test_the_api_refuses_what_the_page_ignores_and_names_the_parameter(client, name):
    for value in ("abc", "-1", "9" * 400, "2026-02-30"):
        answer = client.get("/api/v1/models", {name: value})
        assert answer.status_code == 422, (name, value[:20])
        assert answer["Content-Type"] == "application/problem+json"
        assert name in answer.json()["errors"][0]["loc"]


@pytest.mark.engine("sqlite")  # what a page says is the same on both
def test_a_search_leads_to_whole_lists_of_today_and_not_to_each_way_to_narrow_one(client):
    kept = {"/models": "/models", "/models?page=2": "/models?page=2", "/models?view=cards": "/models"}
    kept |= {
        "/changes?page=2": "/changes?page=2",
        "/pricing": "/pricing",
        "/models/linden?utm_source=a": None,
    }
    for address, canonical in kept.items():
        answer = client.get(address)
        assert "X-Robots-Tag" not in answer, address
        if canonical:
            assert f'rel="canonical" href="{settings.SITE_URL}{canonical}"' in answer.content.decode()
    left_out = (
        "/models?q=linden",
        "/models.md?sort=input_price",
        "/pricing?provider=octave",
        "/changes?kind=price",
    )
    for address in (*left_out, "/models/linden?at=2026-01-01", "/?at=2026-01-01"):
        answer = client.get(address)
        assert answer["X-Robots-Tag"] == "noindex", address
        assert answer.status_code == 200

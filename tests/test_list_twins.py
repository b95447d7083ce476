"""The lists of every family and provider, all prices and comparisons say the same in HTML and in Markdown."""

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from catalog.comparison import named_models
from catalog.models import Family, Price, Provider, Variant
from dom import tree
from pages import markdown_pages
from twin_reader import read
from witnesses import NOON

# What a page says is the same on both.
pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite"), pytest.mark.slow]
SAID = re.compile(r"\$[\d.,]*\d|\b\d{1,2} [A-Z][a-z]+ \d{4}\b|\b\d[\d,]* tokens\b")
"""Amounts, days and limits."""


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def said(tables):
    """How often each amount, day and limit stands in tables."""
    cells = (cell.text for table in tables for row in table.rows() for cell in row)
    return Counter(one for cell in cells for one in SAID.findall(cell))


def twins_of(client, path):
    """What the tables of a page say, in HTML and in Markdown."""
    where, mark, query = path.partition("?")
    html = client.get(path)
    markdown = client.get(f"{markdown_pages.suffixed(where, 'md')}{mark}{query}")
    assert (html.status_code, markdown.status_code) == (200, 200), path
    return said(tree(html.content).all("table")), said(read(markdown.content.decode())[0].all("table"))


def differing(client, paths):
    """The pages whose twins differ, with what each says alone; and how much was compared."""
    found, compared = {}, 0
    for path in paths:
        html, markdown = twins_of(client, path)
        compared += html.total()
        if html != markdown:
            found[path] = {"HTML": dict(html - markdown), "Markdown": dict(markdown - html)}
    return found, compared


def test_every_family_says_the_same_in_both_forms(client):
    found, compared = differing(
        client, [f"/models/{slug}" for slug in Family.objects.values_list("slug", flat=True)]
    )
    assert found == {}
    assert compared > 300


def test_every_provider_says_the_same_in_both_forms(client):
    slugs = Provider.objects.values_list("slug", flat=True)
    found, compared = differing(client, ["/providers", *(f"/providers/{slug}" for slug in slugs)])
    assert found == {}
    assert compared > 80


def test_every_family_and_provider_counts_the_same_models_in_json(client):
    for slug in Family.objects.values_list("slug", flat=True):
        record = client.get(f"/models/{slug}.json").json()
        shown = tree(client.get(f"/models/{slug}").content)
        own = set(Variant.objects.filter(family__slug=slug).served(NOON).values_list("model_id", flat=True))
        assert set(record["models"]) == own, slug
        assert record["model_count"] == len(own)
        assert {*record["models"], *record["retired_models"]} == set(members(slug)), slug
        for model_id in record["retired_models"]:
            assert model_id in shown.text
    for slug in Provider.objects.values_list("slug", flat=True):
        record = client.get(f"/providers/{slug}.json").json()
        page = client.get(f"/providers/{slug}.md").content.decode()
        assert re.search(rf"\b{record['model_count']} models?\b", page) or record["model_count"] == 0, slug
        assert not record["retired_count"] or f"[{record['retired_count']} more](" in page, slug


def members(slug):
    return Variant.objects.filter(family__slug=slug).values_list("model_id", flat=True)


def test_neighbours_of_each_family_compare_the_same_in_both_forms(client):
    pairs = [
        named_models.path(pair)
        for slug in Family.objects.values_list("slug", flat=True)
        for pair in list(
            pairwise(Variant.objects.filter(family__slug=slug).values_list("model_id", flat=True))
        )[:1]
    ]
    assert len(pairs) > 10
    found, compared = differing(client, pairs)
    assert found == {}
    assert compared > 80


def test_all_prices_stand_alike_in_html_markdown_and_json(client):
    """Page for page in the two forms, and all pages together as in the one JSON."""
    pages = int(re.search(r"page 1 of (\d+)", client.get("/pricing.md").content.decode())[1])
    paths = [f"/pricing?page={page}" for page in range(1, pages + 1)]
    found, compared = differing(client, paths)
    assert found == {}
    shown = Counter()
    for path in paths:
        markdown = client.get(path.replace("/pricing", "/pricing.md")).content.decode()
        (table,) = read(markdown)[0].all("table")
        heads = [head.text for head in table.first("thead").all("th")]
        for cells in table.rows():
            row = dict(zip(heads, (cell.text for cell in cells), strict=True))
            for kind, column in (("sell", "Price"), ("list", "List price")):
                if row[column].startswith("$"):
                    amount = Decimal(row[column][1:].replace(",", ""))
                    shown[row["Model ID"], kind, row["Unit"].removeprefix("per "), amount] += 1
    stated = Counter(
        (model["model_id"], price["kind"], price["unit"], Decimal(price["amount"]))
        for model in client.get("/pricing.json").json()["items"]
        for price in model["prices"]
        if price["state"] == "known"
    )
    assert shown == stated
    assert compared >= shown.total() > 150


@pytest.mark.parametrize("path", ["/models", "/models?lifecycle=retired", "/status", "/"])
def test_a_list_says_the_same_in_both_forms(client, path):
    html, markdown = twins_of(client, path)
    assert html == markdown


def test_a_price_says_the_same_in_both_forms(client):
    found, compared = differing(
        client, [f"/prices/{pk}" for pk in Price.objects.values_list("pk", flat=True)[::10]]
    )
    assert found == {}
    assert compared > 20


@pytest.mark.parametrize(("before", "after"), [("$5.00", "$5.01"), ("200,000 tokens", "20,000 tokens")])
def test_a_difference_in_the_markdown_alone_is_seen(client, monkeypatch, before, after):
    html, markdown = twins_of(client, "/models/linden")
    assert html == markdown
    text = client.get("/models/linden.md").content.decode()
    assert said(read(text.replace(before, after, 1))[0].all("table")) != html


def test_the_first_page_names_the_same_models_prices_and_days_in_both_forms(client):
    """What is new, what retires and what changed is in lists there."""
    html = tree(client.get("/").content).one("div", class_="lately")
    _page, sections = read(client.get("/index.md").content.decode())
    shown = [" ".join(item.text.split()) for item in html.all("li")]
    said_there = [
        " ".join(item.text.split())
        for name in ("Newest", "Retiring soon", "Changed")
        for item in sections[name].all("li")
    ]
    assert shown == said_there
    assert len(shown) > 5

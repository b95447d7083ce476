"""What a page says to programs in JSON-LD is what it says to people."""

import json
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

import hostile
from catalog.models import Family, Provider, Variant
from catalog.models.variant import model_path
from catalog.pricing.money import usd
from catalog.publishing.publish import publish
from catalog.text.identifiers import short_name
from catalog.vocabulary import ChangeKind, Origin
from dom import tree
from page_types import PAGE_TYPES
from small import TOKENS_PATH

pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite")]  # what a page says is the same on both
WITH_TRAIL = (TOKENS_PATH, "/models/linden", "/providers/arbor", "/skills/linden", PAGE_TYPES["compare"])


def graph(page):
    """The things that a page describes, by their type."""
    scripts = page.all("script", type="application/ld+json")
    if not scripts:
        return {}
    (script,) = scripts
    said = json.loads(script.raw)
    assert said["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in said["@graph"]}


def read(client, path):
    """A page as a tree."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return tree(answer.content.decode())


def models(client, **query):
    """The API's records of all models."""
    return client.get("/api/v1/models", {"limit": 300, **query}).json()["items"]


def offers(product):
    """Seller, amount and unit of each offer, counted."""
    return Counter(
        (
            offer["seller"]["name"],
            usd(offer["priceSpecification"]["price"], offer["priceSpecification"]["priceCurrency"]),
            offer["priceSpecification"]["unitText"],
        )
        for offer in product.get("offers", [])
    )


def on_record(record):
    """The same of the API's record: what the site charges, and what the model's own provider does."""
    sellers = {"sell": settings.SITE_NAME, "list": record["provider"]["name"]}
    return Counter(
        (sellers[price["kind"]], usd(price["amount"], price["currency"]), f"per {price['unit']}")
        for price in record["prices"]
        if price["state"] in {"known", "free"} and price["amount"] is not None
    )


@pytest.mark.slow
def test_every_price_in_force_of_every_model_is_an_offer_and_nothing_else_is(client):
    records = models(client, retired="true")
    compared = 0
    for record in records:
        product = graph(read(client, urlsplit(record["url"]).path))["Product"]
        assert product["name"] == record["display_name"]
        assert product["productID"] == record["model_id"]
        assert product.get("releaseDate") == record["released_on"]
        wanted = Counter() if record["lifecycle"] == "retired" else on_record(record)
        assert offers(product) == wanted, record["model_id"]
        compared += len(product.get("offers", []))
    assert compared > 100


def test_the_amounts_stand_on_the_page_as_well(client):
    page = read(client, TOKENS_PATH)
    shown = page.one("section", id="pricing").text
    for offer in graph(page)["Product"]["offers"]:
        assert usd(offer["priceSpecification"]["price"], "USD") in shown
        assert offer["name"].split(",")[0] in shown


@pytest.mark.parametrize("path", WITH_TRAIL)
def test_the_breadcrumb_is_the_one_that_people_see(client, path):
    page = read(client, path)
    seen = page.one("nav", aria_label="Breadcrumb")
    told = graph(page)["BreadcrumbList"]["itemListElement"]
    assert [item["name"] for item in told] == [item.text for item in seen.all("li")]
    links = [f"{settings.SITE_URL}{link.attributes['href']}" for link in seen.all("a")]
    assert [item["item"] for item in told if "item" in item] == links
    assert [item["position"] for item in told] == [*range(1, len(told) + 1)]


@pytest.mark.parametrize("path", [TOKENS_PATH, PAGE_TYPES["model of images"], PAGE_TYPES["retired model"]])
def test_the_questions_are_those_of_the_page_with_their_answers(client, path):
    page = read(client, path)
    seen = {
        one.one("summary").text: " ".join(node.text for node in one.all("p"))
        for one in page.one("section", id="faq").all("details", class_="faq")
    }
    told = {one["name"]: one["acceptedAnswer"]["text"] for one in graph(page)["FAQPage"]["mainEntity"]}
    assert seen
    assert told == seen


def test_what_is_retired_or_unpriced_has_no_offer(client):
    assert "offers" not in graph(read(client, PAGE_TYPES["retired model"]))["Product"]
    unpriced = next(record for record in models(client) if not record["prices"])
    assert "offers" not in graph(read(client, urlsplit(unpriced["url"]).path))["Product"]


def test_the_search_that_the_first_page_names_answers(client):
    target = graph(read(client, "/"))["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target.startswith(settings.SITE_URL)
    path = target.removeprefix(settings.SITE_URL).replace("{q}", "ballad")
    assert "Linden Ballad 4.5" in read(client, path).one("main").text


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [*hostile.entries("markdown"), "</script><script>alert(1)</script>", "<!--<script>"]
)
def test_no_name_breaks_out_of_it(name):
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        family = edition.add(Family(provider=Provider.objects.first(), slug="hostile", name="Hostile"))
        shown = re.sub(r"[\x00-\x1f]", " ", name).strip()[:100]
        row = edition.add(Variant(family=family, model_id="hostile-1", slug="1", name=shown, modality="text"))
        edition.record(ChangeKind.CATALOG, row, "added", after=row.model_id)
    page = read(Client(), model_path("hostile", "1"))
    assert graph(page)["Product"]["name"] == short_name(row.name)
    scripts = [node.attributes.get("type") for node in page.all("script")]
    assert scripts.count("application/ld+json") == 1
    assert not [node for node in page.all("script") if "alert" in node.raw and "type" not in node.attributes]

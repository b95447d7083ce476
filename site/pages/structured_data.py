"""JSON-LD of pages, in schema.org's vocabulary."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catalog.presentation.wording.faq import Question
from catalog.pricing.conditions import describe
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import price_suffix
from catalog.records.phrases import NOT_STATED_PROVIDER, component
from catalog.vocabulary import Modality, PriceState
from pages.model_context import ModelContext

Thing = dict[str, Any]
AMOUNTS = {PriceState.KNOWN, PriceState.FREE}


def website(name: str, url: str) -> Thing:
    """Return the site, and its search."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{url}/search?q={{q}}"}
    search = {"@type": "SearchAction", "target": target, "query-input": "required name=q"}
    return {"@type": "WebSite", "name": name, "url": f"{url}/", "potentialAction": search}


def breadcrumbs(trail: Iterable[tuple[str, str]], url: str) -> Thing:
    """Return the path to a page, itself last and without a path."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": label,
            **({"item": f"{url}{path}"} if path else {}),
        }
        for position, (label, path) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def model(context: ModelContext, description: str, questions: Sequence[Question]) -> list[Thing]:
    """Return a model, its current prices and FAQ."""
    record, provider = context.record, context.record["provider"]
    product: Thing = {
        "@type": "Product",
        "name": record["name"],
        "productID": record["model_id"],
        "description": description,
        "url": f"{context.site.url}{record['path']}",
    }
    if record["modality"]:
        product["category"] = str(Modality(record["modality"]).label)
    if record["released_on"]:
        product["releaseDate"] = record["released_on"]
    maker = "" if provider["slug"] == NOT_STATED_PROVIDER else provider["name"]
    if maker:
        product["brand"] = {"@type": "Brand", "name": maker}
    # Nothing is offered without a price, or of a retired model.
    offers = [] if context.this.is_retired else [*_offers(context.this.sell, context.site.name)]
    offers += [] if context.this.is_retired else [*_offers(context.this.listed, maker)]
    if offers:
        product["offers"] = offers
    return [product, *([_faq(questions)] if questions else [])]


def _offers(prices: Iterable[PriceRecord], seller: str) -> Iterable[Thing]:
    for price in prices:
        if price["state"] in AMOUNTS:
            yield _offer(price, seller)


def _offer(price: PriceRecord, seller: str) -> Thing:
    price_specification: Mapping[str, Any] = {
        "@type": "UnitPriceSpecification",
        "price": price["amount"] if price["state"] == PriceState.KNOWN else "0",
        "priceCurrency": price["currency"],
        "unitText": price_suffix(price["meter"], price["per"]),
    }
    # The action that a price is for stands in its conditions too.
    name = dict.fromkeys([component(price), *(describe(price["conditions"]) if price["conditions"] else [])])
    offer: Thing = {"@type": "Offer", "name": ", ".join(name), "priceSpecification": price_specification}
    if price["effective_until"]:
        offer["priceValidUntil"] = price["effective_until"]
    # This site sells at its price; a list price is the provider's.
    if seller:
        offer["seller"] = {"@type": "Organization", "name": seller}
    return offer


def _faq(questions: Iterable[Question]) -> Thing:
    entries = [
        {
            "@type": "Question",
            "name": one.question.replace("`", ""),
            # An editor's is HTML, a computed one text with code in backticks.
            "acceptedAnswer": {"@type": "Answer", "text": one.answer_html or one.answer.replace("`", "")},
        }
        for one in questions
    ]
    return {"@type": "FAQPage", "mainEntity": entries}

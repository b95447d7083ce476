"""A model's page with its facts."""

from dataclasses import dataclass

from catalog.pricing.units import METERS
from catalog.records.facts import Facts
from catalog.snippets import SiteSettings
from lint.page_parts import PageText


@dataclass(frozen=True, slots=True)
class ModelPage:
    """A model's page beside its facts."""

    page: PageText
    this: Facts
    family: list[Facts]
    calls: SiteSettings
    site_url: str


def is_token_priced(facts: Facts) -> bool:
    """Whether a model is priced by the token."""
    return any(METERS[price["meter"]].group == "tokens" for price in facts.prices)

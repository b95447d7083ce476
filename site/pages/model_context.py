"""What the sections of a model's page are built from: its facts, its family's and the site's settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from catalog import lookup
from catalog.facts import Facts, facts
from catalog.models import Family
from catalog.record import Record
from catalog.snippets import SiteSettings


@dataclass(frozen=True, slots=True)
class Site:
    """What this installation is called and where it is reached."""

    name: str
    url: str
    support_email: str
    support_url: str
    calls: SiteSettings


@dataclass(frozen=True, slots=True)
class ModelContext:
    """Everything a section may look at; `query` is the page's own query string, read leniently."""

    this: Facts
    family: list[Facts]
    family_source: str
    site: Site
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def record(self) -> Record:
        """Give the model's record."""
        return self.this.record

    @property
    def at(self) -> datetime:
        """Give the instant the page is for."""
        return self.this.at

    @property
    def siblings(self) -> list[Facts]:
        """Give the other models of the family, in the catalog's order."""
        return [other for other in self.family if other.record["model_id"] != self.record["model_id"]]


def read_site() -> Site:
    """Read what pages need of the settings."""
    return Site(
        name=settings.SITE_NAME,
        url=settings.SITE_URL.rstrip("/"),
        support_email=settings.SUPPORT_EMAIL,
        support_url=settings.SUPPORT_URL,
        calls=SiteSettings(api_base_url=settings.API_BASE_URL, api_key_env=settings.API_KEY_ENV),
    )


def find_model(
    family_slug: str, slug: str, at: datetime, query: Mapping[str, str] | None = None
) -> ModelContext | None:
    """Fetch a model with its family by the address of its page; two queries, whatever the catalog's size."""
    if "\0" in family_slug or "\0" in slug:
        return None
    family = [facts(record, at) for record in lookup.family_records(family_slug)]
    this = next((member for member in family if member.record["slug"] == slug), None)
    if this is None:
        return None
    source = Family.objects.filter(slug=family_slug).values_list("source_url", flat=True).first()
    return ModelContext(
        this=this, family=family, family_source=source or "", site=read_site(), query=query or {}
    )

"""What sentences are about: a model, its family, and this site."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from catalog.records.facts import Facts
from catalog.records.record import Record
from catalog.snippets import SiteSettings


@dataclass(frozen=True, slots=True)
class Site:
    """The name and addresses of this site."""

    name: str
    url: str
    support_email: str
    support_url: str
    calls: SiteSettings
    tools_url: str = ""
    """Where the catalog's tools are, empty where the site has none."""


@dataclass(frozen=True)
class Subject:
    """A model at an instant, with all models of its family."""

    this: Facts
    family: list[Facts]
    site: Site

    @property
    def record(self) -> Record:
        """Return the model's record."""
        return self.this.record

    @property
    def at(self) -> datetime:
        """Return the instant that facts hold at."""
        return self.this.at

    @property
    def siblings(self) -> list[Facts]:
        """Return the other models of the family, in the catalog's order."""
        return [other for other in self.family if other.record["model_id"] != self.record["model_id"]]


def read_site() -> Site:
    """Read the site's name and addresses from the settings."""
    url = settings.SITE_URL.rstrip("/")
    return Site(
        name=settings.SITE_NAME,
        url=url,
        support_email=settings.SUPPORT_EMAIL,
        support_url=settings.SUPPORT_URL,
        calls=SiteSettings(api_base_url=settings.API_BASE_URL, api_key_env=settings.API_KEY_ENV),
        tools_url=f"{url}/mcp" if settings.MCP else "",
    )

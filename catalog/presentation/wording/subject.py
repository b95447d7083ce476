"""What sentences are about."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from catalog.records.facts import Facts
from catalog.records.promises import SILENCE, Promises
from catalog.records.record import Record
from catalog.search.successors import Successors
from catalog.snippets import SiteSettings


@dataclass(frozen=True, slots=True)
class Site:
    """Names and addresses of this site."""

    name: str
    url: str
    support_email: str
    support_url: str
    calls: SiteSettings
    # Empty without MCP.
    tools_url: str = ""


@dataclass(frozen=True)
class Subject:
    """A model at an instant, with its family and what takes its place."""

    this: Facts
    family: list[Facts]
    site: Site
    successors: Successors = field(default_factory=Successors)
    promises: Promises = field(default_factory=lambda: SILENCE)

    @property
    def record(self) -> Record:
        """Return the record."""
        return self.this.record

    @property
    def at(self) -> datetime:
        """Return the instant."""
        return self.this.at

    @property
    def siblings(self) -> list[Facts]:
        """Return the other models."""
        return [other for other in self.family if other.record["model_id"] != self.record["model_id"]]


def read_site() -> Site:
    """Read the settings."""
    url = settings.SITE_URL.rstrip("/")
    return Site(
        name=settings.SITE_NAME,
        url=url,
        support_email=settings.SUPPORT_EMAIL,
        support_url=settings.SUPPORT_URL,
        calls=SiteSettings(api_base_url=settings.API_BASE_URL, api_key_env=settings.API_KEY_ENV),
        tools_url=f"{url}/mcp" if settings.MCP else "",
    )

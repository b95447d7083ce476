"""What writers of exports get: models, prices, and where to report losses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from catalog.exchange.reader_base import short_write
from catalog.pricing.price import PriceRecord
from catalog.records.facts import Facts
from catalog.records.record import Record, capability_values

LEFT_OUT = "the model"
CLOCK = ("utc_window", "weekdays")


@dataclass(frozen=True, slots=True)
class Seller:
    """Whose prices are written."""

    slug: str
    name: str
    url: str
    api_base_url: str
    api_key_env: str


def read_seller(kind: str) -> Seller:
    """Read the site's settings."""
    name, slug = settings.SITE_NAME, slugify(settings.SITE_NAME) or "catalog"
    # List prices are the providers': never given out as this site's own.
    if kind == "list":
        name, slug = f"{name}: list prices", f"{slug}-list"
    return Seller(slug, name, settings.SITE_URL.rstrip("/"), settings.API_BASE_URL, settings.API_KEY_ENV)


@dataclass(frozen=True, slots=True)
class ExportScope:
    """The instant, kind of price, and whether with retired models."""

    at: datetime
    kind: str | None = None
    retired: bool = False


@dataclass(slots=True)
class Offered:
    """One model; `lose` reports what a format cannot hold."""

    facts: Facts
    kind: str | None
    lost: list[tuple[str, str]] = field(default_factory=list)

    @property
    def record(self) -> Record:
        """Return the record."""
        return self.facts.record

    @property
    def model_id(self) -> str:
        """Return the model ID."""
        return self.facts.record["model_id"]

    def lose(self, what: str, reason: str) -> None:
        """Report a loss."""
        self.lost.append((what, reason))

    def leave_out(self, reason: str) -> None:
        """Report that the model is left out."""
        self.lost.append((LEFT_OUT, reason))

    def prices(self) -> list[PriceRecord]:
        """Return the current prices of the kind."""
        rows = [row for row in self.facts.prices if self.kind in (None, row["kind"])]
        # Of a model with one action, every call meets that condition: it can go.
        only = self._only_action()
        if only is None:
            return rows
        return [
            row | {"conditions": {key: value for key, value in row["conditions"].items() if key != "action"}}
            for row in rows
        ]

    def take_prices(self, place: Callable[[PriceRecord], str | None]) -> None:
        """Offer prices to a writer, plainest first; `place` returns why there is no place."""
        rows = sorted(self.prices(), key=lambda row: len(row["conditions"]))
        if not rows:
            self.lose("prices", f"no {self.kind} price is published")
        for row in rows:
            reason = (
                f"the shape knows dollars only, not {row['currency']}"
                if row["currency"] != "USD"
                else "the price is on request"
                if row["state"] == "on_request"
                else place(row)
            )
            if not reason and (row["minimum"] or row["step"]):
                self.lose(f"minimum and step of {row['meter']}", "the shape has no place for them")
            if reason:
                when = ", ".join(sorted(row["conditions"]))
                self.lose(f"price of {row['meter']}{f' by {when}' if when else ''}", reason)

    def can(self, capability: str) -> bool | None:
        """Whether the model has a capability, None if unknown."""
        return capability_values(self.record).get(capability)

    def speaks(self) -> list[str]:
        """Return the protocols."""
        return list(dict.fromkeys(row["protocol"] for row in self.record["endpoints"]))

    def _only_action(self) -> str | None:
        record = self.record
        known = {*record["actions"], *(row["action"] for row in record["endpoints"] if row["action"])}
        known |= {row["conditions"]["action"] for row in record["prices"] if "action" in row["conditions"]}
        return known.pop() if len(known) == 1 else None


def meter_keys(offered: Offered, keys: Mapping[str, str]) -> dict[str, str]:
    """Return a shape's keys by meter; that of cache writes is for the lifetime that its readers take."""
    others = {meter: key for meter, key in keys.items() if meter != "cache_write_5m_tokens"}
    return {**others, short_write(offered.model_id): keys["cache_write_5m_tokens"]}


def note_common(offered: Offered, *, aliases: bool, announced: bool = False) -> None:
    """Report what most formats cannot hold."""
    if offered.record["aliases"] and not aliases:
        offered.lose("aliases", "the shape has one ID for a model")
    if offered.facts.announced and not announced:
        offered.lose("announced prices", "the shape holds prices of one instant")


def stated(values: Mapping[str, Any]) -> dict[str, Any]:
    """Drop None."""
    return {key: value for key, value in values.items() if value is not None}

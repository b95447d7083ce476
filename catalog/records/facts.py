"""Resolves a record at an instant, which is always an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from catalog.pricing.conditions import canonical
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS
from catalog.records.lifecycle import StatusNow, lifecycle_on, status_at
from catalog.records.price_rows import is_left_out
from catalog.records.record import Record

METER_ORDER = {name: position for position, name in enumerate(METERS)}


@dataclass(frozen=True, slots=True)
class Facts:
    """A record at an instant; `status` is None once retired."""

    record: Record
    at: datetime
    lifecycle: str | None
    status: StatusNow | None
    prices: list[PriceRecord]
    announced: list[PriceRecord]
    # Whether prices are on record only since a later instant.
    is_read_later: bool = False

    @property
    def sell(self) -> list[PriceRecord]:
        """Return the current sell prices."""
        return [price for price in self.prices if price["kind"] == "sell"]

    @property
    def listed(self) -> list[PriceRecord]:
        """Return the current list prices."""
        return [price for price in self.prices if price["kind"] == "list"]

    @property
    def is_retired(self) -> bool:
        """Whether the model no longer answers."""
        return self.lifecycle == "retired"

    def base(self, kind: str, meter: str) -> PriceRecord | None:
        """Return the price without conditions."""
        # In the order of `_price_order` a price without conditions comes first.
        rows = [price for price in self.prices if price["kind"] == kind and price["meter"] == meter]
        return rows[0] if rows and not rows[0]["conditions"] else None

    def quoted(self, meter: str) -> PriceRecord | None:
        """Return the base sell price, else the list price."""
        return self.base("sell", meter) or self.base("list", meter)


def facts(record: Record, at: datetime) -> Facts:
    """Resolve a record at an aware instant."""
    lifecycle = lifecycle_on(record, at.date())
    current: list[PriceRecord] = []
    announced: list[PriceRecord] = []
    read_later: list[PriceRecord] = []
    for price in record["prices"]:
        start = datetime.fromisoformat(price["effective_from"])
        # Shown where all rows are, and counted nowhere.
        if is_left_out(price, max(start, at)):
            continue
        # Starts are inclusive and ends exclusive, so that a price and its successor never both hold.
        if start > at:
            # Nobody announced what was only read later.
            (read_later if price.get("on_record_since") else announced).append(price)
        elif not price["effective_until"] or datetime.fromisoformat(price["effective_until"]) > at:
            current.append(price)
    return Facts(
        record=record,
        at=at,
        lifecycle=lifecycle,
        status=None if lifecycle == "retired" else status_at(record["status_events"], at),
        prices=sorted(current, key=_price_order),
        announced=sorted(announced, key=lambda price: (price["effective_from"], *_price_order(price))),
        is_read_later=bool(read_later),
    )


def gives_way(row: PriceRecord, further: PriceRecord) -> bool:
    """Whether a price under further conditions overrides this one."""
    return row["conditions"].items() < further["conditions"].items()


def next_boundary(record: Record, at: datetime) -> datetime | None:
    """Return when the facts change next."""
    return min((instant for instant in _boundaries(record) if instant > at), default=None)


def holds_since(record: Record, at: datetime, published_at: datetime | None) -> datetime:
    """Return since when the facts hold, at earliest since publication."""
    past = [instant for instant in _boundaries(record) if instant <= at]
    if published_at and published_at <= at:
        past.append(published_at)
    return max(past, default=at)


def _boundaries(record: Record) -> list[datetime]:
    instants = [
        datetime.fromisoformat(text)
        for price in record["prices"]
        for text in (price["effective_from"], price["effective_until"])
        if text
    ]
    instants += [
        datetime.fromisoformat(text)
        for event in record["status_events"]
        for text in (event["started_at"], event["ended_at"])
        if text
    ]
    return instants + [
        datetime.fromisoformat(f"{text}T00:00:00+00:00")
        for text in (record["retires_on"], record["deprecated_on"])
        if text
    ]


@dataclass(frozen=True, slots=True)
class FromPrice:
    """The lowest price, and whether others cost more."""

    price: PriceRecord
    is_from: bool


def lowest(prices: Sequence[PriceRecord]) -> FromPrice | None:
    """Return the lowest known price of the first meter and its currency: no other is compared with it."""
    known = [price for price in prices if price["state"] == "known"]
    if not known:
        return None
    first = known[0]["meter"], known[0]["currency"]
    same = [price for price in known if (price["meter"], price["currency"]) == first]
    best = min(same, key=lambda price: Decimal(price["amount"] or 0))
    return FromPrice(best, any(price["amount"] != best["amount"] for price in same))


def headline(current: Facts) -> FromPrice | None:
    """Return the one price of a short line."""
    if any(price["meter"].endswith("_tokens") for price in current.prices):
        price = current.quoted("input_tokens")
        return FromPrice(price, is_from=False) if price else None
    cheapest = lowest(current.sell) or lowest(current.listed)
    if cheapest is None and current.prices:
        return FromPrice(current.prices[0], is_from=False)
    return cheapest


def _price_order(price: PriceRecord) -> tuple[int, str, int, int, str]:
    return (
        0 if price["kind"] == "sell" else 1,
        str(price["conditions"].get("action", "")),
        METER_ORDER.get(price["meter"], len(METER_ORDER)),
        len(price["conditions"]),
        canonical(price["conditions"]),
    )
